// Whole-page journeys. `*.engine.spec.ts` runs against jobs-engine, `*.demo.spec.ts` against the demo as static files in a
// folder somewhere below a host's root, and plain `*.spec.ts` against both: all but its tests with the tag @engine. Those need
// what the demo does not have: a log-in and other users, or requests that the test counts, holds back, or answers in its own
// way. What stands in `web-admin/`, and every test with the tag @panel, runs against jobs-engine inside a stand-in for
// oVirt's web admin.
import { defineConfig, devices } from "@playwright/test";
import { chromium } from "../../scripts/chromium.mjs";
import type { Options } from "./fixtures.ts";

export default defineConfig<object, Options>({
  testDir: ".",
  outputDir: "results",
  reporter: [[process.env.CI ? "list" : "line"], ["./last-words.ts"]],
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes at its second try is a fault in the page or in the test: either is to be seen.
  retries: 0,
  // A whole journey, on two cores that build something else as well.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    launchOptions: chromium,
    screenshot: "only-on-failure",
    // Recording costs a fifth of the time, and nobody can fetch a recording from CI.
    trace: process.env.CI ? "off" : "retain-on-failure",
  },
  projects: [
    { name: "engine", use: { home: "engine" }, testIgnore: ["**/*.demo.spec.ts", "web-admin/**"] },
    { name: "demo", use: { home: "demo" }, grepInvert: /@engine/, testIgnore: ["**/*.engine.spec.ts", "web-admin/**"] },
    // The pattern sees a test's whole title: project, file, names and tags.
    { name: "web-admin", use: { home: "web-admin" }, grep: /@panel| web-admin\/\S+\.spec\.ts / },
  ],
});
