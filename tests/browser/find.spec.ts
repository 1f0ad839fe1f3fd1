// Finding: the search over all levels, what it says about the rest, and the filters.
import { expect, test } from "./fixtures.ts";
import { BEGIN, idOf, manyJobs, Pretend } from "./pretend.ts";
import { nested, plant, unique } from "./world.ts";

test("a step deep in closed rows is revealed in its place", { tag: "@panel" }, async ({ app, world }) => {
  const name = unique("Search");
  const needle = unique("Needle");
  await plant(world, name, [{ name: "Outer", steps: [{ name: "Middle", steps: [{ name: needle }] }] }, { name: "Apart" }]);
  await app.openLoggedIn();
  await expect(app.row(name)).toContainText("0/2");
  await app.search.fill(needle.toLowerCase());
  await expect(app.row(needle)).toHaveAttribute("aria-level", "4");
  await expect(app.row(name)).toHaveAttribute("aria-expanded", "true");
  await expect(app.row("Apart")).toHaveCount(0);
  await expect(app.row(needle)).toHaveAttribute("aria-setsize", "1");
  await expect(app.view.getByRole("contentinfo")).toContainText(/^1 of [\d,]+ jobs?/);
  // What leads there stands back.
  const colour = (text: string) => app.row(text).locator(".text").evaluate((element) => getComputedStyle(element).color);
  const found = await colour(needle);
  for (const leads of [name, "Outer", "Middle"]) expect(await colour(leads)).not.toBe(found);

  await app.search.fill("");
  await expect.poll(() => colour(name)).toBe(found);
  await expect(app.row(needle)).toHaveCount(0);
  await expect(app.row(name)).toHaveAttribute("aria-expanded", "false");
});

test("words are found in any field: status, type, id, owner", async ({ app, world }) => {
  const name = unique("Fields");
  const { step } = await plant(world, name, [{ name: "Tidy up", type: "finalizing" }, { name: "Else" }]);
  await app.openLoggedIn();
  await expect(app.row(name)).toContainText("0/2");
  const mark = name.split(" ")[1] ?? "";
  await app.search.fill(`${mark} running admin external`);
  await expect(app.row(name)).toBeVisible();
  await app.search.fill(step("Tidy up").id);
  await expect(app.row("Tidy up")).toBeVisible();
  await expect(app.grid.getByRole("row")).toHaveCount(3);
  await app.search.fill(`${mark} nowhere`);
  await expect(app.view.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
});

test("times, progress and numbers are found as they are written", async ({ app }) => {
  await Pretend.on(app, [
    { id: idOf(1), description: "Migrate", external: false, steps: [{ description: "Memory", progress: 42, start: BEGIN + 65_000 }, { description: "Network", start: BEGIN }] },
    { id: idOf(2), description: "Later", start: BEGIN + 86_400_000, steps: [] },
  ]);
  await app.openLoggedIn();
  await expect(app.row("Migrate")).toContainText("0/2");
  for (const [typed, found, others] of [
    ["02:01:05", "Memory", ["Network", "Later"]],
    ["2026-11-23", "Later", ["Migrate"]],
    ["42%", "Memory", ["Network", "Later"]],
    ["number 1", "Network", ["Memory", "Later"]],
  ] as const) {
    await app.search.fill(typed);
    await expect(app.row(found), typed).toBeVisible();
    for (const other of others) await expect(app.row(other), typed).toHaveCount(0);
  }
});

test("a plain word about what is not loaded", { tag: "@engine" }, async ({ app, noise, page, view }) => {
  noise.allow(/400/);
  await Pretend.on(app, manyJobs(200));
  await page.route(/follow=steps/, (route) => route.fulfill({ status: 400 }));
  await app.openLoggedIn();
  const foot = view.getByRole("contentinfo");
  await expect(foot).toContainText(/Steps of \d+ jobs are not loaded yet\./);
  await app.search.fill("job");
  await expect(foot).toContainText(/Steps of \d+ jobs are not loaded, so they are not searched\./);
});

test("the counts are filters, several at once, and All takes them back", { tag: "@panel" }, async ({ app, page, view }) => {
  await Pretend.on(app, [
    { id: idOf(1), description: "Runs", start: BEGIN },
    { id: idOf(2), description: "Failed one", status: "failed", start: BEGIN, end: BEGIN + 1 },
    { id: idOf(3), description: "Ended well", status: "finished", start: BEGIN, end: BEGIN + 1 },
    { id: idOf(4), description: "Odd one", status: "unknown", start: BEGIN },
    { id: idOf(5), description: "Stopped", status: "aborted", start: BEGIN, end: BEGIN + 1 },
  ]);
  await app.openLoggedIn();
  const count = (name: RegExp) => view.getByRole("group", { name: "Jobs by status" }).getByRole("button", { name });
  for (const status of [/Running/, /Finished/, /Failed/, /Aborted/, /Unknown/]) await expect(count(status)).toContainText("1");
  await expect(count(/All/)).toHaveAttribute("aria-pressed", "true");
  await count(/Failed/).click();
  await expect(app.grid).toHaveAttribute("aria-rowcount", "2");
  await count(/Aborted/).click();
  await expect(app.grid).toHaveAttribute("aria-rowcount", "3");
  await expect(app.row("Failed one")).toBeVisible();
  await expect(app.row("Stopped")).toBeVisible();
  await expect(page).toHaveURL(/status=(failed%2Caborted|aborted%2Cfailed)/);
  await expect(count(/Failed/)).toHaveAttribute("aria-pressed", "true");
  await count(/All/).click();
  await expect(app.grid).toHaveAttribute("aria-rowcount", "6");
});

test("by origin", async ({ app, view }) => {
  await Pretend.on(app, [
    { id: idOf(1), description: "From outside" },
    { id: idOf(2), description: "Of the engine", external: false },
  ]);
  await app.openLoggedIn();
  const origin = view.getByRole("combobox", { name: "Origin" });
  await origin.selectOption("Internal");
  await expect(app.row("From outside")).toHaveCount(0);
  await expect(app.row("Of the engine")).toBeVisible();
  await origin.selectOption("External");
  await expect(app.row("Of the engine")).toHaveCount(0);
  await expect(app.row("From outside")).toBeVisible();
});

test("failed or running only: what needs attention, and the way to it", async ({ app, view }) => {
  await Pretend.on(app, [
    {
      id: idOf(1),
      description: "Goes on",
      steps: [
        { description: "Was fine", status: "finished", end: BEGIN + 1 },
        { description: "Goes on too", steps: [{ description: "Hung", status: "failed", end: BEGIN + 1 }] },
      ],
    },
    { id: idOf(2), description: "Ended well", status: "finished", end: BEGIN + 1 },
  ]);
  await app.openLoggedIn();
  const only = view.getByRole("button", { name: "Failed or running" });
  await only.click();
  await expect(only).toHaveAttribute("aria-pressed", "true");
  await expect(app.row("Ended well")).toHaveCount(0);
  await app.row("Goes on").first().locator(".expander").click();
  await expect(app.row("Goes on too")).toHaveAttribute("aria-setsize", "1");
  await expect(app.row("Was fine")).toHaveCount(0);
});

test("nothing matches: says so, and one press shows everything again", async ({ app, page, view }) => {
  await Pretend.on(app, manyJobs(3));
  await app.openLoggedIn("#/jobs?q=no-such-thing&status=failed&external=true&attention=true");
  await expect(view.getByRole("status").filter({ hasText: "Nothing matches" })).toBeVisible();
  await view.getByRole("button", { name: "Clear search and filters" }).click();
  await expect(app.grid).toHaveAttribute("aria-rowcount", "4");
  await expect(app.search).toHaveValue("");
  await expect(page).toHaveURL(/#\/jobs$/);
});

test("a found step's way can be closed, and stays closed", async ({ app, world }) => {
  const name = unique("Closed");
  const needle = unique("Deep");
  await plant(world, name, [...nested(2), { name: "Outer", steps: [{ name: needle }] }]);
  await app.openLoggedIn();
  await expect(app.row(name)).toContainText("0/2");
  await app.search.fill(needle);
  await expect(app.row(needle)).toBeVisible();
  await app.row("Outer").locator(".expander").click();
  await expect(app.row(needle)).toHaveCount(0);
  await app.updateNow();
  await expect(app.row(needle)).toHaveCount(0);
});

test("sorts by its columns, both ways", { tag: "@panel" }, async ({ app, page }) => {
  await Pretend.on(app, [
    { id: idOf(1), description: "b", status: "finished", start: BEGIN, end: BEGIN + 9000 },
    { id: idOf(2), description: "a", status: "failed", start: BEGIN + 2000, end: BEGIN + 3000 },
    { id: idOf(3), description: "c", status: "finished", start: BEGIN + 1000, end: BEGIN + 4000 },
  ]);
  await app.openLoggedIn();
  const order = () => app.grid.getByRole("rowheader").locator(".text").allTextContents();
  const header = (name: string) => app.grid.getByRole("columnheader", { name, exact: true });
  expect(await order()).toEqual(["a", "c", "b"]);
  await expect(header("Started")).toHaveAttribute("aria-sort", "descending");
  await header("Task").getByRole("button").click();
  await expect.poll(order).toEqual(["a", "b", "c"]);
  await expect(header("Task")).toHaveAttribute("aria-sort", "ascending");
  await header("Task").getByRole("button").click();
  await expect.poll(order).toEqual(["c", "b", "a"]);
  await header("Duration").getByRole("button").click();
  await expect.poll(order).toEqual(["b", "c", "a"]);
  await expect(page).toHaveURL(/sort=-duration/);
});
