// Whole-page journeys, in three projects:
//
// - engine: `*.spec.ts` and `*.engine.spec.ts`, against jobs-engine.
// - demo: `*.spec.ts` and `*.demo.spec.ts`, against the demo as static files in a folder below a host's root. Tests with the tag
//   @engine are left out: they need a log-in, other users, or requests that the test counts, delays or answers itself.
// - web-admin: the folder `web-admin/` and every test with the tag @panel, against jobs-engine in a stand-in for oVirt's web admin.
import { defineConfig, devices } from "@playwright/test";
import { chromium } from "../../scripts/chromium.mjs";
import type { Options } from "./fixtures.ts";

export default defineConfig<object, Options>({
  testDir: ".",
  outputDir: "results",
  reporter: [[process.env.CI ? "list" : "line"], ["./failure-summary.ts"]],
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes only at its second try has found a fault in the page or in itself.
  retries: 0,
  // Enough for a whole journey on two cores that also compile something.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    launchOptions: chromium,
    screenshot: "only-on-failure",
    // A trace costs a fifth of the time, and CI does not keep it.
    trace: process.env.CI ? "off" : "retain-on-failure",
  },
  projects: [
    { name: "engine", use: { home: "engine" }, testIgnore: ["**/*.demo.spec.ts", "web-admin/**"] },
    { name: "demo", use: { home: "demo" }, grepInvert: /@engine/, testIgnore: ["**/*.engine.spec.ts", "web-admin/**"] },
    // The pattern is matched against a test's whole title: project, file, names and tags.
    { name: "web-admin", use: { home: "web-admin" }, grep: /@panel| web-admin\/\S+\.spec\.ts / },
  ],
});
