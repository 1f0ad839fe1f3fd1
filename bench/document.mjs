// Writes the measured part of docs/performance.md. The rest of the document is written by hand and stays.
import { readFileSync, writeFileSync } from "node:fs";

const FILE = new URL("../docs/performance.md", import.meta.url);
const BEGIN = "<!-- `make bench` writes from here -->";
const END = "<!-- `make bench` writes to here -->";

/** @param {string} text */
export function writeMeasured(text) {
  const document = readFileSync(FILE, "utf8");
  const [before, after] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (before < 0 || after < before) throw new Error("docs/performance.md has no place for the measurements");
  writeFileSync(FILE, `${document.slice(0, before)}${BEGIN}\n\n${text}\n\n${document.slice(after)}`);
}
