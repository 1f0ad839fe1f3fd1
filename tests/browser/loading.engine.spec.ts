// What is visible while the page is loading. The files are served here, so that the test decides when each arrives.
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, expectAccessible, test as base } from "./fixtures.ts";

const folder = fileURLToPath(new URL("../../dist/app", import.meta.url));

const types: Record<string, string> = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".svg": "image/svg+xml" };

/** Serves the production page over a slow line, as many engines do: without a type for .wasm, and uncompressed. */
class SlowLine {
  readonly #server: Server;
  /** For each held file, a function that sends its second half. */
  readonly #held = new Map<string, () => void>();
  /** Files of which only the first half is sent. */
  slow: RegExp = /^$/;

  constructor() {
    this.#server = createServer((request, response) => void this.#answer(request.url?.slice(1) || "index.html", response));
  }

  async open(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  release(): void {
    this.slow = /^$/;
    for (const finish of this.#held.values()) finish();
    this.#held.clear();
  }

  async #answer(name: string, response: ServerResponse): Promise<void> {
    const bytes = await readFile(join(folder, name)).catch(() => undefined);
    if (!bytes) return void response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": types[extname(name)] ?? "application/octet-stream", "Content-Length": bytes.length });
    if (!this.slow.test(name)) return void response.end(bytes);
    const half = Math.floor(bytes.length / 2);
    response.write(bytes.subarray(0, half));
    this.#held.set(name, () => response.end(bytes.subarray(half)));
  }
}

const test = base.extend<{ line: SlowLine; address: string }>({
  line: async ({}, use) => {
    const line = new SlowLine();
    await use(line);
    line.close();
  },
  address: async ({ line }, use) => {
    await use(await line.open());
  },
});

test("the shell is painted before the program and its styles have arrived", async ({ address, line, page }) => {
  line.slow = /^(?!shell).*\.css$|^task-monitor/;
  await page.goto(address, { waitUntil: "commit" });
  await expect(page.getByText("Loading…")).toBeVisible();
  const painted = () => page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length);
  await expect.poll(painted).toBe(1);
  line.release();
  await expect(page.locator("#shell")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Log in", exact: true })).toBeVisible();
});

test("a slow load shows its progress", async ({ address, line, page }) => {
  line.slow = /\.wasm$/;
  await page.goto(address, { waitUntil: "commit" });
  const bar = page.getByRole("progressbar", { name: "Loading" });
  await expect(bar).toBeVisible();
  await expect(page.getByText(/^[1-9]\d* of \d+ KB$/)).toBeVisible();
  // About half of it has arrived; buffers hold some back.
  const part = await bar.evaluate((bar: HTMLProgressElement) => bar.position);
  expect(part).toBeGreaterThan(0.2);
  expect(part).toBeLessThanOrEqual(0.5);
  await expectAccessible(page);
  line.release();
  await expect(page.locator("#shell")).toHaveCount(0);
  await expect(bar).toHaveCount(0);
});

test("?demo does nothing in a build without the demo", async ({ app, page }) => {
  await app.open("?demo");
  await expect(page.getByLabel("Password")).toBeVisible();
  await expect(page.getByText("Demo")).toHaveCount(0);
});
