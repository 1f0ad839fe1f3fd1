// The demo as its visitors use it: its mark, the menu below that, and adding jobs.
import { expect, type Locator, type Page } from "@playwright/test";

export type Fault = "All is well" | "Unreachable" | "Slow" | "No answer" | "Not allowed" | "Session ended" | "Lost reply";

export const mark = (page: Page): Locator => page.getByRole("button", { name: /^Demo/ });

/** The page finds out by its next request. */
export async function choose(page: Page, fault: Fault): Promise<void> {
  await mark(page).click();
  await page.getByRole("menuitemradio", { name: new RegExp(`^${fault}`) }).click();
}

/** Chooses, and lets the page find out at once. */
export async function show(page: Page, fault: Fault): Promise<void> {
  await choose(page, fault);
  await page.getByRole("button", { name: "Update now" }).click();
}

export async function reset(page: Page): Promise<void> {
  await mark(page).click();
  await page.getByRole("menuitem", { name: "Reset the demo's world" }).click();
}

/** Fills the form and sends it. What becomes of that is for the test to see. */
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

/** Loaded, and alive. */
export async function live(page: Page): Promise<void> {
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
}
