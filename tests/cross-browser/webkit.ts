// WebKit, which Safari is made of: WebKitGTK's small browser in a virtual display, driven by WebDriver.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { type Key, size, type Tab } from "./tab.ts";
import { startSession, type WebDriver } from "./webdriver.ts";

export async function startWebKit(): Promise<Tab> {
  const { process: display, name } = await startDisplay();
  const port = await freePort();
  // No accessibility bus and no graphics card: without these two, WebKitGTK looks for them and warns.
  const environment = { ...process.env, DISPLAY: name, GDK_BACKEND: "x11", NO_AT_BRIDGE: "1", LIBGL_ALWAYS_SOFTWARE: "1" };
  const driver = untilExit(spawn("WebKitWebDriver", [`--port=${port}`], { env: environment, stdio: "ignore" }));
  try {
    const session = await startSession(`http://127.0.0.1:${port}`);
    await session.post("window/rect", size);
    return tabOf(session, [driver, display]);
  } catch (error) {
    await end(driver, display);
    throw error;
  }
}

function tabOf(driver: WebDriver, programs: ChildProcess[]): Tab {
  const { browserName, browserVersion } = driver.capabilities;
  return {
    browser: `${browserName}/${browserVersion}`,
    // WebDriver does not report what is on the console.
    complaints: [],
    open: (address) => driver.post("url", { url: address }),
    evaluate: (expression) => driver.post("execute/sync", { script: `return (${expression});`, args: [] }),
    click: (x, y) => driver.act({ type: "pointer", id: "mouse", actions: [{ type: "pointerMove", duration: 0, x, y }, ...pressAndRelease("pointer", { button: 0 })] }),
    press: (key) => driver.act({ type: "key", id: "keyboard", actions: pressAndRelease("key", { value: keys[key] }) }),
    type: (text) => driver.act({ type: "key", id: "keyboard", actions: [...text].flatMap((value) => pressAndRelease("key", { value })) }),
    screenshot: async () => Buffer.from(await driver.get<string>("screenshot"), "base64"),
    async close() {
      try {
        await driver.end();
      } finally {
        await end(...programs);
      }
    },
  };
}

/** The codes of keys that type no text (WebDriver, 17.4.2 "Keyboard actions"). */
const keys: Record<Key, string> = {
  ArrowDown: "\uE015",
  ArrowRight: "\uE014",
  End: "\uE010",
  Enter: "\uE007",
  Escape: "\uE00C",
  Home: "\uE011",
  Tab: "\uE004",
};

function pressAndRelease(device: "key" | "pointer", what: object): object[] {
  return [{ type: `${device}Down`, ...what }, { type: `${device}Up`, ...what }];
}

/** A display that nobody sees, under a number that is free. */
async function startDisplay(): Promise<{ process: ChildProcess; name: string }> {
  const options = ["-displayfd", "3", "-screen", "0", "1920x1200x24", "-nolisten", "tcp"];
  const display = untilExit(spawn("Xvfb", options, { stdio: ["ignore", "ignore", "ignore", "pipe"] }));
  for await (const number of createInterface({ input: display.stdio[3] as Readable })) return { process: display, name: `:${number}` };
  throw new Error("Xvfb ended at its start");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** Lets a program not outlive the tests, even if they crash. */
function untilExit(program: ChildProcess): ChildProcess {
  process.once("exit", () => program.kill());
  return program;
}

async function end(...programs: ChildProcess[]): Promise<void> {
  for (const program of programs) {
    if (program.exitCode !== null || program.signalCode !== null) continue;
    const exited = once(program, "exit");
    program.kill();
    await exited;
  }
}
