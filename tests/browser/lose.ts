// Requests or replies that are lost.
import type { Page, Route } from "@playwright/test";

export type Lost = { sent: number; stop(): Promise<void> };

/** Loses the replies to writes whose address matches, or the requests themselves, and counts them. `inPlace` sends another answer
 *  instead of a lost reply. */
export async function lose(
  page: Page,
  path: RegExp,
  what: "reply" | "request",
  inPlace = (route: Route): Promise<void> => route.abort("connectionreset"),
): Promise<Lost> {
  const lost = { sent: 0, stop: () => page.unroute(path) };
  await page.route(path, async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    lost.sent += 1;
    if (what === "reply") await route.fetch();
    return inPlace(route);
  });
  return lost;
}
