// Messages of other windows, handed on to plug-ins: PostMessageDispatcher and PluginEventHandler of the web admin.
import type { Plugin, Plugins } from "./plugins.ts";

export function handMessagesOn(plugins: Plugins): void {
  addEventListener("message", (event: MessageEvent<unknown>) => {
    plugins.invokeNowOrLater("MessageReceived", carried(event.data, event.source), (plugin) => isAllowed(plugin, event.origin));
  });
}

/** What is none of these is left out, and what follows moves up. */
function carried(...values: unknown[]): unknown[] {
  return values.filter((value) => value !== null && ["object", "function", "string", "number", "boolean"].includes(typeof value));
}

function isAllowed({ options: { allowedMessageOrigins: allowed } }: Plugin, origin: string): boolean {
  const origins = Array.isArray(allowed) ? (allowed as unknown[]) : [allowed];
  return origins.some((one) => one === "*" || one === origin);
}
