// The memory that the page holds after a garbage collection.
/** @import { Visit } from "../visit.mjs" */

/**
 * The heap of JavaScript and the memories of WebAssembly, in MB (1,000,000 bytes).
 * @param {Visit} visit
 */
export async function measureMemory({ session }) {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return (usedSize + (await wasm(session))) / 1_000_000;
}

/**
 * The bytes of all memories of WebAssembly.
 * @param {Visit["session"]} session
 */
async function wasm(session) {
  const objectGroup = "memories";
  const prototype = await session.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype", objectGroup });
  const { objects } = await session.send("Runtime.queryObjects", { prototypeObjectId: prototype.result.objectId ?? "", objectGroup });
  const { result } = await session.send("Runtime.callFunctionOn", {
    objectId: objects.objectId,
    functionDeclaration: "function () { return this.reduce((bytes, memory) => bytes + memory.buffer.byteLength, 0); }",
    returnByValue: true,
  });
  await session.send("Runtime.releaseObjectGroup", { objectGroup });
  return Number(result.value);
}
