// The engine behind the web admin: forwards requests to a jobs-engine, keeps the admin's session, and checks what is sent.
import { type IncomingMessage, request as ask, type ServerResponse } from "node:http";
import type { JobsEngine, User } from "../jobs-engine.ts";

/** Paths of the engine itself. All others below `/ovirt-engine/` are the web admin's. */
const paths = /^\/ovirt-engine\/(api|sso|services)(\/|\?|$)/;

export type Asked = { method: string; path: string; authorization: string | undefined };

export class Engine {
  readonly #engine: JobsEngine;
  /** The session of the web admin. Its token stays the same. */
  #session: { user: User; token: string } | undefined;
  readonly #tokens: string[] = [];
  /** Every request to the API, in order. */
  asked: Asked[] = [];
  /** Requests that must not be sent: with a cookie, or with a token in an address. */
  misdeeds: string[] = [];

  constructor(engine: JobsEngine) {
    this.#engine = engine;
  }

  /** Every token that the web admin has had. */
  get tokens(): readonly string[] {
    return this.#tokens;
  }

  answers(request: IncomingMessage): boolean {
    return paths.test(request.url ?? "");
  }

  /** Checks that no address has a token in it. */
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

  /** The token of the admin's session. Without a session, the user is logged in first. */
  async token(user: User): Promise<string> {
    if (this.#session?.user.name !== user.name) this.#session = { user, token: await this.#logIn(user) };
    return this.#session.token;
  }

  /** Ends the session, as a time-out or an administrator does. The web admin's page is not told. */
  async endSession(): Promise<void> {
    if (!this.#session) return;
    const { token } = this.#session;
    this.#session = undefined;
    const body = new URLSearchParams({ token, scope: "ovirt-app-api" });
    const answer = await fetch(`${this.#engine.url}ovirt-engine/services/sso-logout`, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`the session did not end: ${answer.status} ${await answer.text()}`);
  }

  /** Forgets the session and all records. */
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
