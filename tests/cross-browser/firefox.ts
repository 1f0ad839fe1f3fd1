// Firefox, driven by WebDriver BiDi: it needs no other program and no download.
import puppeteer from "puppeteer-core";
import { size, type Tab } from "./tab.ts";

/** Debian's, or another whose path FIREFOX has. */
const executablePath = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

export async function startFirefox(): Promise<Tab> {
  const args = [`--width=${size.width}`, `--height=${size.height}`];
  // Without a viewport of its own, because older versions of Firefox cannot set one.
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, args, headless: true, defaultViewport: null });
  const [page = await browser.newPage()] = await browser.pages();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`uncaught: ${String(error)}`));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  return {
    browser: await browser.version(),
    complaints,
    open: async (address) => void (await page.goto(address)),
    evaluate: (expression) => page.evaluate(expression),
    click: (x, y) => page.mouse.click(x, y),
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    screenshot: () => page.screenshot(),
    close: () => browser.close(),
  };
}
