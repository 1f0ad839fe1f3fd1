// `make screenshots`: takes the pictures in docs/ from the demo. The clock is fixed, and the demo's sample world depends only on the
// clock. So a picture changes only if the page changes.
import { chromium as browsers } from "@playwright/test";
import { chromium } from "./chromium.mjs";
import { serveFolder } from "./static-server.mjs";

const NOW = new Date("2026-11-23T02:30:00Z");

/** @type {{ file: string, colorScheme: "light" | "dark", width: number, height: number }[]} */
const pictures = [
  { file: "task-monitor", colorScheme: "light", width: 1440, height: 900 },
  { file: "task-monitor-dark", colorScheme: "dark", width: 1440, height: 900 },
  { file: "task-monitor-700", colorScheme: "light", width: 700, height: 900 },
  { file: "task-monitor-700-dark", colorScheme: "dark", width: 700, height: 900 },
  { file: "task-monitor-360", colorScheme: "light", width: 360, height: 740 },
  { file: "task-monitor-360-dark", colorScheme: "dark", width: 360, height: 740 },
];

/** Opens two running jobs.
 *  @param {import("@playwright/test").Page} page */
async function openSome(page) {
  const running = page.getByRole("row", { level: 1, expanded: false }).filter({ hasText: "Running" });
  for (let opened = 0; opened < 2; opened += 1) {
    await running.first().focus();
    await page.keyboard.press("ArrowRight");
  }
}

/** @param {import("@playwright/test").Page} page */
async function showFailedStep(page) {
  await page.getByRole("row", { level: 1 }).filter({ hasText: "Failed" }).first().click();
  await page.getByRole("button", { name: "Go to the failed step" }).click();
  await page.getByRole("complementary", { name: "Details" }).getByText("Step of").waitFor();
}

const host = await serveFolder("dist/demo", "/");
const browser = await browsers.launch(chromium);
for (const { file, colorScheme, width, height } of pictures) {
  const page = await browser.newPage({
    colorScheme,
    viewport: { width, height },
    locale: "en-GB",
    timezoneId: "UTC",
    reducedMotion: "reduce",
  });
  await page.clock.setFixedTime(NOW);
  await page.goto(host.url);
  await page.locator("#shell").waitFor({ state: "detached" });
  await page.getByRole("treegrid").getByRole("row").nth(1).waitFor();
  await openSome(page);
  if (width >= 1000) await showFailedStep(page);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `docs/${file}.png`, animations: "disabled" });
  await page.close();
  console.log(`docs/${file}.png`);
}
await browser.close();
await host.stop();
