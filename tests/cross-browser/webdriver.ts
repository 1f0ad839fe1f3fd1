// A client for the few commands of WebDriver (https://www.w3.org/TR/webdriver2/) that the journeys need.

/** A session in a browser. */
export class WebDriver {
  readonly #session: string;
  readonly capabilities: Capabilities;

  constructor(session: string, capabilities: Capabilities) {
    this.#session = session;
    this.capabilities = capabilities;
  }

  get<Value>(command: string): Promise<Value> {
    return call("GET", `${this.#session}/${command}`);
  }

  post<Value>(command: string, parameters: object): Promise<Value> {
    return call("POST", `${this.#session}/${command}`, parameters);
  }

  /** What a device does, such as pressing and releasing a key. */
  async act(device: object): Promise<void> {
    await this.post("actions", { actions: [device] });
  }

  async end(): Promise<void> {
    await call("DELETE", this.#session);
  }
}

type Capabilities = { browserName: string; browserVersion: string };

/** Starts a browser in a session. The driver may still be starting. */
export async function startSession(driver: string): Promise<WebDriver> {
  await untilReady(driver);
  const wanted = { capabilities: { alwaysMatch: {} } };
  const { sessionId, capabilities } = await call<{ sessionId: string; capabilities: Capabilities }>("POST", `${driver}/session`, wanted);
  return new WebDriver(`${driver}/session/${sessionId}`, capabilities);
}

async function untilReady(driver: string): Promise<void> {
  for (const until = Date.now() + 20_000; ; ) {
    try {
      return void (await call("GET", `${driver}/status`));
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((later) => setTimeout(later, 50));
    }
  }
}

async function call<Value>(method: string, address: string, parameters?: object): Promise<Value> {
  const answer = await fetch(address, { method, ...(parameters && { body: JSON.stringify(parameters) }) });
  const { value } = (await answer.json()) as { value: Value & { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`WebDriver: ${method} ${address}: ${value.error}: ${value.message}`);
  return value;
}
