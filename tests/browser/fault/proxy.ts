// A proxy before an engine that does to answers what networks, other proxies and broken engines do.
import { once } from "node:events";
import { createServer, type IncomingMessage, request as send, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";

export type Headers = Record<string, string | string[] | undefined>;
export type Answer = { status: number; headers: Headers; body: Buffer };

/** What a fault does to one request. */
export type Act = (exchange: Exchange) => void | Promise<void>;

/** The requests that a fault can happen to, by their method, path and query. */
export const requests = {
  all: / \/ovirt-engine\//,
  list: /^GET \/ovirt-engine\/api\/jobs(\?|$)/,
  steps: /^GET \S+\/steps$/,
};

/** One request, and what can be done about it. */
export class Exchange {
  constructor(
    readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    private readonly engine: string,
    private readonly sent: Buffer,
    /** The end of the fault. */
    readonly end: Promise<void>,
  ) {}

  /** The engine's answer. */
  async ask(): Promise<Answer> {
    const { method, url = "/", headers } = this.request;
    const toEngine = send(new URL(url, this.engine), { method, headers: { ...headers, "accept-encoding": "identity", connection: "close" } });
    toEngine.end(this.sent);
    const [answer] = (await once(toEngine, "response")) as [IncomingMessage];
    // An oVirt engine gives no version of a list, and one must not stay with a body that is changed.
    const { connection: _, "transfer-encoding": __, "content-length": ___, etag: ____, ...headersOfEngine } = answer.headers;
    return { status: answer.statusCode ?? 0, headers: headersOfEngine, body: await buffer(answer) };
  }

  answer(status: number, body: string | Buffer = "", headers: Headers = {}): void {
    const all = { "content-length": String(Buffer.byteLength(body)), ...headers };
    // The date is the engine's, if any.
    this.response.sendDate = false;
    for (const [name, value] of Object.entries(all)) if (value !== undefined) this.response.setHeader(name, value);
    this.response.writeHead(status).end(body);
  }

  /** An interim answer before the answer. */
  hint(): void {
    this.response.writeEarlyHints({ link: "</a.css>; rel=preload; as=style" });
  }

  /** Sends exactly these bytes. */
  bytes(...pieces: (string | Buffer)[]): void {
    for (const piece of pieces) this.#socket.write(piece);
  }

  /** Ends the connection, as a server does that has nothing more to say. */
  hangUp(): void {
    this.#socket.end();
  }

  /** Sends exactly these bytes and then resets the connection. */
  reset(...pieces: (string | Buffer)[]): void {
    this.#socket.write(pieces.join(""), () => this.#socket.resetAndDestroy());
  }

  get #socket(): Socket {
    return this.request.socket;
  }
}

/** The proxy. Without a fault it forwards everything. */
export class FaultyProxy {
  readonly #server: Server;
  #port = 0;
  #fault: { to: RegExp; does: Act; end: Promise<void>; finish(): void } | undefined;
  readonly #open = new Map<IncomingMessage, string>();
  /** The requests that came. */
  asked: string[] = [];
  /** The requests that the present fault happened to. */
  met: string[] = [];

  private constructor(public engine: string) {
    this.#server = createServer({ maxHeaderSize: 128 * 1024 }, (request, response) => void this.#take(request, response));
    // A client that gives up is no error of the proxy.
    this.#server.on("clientError", (_, socket) => socket.destroy());
  }

  static async before(engine: string): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(engine);
    await proxy.listen();
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** The requests for which the proxy has not yet done everything. */
  get open(): string[] {
    return [...this.#open.values()];
  }

  /** Listens. After `refuse`, on the same port as before. */
  async listen(): Promise<void> {
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Refuses connections from now on, and ends those that are open. */
  async refuse(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** From now on, this happens to matching requests. */
  begin(to: RegExp, does: Act): void {
    let finish = (): void => undefined;
    const end = new Promise<void>((resolve) => (finish = resolve));
    this.#fault = { to, does, end, finish };
    this.met = [];
  }

  /** From now on, everything is forwarded. */
  end(): void {
    this.#fault?.finish();
    this.#fault = undefined;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = `${request.method} ${request.url}`;
    this.asked.push(name);
    this.#open.set(request, name);
    const fault = this.#fault?.to.test(name) ? this.#fault : undefined;
    try {
      const exchange = new Exchange(request, response, this.engine, await buffer(request), fault?.end ?? Promise.resolve());
      if (!fault) return await forward(exchange);
      this.met.push(name);
      await fault.does(exchange);
    } catch {
      // The engine is down, or the client has given up.
      request.socket.destroy();
    } finally {
      this.#open.delete(request);
    }
  }
}

async function forward(exchange: Exchange): Promise<void> {
  const { status, headers, body } = await exchange.ask();
  exchange.answer(status, body, headers);
}
