// Requests or replies that get lost on their way.
import type { Page, Route } from "@playwright/test";

export type Lost = { sent: number; stop(): Promise<void> };

/** Lets writes that match reach the engine, and loses the replies, or sends others in their place; or loses the requests on their
 *  way. Counts them. */
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
