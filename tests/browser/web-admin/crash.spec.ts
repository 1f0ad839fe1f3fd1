// When the program fails in the panel, web admin's log gets a report.
import { admin, expect, test, trap } from "../fixtures.ts";
import type { HostPage } from "./host-page.ts";

async function severe(host: HostPage): Promise<string[]> {
  const { log, fatal } = await host.records();
  expect(fatal, "no alert for the user").toEqual([]);
  return log.filter(({ level }) => level === "severe").map(({ text }) => text);
}

test("a trap is reported with its stack and without the token", async ({ app, host, noise, view, webAdmin }) => {
  noise.allow(/unreachable/);
  await app.openLoggedIn();
  const secret = await webAdmin.engine.token(admin);
  await trap(view);
  await expect(view.getByRole("alertdialog", { name: "Task Monitor has stopped" })).toBeVisible();
  const [line = "", ...more] = await severe(host);
  expect(more).toEqual([]);
  expect(line).toMatch(/^Task Monitor \d+\.\d+\.\d+: RuntimeError: unreachable\n +at [^\n]*wasm-function\[\d+\]/);
  expect(line, "the hash in the file names, which identifies the build").toMatch(/\/task-monitor-[0-9a-f]{12,16}\.js:/);
  expect(line).not.toContain(secret);
});

test("a token in the error's text is removed from the report", async ({ app, host, noise, view, webAdmin }) => {
  noise.allow(/out of/);
  await app.openLoggedIn();
  const secret = await webAdmin.engine.token(admin);
  await view.locator("html").evaluate((_, secret) => reportError(new WebAssembly.RuntimeError(`out of ${secret}, and ${secret}`)), secret);
  await expect(view.getByRole("alertdialog", { name: "Task Monitor has stopped" })).toBeVisible();
  const lines = await severe(host);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^Task Monitor \d+\.\d+\.\d+: RuntimeError: out of …, and …\n/);
  expect(lines[0]).not.toContain(secret);
});
