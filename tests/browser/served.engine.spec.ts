// How jobs-engine serves the page, and that the helpers that journeys use to talk to it do what they say.
import { expect, test } from "./fixtures.ts";

test("hashed files are kept for ever and come compressed; the document is asked for again", async ({ app, page }) => {
  const headers = new Map<string, Record<string, string>>();
  page.on("response", (response) => headers.set(new URL(response.url()).pathname, response.headers()));
  await app.open();
  const files = await page.locator("link[href], script[src]").evaluateAll((elements) =>
    elements.map((element) => new URL(element.getAttribute("href") ?? element.getAttribute("src") ?? "", location.href).pathname),
  );
  expect(headers.get("/")).toMatchObject({ "cache-control": "no-cache", "content-encoding": "br" });
  for (const file of files.filter((name) => !name.endsWith(".svg"))) {
    expect(headers.get(file), file).toMatchObject({ "content-encoding": "br" });
    expect(headers.get(file)?.["cache-control"], file).toContain("immutable");
  }
});

test("a job and its steps, from the beginning to the end", async ({ engine }) => {
  const job = await engine.addJob("helpers work");
  const step = await engine.addStep(job.id, "outer");
  const inner = await engine.addStep(job.id, "inner", { parent: step.id, type: "validating" });
  await engine.endStep(job.id, inner.id, { succeeded: false });
  const steps = await engine.steps(job.id);
  expect(steps.find(({ id }) => id === inner.id)?.status).toBe("failed");
  // A failed step fails its job.
  expect((await engine.job(job.id)).status).toBe("failed");
  // To clear a job is to let the engine remove it, some time after its end.
  await engine.clearJob(job.id);
  expect((await engine.job(job.id))["auto_cleared"]).toBe("true");
});

test("a job that ends well", async ({ engine }) => {
  const job = await engine.addJob("ends well");
  await engine.endJob(job.id);
  expect((await engine.job(job.id)).status).toBe("finished");
});

test("a user who may do less", async ({ engine }, { testId }) => {
  const reader = await engine.addUser({ name: `reader-${testId}@internal`, password: "read only" }, "ReadOnlyAdmin");
  await expect(engine.addJob("not allowed", { as: reader })).rejects.toThrow("403");
});
