// Search, filters and sort. What the search matches is tested natively in tests/outline.
import { expect, test } from "./fixtures.ts";
import { BEGIN, idOf, manyJobs, Pretend } from "./pretend.ts";
import { plant, unique } from "./world.ts";

test("a search shows a deep step with its collapsed parents", { tag: "@panel" }, async ({ app, world }) => {
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
  // The rows that only lead to it are drawn in a weaker colour.
  const colour = (text: string) => app.row(text).locator(".text").evaluate((element) => getComputedStyle(element).color);
  const found = await colour(needle);
  for (const leads of [name, "Outer", "Middle"]) expect(await colour(leads)).not.toBe(found);

  await app.search.fill("");
  await expect.poll(() => colour(name)).toBe(found);
  await expect(app.row(needle)).toHaveCount(0);
  await expect(app.row(name)).toHaveAttribute("aria-expanded", "false");
});

test("a search loads the steps that it needs, and the foot says so; very many are loaded when asked for", async ({ app, page, view }) => {
  // The oldest, which are out of view, have failed.
  const withSteps = (count: number) =>
    manyJobs(count).map((job, index) => ({ ...job, ...(index < 60 && { status: "failed" }), steps: [{ description: `Inside ${job.description}` }] }));
  const pretend = await Pretend.on(app, withSteps(520));
  await app.openLoggedIn();
  await expect(app.row("Job number 520")).toContainText("0/1");
  const foot = view.getByRole("contentinfo");
  const ask = foot.getByRole("button", { name: "Load them" });
  await expect(foot).toContainText(/Steps of 4\d\d jobs are not loaded yet\./);
  await view.getByRole("button", { name: "Failed 60" }).click();
  await app.search.fill("inside job number 3");
  await expect(app.row("Inside Job number 33")).toBeVisible();
  await expect(foot).toContainText("15 of 520 jobs");
  await expect(foot).not.toContainText("not loaded");

  await app.search.fill("");
  await view.getByRole("button", { name: "Failed 60" }).click();
  pretend.jobs = withSteps(800);
  await app.reload();
  await expect(app.row("Job number 800")).toContainText("0/1");
  await app.search.fill("inside job number 3");
  await expect(foot).toContainText(/Steps of 7\d\d jobs are not loaded, so they are not searched\./);
  await expect(app.row("Inside Job number 33")).toHaveCount(0);
  const steps = () => pretend.asked.filter((asked) => asked.endsWith("/steps"));
  const before = steps().length;
  await page.route(/\/steps$/, (route) => (steps().length > before + 20 ? undefined : route.fallback()));
  await ask.click();
  await expect.poll(() => steps().length).toBeGreaterThan(before + 20);
  await expect(foot).toContainText(/Steps of 7\d\d jobs are not loaded yet, so they are not searched\./);
  await expect(ask).toHaveCount(0);
  await app.search.fill("");
  await expect(foot).toContainText(/Steps of 7\d\d jobs are not loaded yet\./);
});

test("filters by origin, and by what failed or runs", async ({ app, view }) => {
  await Pretend.on(app, [
    {
      id: idOf(1),
      description: "From outside",
      steps: [
        { description: "Was fine", status: "finished", end: BEGIN + 1 },
        { description: "Goes on", steps: [{ description: "Hung", status: "failed", end: BEGIN + 1 }] },
      ],
    },
    { id: idOf(2), description: "Of the engine", external: false, status: "finished", end: BEGIN + 1 },
  ]);
  await app.openLoggedIn();
  const origin = view.getByRole("combobox", { name: "Origin" });
  await origin.selectOption("Engine");
  await expect(app.row("From outside")).toHaveCount(0);
  await expect(app.row("Of the engine")).toBeVisible();
  await origin.selectOption("External program");
  await expect(app.row("Of the engine")).toHaveCount(0);
  await expect(app.row("From outside")).toBeVisible();
  await origin.selectOption("Any origin");
  const attention = view.getByRole("button", { name: "Failed or running" });
  await attention.click();
  await expect(attention).toHaveAttribute("aria-pressed", "true");
  await expect(app.row("Of the engine")).toHaveCount(0);
  await app.row("From outside").locator(".expander").click();
  await expect(app.row("Goes on")).toHaveAttribute("aria-setsize", "1");
  await expect(app.row("Was fine")).toHaveCount(0);
});

test("the counts are filters: several at once, and All removes them", { tag: "@panel" }, async ({ app, page, view }) => {
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

test("when nothing matches, the page says so, and one button shows everything again", async ({ app, page, view }) => {
  await Pretend.on(app, manyJobs(3));
  await app.openLoggedIn("#/jobs?q=no-such-thing&status=failed&external=true&attention=true");
  await expect(view.getByRole("status").filter({ hasText: "Nothing matches" })).toBeVisible();
  await view.getByRole("button", { name: "Clear search and filters" }).click();
  await expect(app.grid).toHaveAttribute("aria-rowcount", "4");
  await expect(app.search).toHaveValue("");
  await expect(page).toHaveURL(/#\/jobs$/);
});

test("the columns sort the jobs, both ways", { tag: "@panel" }, async ({ app, page }) => {
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
