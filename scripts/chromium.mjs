// The options to start Chromium with. It is the machine's Chromium, never one that Playwright downloads.
import { execFileSync } from "node:child_process";

// The headless shell is the same browser without windows. It uses a fifth less of the machine.
const found = () => execFileSync("sh", ["-c", "command -v chromium-headless-shell || command -v chromium"], { encoding: "utf8" }).trim();

export const chromium = {
  executablePath: process.env.CHROMIUM ?? found(),
  // In CI the user is root, so there is no sandbox. On a closed network Chromium must make no requests in the background.
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
