// What web admin learns of a program in the panel that has failed.
import { admin, expect, failAtNextKey, test } from "../fixtures.ts";
import type { HostPage } from "./host-page.ts";

async function severe(host: HostPage): Promise<string[]> {
  const { log, fatal } = await host.records();
  expect(fatal, "nobody is alarmed").toEqual([]);
  return log.filter(({ level }) => level === "severe").map(({ text }) => text);
}

test("a trap is in web admin's log, with the way through the program, without the token", async ({ app, host, noise, view, webAdmin }) => {
  noise.allow(/unreachable/);
  await app.openLoggedIn();
  const secret = await webAdmin.engine.token(admin);
  await failAtNextKey(view);
  await view.getByRole("button", { name: /keyboard help/ }).press("x");
  await expect(view.getByRole("alertdialog", { name: "Task Monitor has stopped" })).toBeVisible();
  const [line = "", ...more] = await severe(host);
  expect(more).toEqual([]);
  expect(line).toMatch(/^Task Monitor \d+\.\d+\.\d+: RuntimeError: unreachable\n +at [^\n]*wasm-function\[\d+\]/);
  expect(line, "the build, by the hash in its files' names").toMatch(/\/task-monitor-[0-9a-f]{12,16}\.js:/);
  expect(line).not.toContain(secret);
});

test("a trap that says the token: web admin's log does not", async ({ app, host, noise, view, webAdmin }) => {
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
