// What web admin learns of a panic in the panel.
import { admin, expect, refuseNextElement, test } from "../fixtures.ts";

test("a panic is in web admin's log, without the token, and alarms nobody", async ({ app, host, noise, view, webAdmin }) => {
  await app.openLoggedIn();
  const secret = await webAdmin.engine.token(admin);
  noise.allow(/no more elements|unreachable/);
  await refuseNextElement(view, `no more elements for ${secret}`);
  await view.getByRole("button", { name: /keyboard help/ }).click();
  await expect(view.getByRole("alertdialog", { name: "Task Monitor has stopped" })).toBeVisible();
  const { log, fatal } = await host.records();
  const severe = log.filter(({ level }) => level === "severe").map(({ text }) => text);
  expect(severe).toHaveLength(1);
  expect(severe[0]).toMatch(/^Task Monitor: panicked at [^]*no more elements for …/);
  expect(JSON.stringify(log)).not.toContain(secret);
  expect(fatal).toEqual([]);
});
