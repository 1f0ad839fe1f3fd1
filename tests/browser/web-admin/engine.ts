// The engine behind the web admin: hands requests on to a jobs-engine, keeps the admin's session, and watches what is sent.
import { type IncomingMessage, request as ask, type ServerResponse } from "node:http";
import type { JobsEngine, User } from "../jobs-engine.ts";

/** Where an engine answers by itself; everything else below `/ovirt-engine/` is the web admin's. */
const paths = /^\/ovirt-engine\/(api|sso|services)(\/|\?|$)/;

export type Asked = { method: string; path: string; authorization: string | undefined };

export class Engine {
  readonly #engine: JobsEngine;
  /** The session of the web admin: a token that stays the same for as long as it lives. */
  #session: { user: User; token: string } | undefined;
  readonly #tokens: string[] = [];
  /** Every request of the API, in order. */
  asked: Asked[] = [];
  /** What should never have been sent. */
  misdeeds: string[] = [];

  constructor(engine: JobsEngine) {
    this.#engine = engine;
  }

  /** Every token that the web admin was given so far. */
  get tokens(): readonly string[] {
    return this.#tokens;
  }

  answers(request: IncomingMessage): boolean {
    return paths.test(request.url ?? "");
  }

  /** Looks at every request of the origin, for what no address may hold. */
  watch({ url = "", headers }: IncomingMessage): void {
    const secret = this.#tokens.some((token) => url.includes(token) || (headers.referer ?? "").includes(token));
    if (secret) this.misdeeds.push(`a token in an address: ${url}`);
  }

  handOn(request: IncomingMessage, response: ServerResponse): void {
    const { method = "GET", url = "", headers } = request;
    this.asked.push({ method, path: url.replace("/ovirt-engine/", ""), authorization: headers.authorization });
    if (headers.cookie !== undefined) this.misdeeds.push(`a cookie with ${method} ${url}`);
    const onward = ask(new URL(url, this.#engine.url), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.writeHead(502).end());
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  }

  /** The token of the admin's session. Whoever has none logs in first, as at the engine's form. */
  async token(user: User): Promise<string> {
    if (this.#session?.user.name !== user.name) this.#session = { user, token: await this.#logIn(user) };
    return this.#session.token;
  }

  /** Ends the session: by its time-out, or by an administrator. The web admin's page is not told. */
  async endSession(): Promise<void> {
    if (!this.#session) return;
    const { token } = this.#session;
    this.#session = undefined;
    const body = new URLSearchParams({ token, scope: "ovirt-app-api" });
    const answer = await fetch(`${this.#engine.url}ovirt-engine/services/sso-logout`, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`the session did not end: ${answer.status} ${await answer.text()}`);
  }

  /** As after a restart of the engine: what tests found out is forgotten, and the session with it. */
  forget(): void {
    this.#session = undefined;
    this.asked = [];
    this.misdeeds = [];
  }

  async #logIn({ name, password }: User): Promise<string> {
    const body = new URLSearchParams({ grant_type: "password", username: name, password, scope: "ovirt-app-api" });
    const answer = await fetch(`${this.#engine.url}ovirt-engine/sso/oauth/token`, { method: "POST", body, headers: { Accept: "application/json" } });
    const { access_token: token } = (await answer.json()) as { access_token?: string };
    if (token === undefined) throw new Error(`the web admin could not log in: ${answer.status}`);
    this.#tokens.push(token);
    return token;
  }
}
