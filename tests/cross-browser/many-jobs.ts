// An engine with very many jobs: a server that answers the request for all jobs itself, and forwards every other to a jobs-engine.
// To add as many to jobs-engine would take a minute.
import { once } from "node:events";
import { createServer, request as ask } from "node:http";
import type { JobsEngine } from "../browser/jobs-engine.ts";
import { jobsBody, manyJobs } from "../browser/pretend.ts";

export type Server = { url: string; stop(): Promise<void> };

export async function serveManyJobs(engine: JobsEngine, count: number): Promise<Server> {
  const jobs = JSON.stringify(jobsBody(manyJobs(count), true));
  const server = createServer((request, response) => {
    const { method = "GET", url = "", headers } = request;
    if (method === "GET" && /^\/ovirt-engine\/api\/jobs(\?|$)/.test(url)) {
      return void response.writeHead(200, { "Content-Type": "application/json" }).end(jobs);
    }
    const onward = ask(new URL(url, engine.url), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
