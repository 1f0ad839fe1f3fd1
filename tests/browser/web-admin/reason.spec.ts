// Links from events into web admin, in the panel only.
import { expect, test } from "../fixtures.ts";
import { Recorded, recorded } from "../recorded.ts";

test("hosts and machines of events link to their places; a user's events are searched", async ({ app, host, page }) => {
  const [job] = recorded("4cc6ebcb");
  await Recorded.on(app, [job!]);
  await app.openLoggedIn();
  await app.row("Launching VM crash1").click();
  const event = app.detail.getByRole("listitem").filter({ hasText: "VM crash1 is down with error" }).first();
  await expect(event.getByRole("link", { name: "crash1" })).toHaveAttribute("href", /#vms-general;name=crash1$/);
  const logged = app.detail.getByRole("listitem").filter({ hasText: "Failed to run VM crash1 (User" });
  await logged.getByRole("button", { name: "admin@internal-authz" }).click();
  await expect.poll(() => host.place()).toBe("events");
  await expect.poll(async () => (await host.records()).searches).toEqual(["Events: usrname = admin@internal-authz"]);
  await page.goBack();
  await app.row("Launching VM crash1").click();
  await event.getByRole("link", { name: "host2" }).click();
  await expect(page).toHaveURL(/#hosts-general;name=host2$/);
});
