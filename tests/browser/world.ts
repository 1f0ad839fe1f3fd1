// The jobs of a journey. Each has a name of its own, because journeys share an engine.
import { randomUUID } from "node:crypto";
import type { Job, JobsEngine, Step, StepType } from "./jobs-engine.ts";

/** What another client does to jobs: through the API of jobs-engine, or in another tab of the demo. */
export type World = Pick<JobsEngine, "addJob" | "addStep" | "endJob" | "endStep" | "job" | "steps">;

/** A name that no other test uses. */
export function unique(name: string): string {
  return `${name} ${randomUUID().slice(0, 8)}`;
}

export type Sketch = { name: string; type?: StepType; ended?: "succeeded" | "failed"; steps?: Sketch[] };
export type Planted = { job: Job; step(name: string): Step };

/** Adds a job with nested steps, parents first. Then ends the steps that the sketch says have ended, innermost first. */
export async function plant(world: World, description: string, steps: Sketch[] = []): Promise<Planted> {
  const job = await world.addJob(description);
  const added = new Map<string, Step>();
  const ends: { step: Step; succeeded: boolean }[] = [];
  const add = async ({ name, type, ended, steps = [] }: Sketch, parent?: string): Promise<void> => {
    const step = await world.addStep(job.id, name, { ...(type && { type }), parent });
    added.set(name, step);
    for (const inner of steps) await add(inner, step.id);
    if (ended) ends.push({ step, succeeded: ended === "succeeded" });
  };
  for (const step of steps) await add(step);
  for (const { step, succeeded } of ends) await world.endStep(job.id, step.id, { succeeded });
  return {
    job,
    step(name) {
      const step = added.get(name);
      if (!step) throw new Error(`no step ${name}`);
      return step;
    },
  };
}

/** A chain of steps: each is the parent of the next. */
export function nested(depth: number, name = (level: number) => `Level ${level}`): Sketch[] {
  let steps: Sketch[] = [];
  for (let level = depth; level > 0; level -= 1) steps = [{ name: name(level), steps }];
  return steps;
}
