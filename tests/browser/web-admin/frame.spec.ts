// The panel in its frame: links, address, keyboard, size, and what is left when the admin goes elsewhere.
import { expect, takeClock, test } from "../fixtures.ts";
import { BEGIN, idOf, manyJobs, Pretend } from "../pretend.ts";
import { nested, plant, unique } from "../world.ts";
import { token } from "./panel.ts";

for (const attachAgain of [false, true]) {
  test(`a link opens a job, and so does a later link${attachAgain ? " for which web admin loads the panel again" : ""}`, async ({ app, engine, host, webAdmin }) => {
    const name = unique("Linked");
    const { job, step } = await plant(engine, name, nested(3));
    webAdmin.configure({ attachAgain });
    await app.openLoggedIn(`#/jobs/${job.id}/steps/${step("Level 3").id}`);
    await expect(app.row("Level 3")).toHaveAttribute("aria-selected", "true");
    await expect(app.detail.getByRole("heading", { name: "Level 3" })).toBeVisible();
    await host.goTo(`${token};id=${job.id}`);
    await expect(app.detail.getByRole("heading", { name })).toBeVisible();
  });
}

test("selection and search are in web admin's address, but not in the history", async ({ app, engine, page }) => {
  const name = unique("Addressed");
  const { job } = await plant(engine, name);
  await app.openLoggedIn();
  const entries = () => page.evaluate(() => history.length);
  const before = await entries();
  await app.row(name).click();
  await expect(page).toHaveURL(new RegExp(`#${token};id=${job.id}$`));
  await app.search.fill("Addressed ; = / é");
  await expect(page).toHaveURL(/;q=Addressed[A-Za-z0-9._~%-]*%3B[A-Za-z0-9._~%-]*%3D[A-Za-z0-9._~%-]*%2F[A-Za-z0-9._~%-]*%C3%A9/);
  expect(page.url().split("#")[1]).toMatch(/^[a-z-]+(;[a-z]+=[A-Za-z0-9._~%-]*)*$/);
  expect(await entries()).toBe(before);
  await page.reload();
  await expect(app.search).toHaveValue("Addressed ; = / é");
  await expect(app.detail.getByRole("heading", { name })).toBeVisible();
});

test("no request is made after the admin has gone elsewhere", async ({ app, engine, host, page, webAdmin }) => {
  await takeClock(page);
  await plant(engine, unique("Left"));
  await app.openLoggedIn();
  const asked = () => webAdmin.engine.asked.length;
  const atFirst = asked();
  await page.clock.runFor(20_000);
  await expect.poll(asked).toBeGreaterThan(atFirst);
  await host.leaveFor("vms");
  await expect(host.placeFrame).toHaveCount(0);
  // After this request, those that were under way when the frame was removed are over.
  await page.evaluate(() => fetch("/ovirt-engine/webadmin/"));
  const whenLeft = asked();
  await page.clock.runFor(600_000);
  await page.evaluate(() => fetch("/ovirt-engine/webadmin/"));
  expect(asked()).toBe(whenLeft);
});

test("thirty visits leak nothing, even if half of them end before the panel has loaded", async ({ app, host, page }) => {
  test.slow();
  await Pretend.on(app, manyJobs(20));
  await app.openLoggedIn();
  const browser = await page.context().newCDPSession(page);
  await browser.send("Performance.enable");
  const visit = async (times: number) => {
    for (let time = 0; time < times; time += 1) {
      await host.leaveFor("vms");
      await host.goTo(token);
      await (time % 2 === 0 ? expect(app.row("Job number 20")).toBeVisible() : host.placeFrame.waitFor());
    }
    await host.leaveFor("vms");
  };
  const held = async () => {
    await browser.send("HeapProfiler.collectGarbage");
    const { metrics } = await browser.send("Performance.getMetrics");
    const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
    return { frames: value("Frames"), documents: value("Documents"), listeners: value("JSEventListeners"), nodes: value("Nodes") };
  };
  await visit(6);
  const before = await held();
  await visit(24);
  // The browser releases documents some time later.
  await expect
    .poll(async () => {
      const { frames, documents, listeners, nodes } = await held();
      return frames <= before.frames && documents <= before.documents + 2 && listeners <= before.listeners + 20 && nodes <= before.nodes * 1.5;
    })
    .toBe(true);
});

test("the keyboard and the wheel work inside the panel only", async ({ app, host, page }) => {
  await Pretend.on(app, manyJobs(200));
  await app.openLoggedIn();
  await app.row("Job number 200").focus();
  await page.keyboard.press("ArrowDown");
  await expect(app.row("Job number 199")).toBeFocused();
  await page.keyboard.press("End");
  await expect(app.row("Job number 1")).toBeFocused();
  await expect(app.row("Job number 1")).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Home");
  await page.keyboard.press("/");
  await expect(app.search).toBeFocused();
  await page.keyboard.press("Escape");
  const scroller = app.view.locator(".grid-scroller");
  await scroller.hover();
  await page.mouse.wheel(0, 1_000);
  await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBeGreaterThan(500);
  // Only the list scrolls: neither the panel's document nor web admin does.
  const documents = [page.locator("html"), app.view.locator("html")];
  for (const document of documents) {
    expect(await document.evaluate(({ scrollTop, scrollHeight, clientHeight }) => [scrollTop, scrollHeight - clientHeight])).toEqual([0, 0]);
  }
  expect(await host.place()).toBe(token);
});

for (const [width, height] of [[1440, 900], [900, 600]] as const) {
  test(`the panel fits its frame in a window of ${width} × ${height}`, async ({ app, host, page }) => {
    await page.setViewportSize({ width, height });
    await Pretend.on(app, manyJobs(200));
    await app.openLoggedIn(`#/jobs/${idOf(200)}`);
    const frame = await host.placeFrame.boundingBox();
    expect(frame).toMatchObject({ width: width - 200, height: height - 66 });
    const overflow = () => app.view.locator("html").evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => [scrollWidth - clientWidth, scrollHeight - clientHeight]);
    expect(await overflow()).toEqual([0, 0]);
    await page.setViewportSize({ width: width - 100, height: height - 50 });
    await expect.poll(overflow).toEqual([0, 0]);
    await expect(app.detail.getByRole("heading", { name: "Job number 200" })).toBeVisible();
  });
}

test("dialogs stay inside the frame, and the theme is light whatever the system says", async ({ app, host, page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await Pretend.on(app, [{ id: idOf(1), description: "Runs", start: BEGIN }]);
  await app.openLoggedIn();
  await app.openAddJob();
  const [dialog, frame] = [await app.dialog.boundingBox(), await host.placeFrame.boundingBox()];
  expect(dialog?.x).toBeGreaterThanOrEqual(frame?.x ?? NaN);
  expect(dialog?.y).toBeGreaterThanOrEqual(frame?.y ?? NaN);
  const background = await app.view.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
  const [red = 0] = background.match(/\d+/g)?.map(Number) ?? [];
  expect(red).toBeGreaterThan(200);
});

test("the frame has a title, and a menu entry that was chosen by keyboard leads into the tree", async ({ app, host, page }) => {
  await Pretend.on(app, manyJobs(3));
  await app.openLoggedIn();
  await expect(page.locator("iframe[title='Task Monitor']")).toHaveCount(1);
  await host.leaveFor("vms");
  await host.entry("Task Monitor").focus();
  await page.keyboard.press("Enter");
  await expect(app.row("Job number 3")).toBeFocused();
});
