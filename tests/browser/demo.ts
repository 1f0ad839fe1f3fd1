// The parts that only the demo has: its mark, the menu of faults below it. And adding jobs there.
import { expect, type Locator, type Page } from "@playwright/test";
import { refresh } from "./words.ts";

export type Fault = "No fault" | "Unreachable" | "Slow" | "No answer" | "Not allowed" | "Session ended" | "Lost reply";

export const mark = (page: Page): Locator => page.getByRole("button", { name: /^Demo/ });

/** Chooses a fault. The page notices it at its next request. */
export async function choose(page: Page, fault: Fault): Promise<void> {
  await mark(page).click();
  await page.getByRole("menuitemradio", { name: new RegExp(`^${fault}`) }).click();
}

/** Chooses a fault, and refreshes so that the page notices it at once. */
export async function show(page: Page, fault: Fault): Promise<void> {
  await choose(page, fault);
  // A poll may have found the fault already; then a log-in may be in front of the button.
  await page.getByRole("button", { name: refresh.now }).dispatchEvent("click");
}

export async function reset(page: Page): Promise<void> {
  await mark(page).click();
  await page.getByRole("menuitem", { name: "Reset the demo" }).click();
}

/** Fills the form and sends it. The test looks at the result. */
export async function sendJob(page: Page, description: string): Promise<void> {
  await page.getByRole("button", { name: "Add job", exact: true }).click();
  const form = page.getByRole("dialog", { name: "Add a job" });
  await form.getByLabel("Description").fill(description);
  await form.getByRole("button", { name: "Add job", exact: true }).click();
}

export async function addJob(page: Page, description: string): Promise<void> {
  await sendJob(page, description);
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(row(page, description)).toBeVisible();
}

export const row = (page: Page, description: string): Locator => page.getByRole("row").filter({ hasText: description });

/** Waits until the page has loaded its data. */
export async function live(page: Page): Promise<void> {
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
}
