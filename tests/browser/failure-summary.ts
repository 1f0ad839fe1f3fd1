// Prints one short line for each failure at the end of the output. Of a CI log, often only the end is kept.
import { basename } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

const MOST = 500;

export default class FailureSummary implements Reporter {
  readonly #words: string[] = [];

  onTestEnd(test: TestCase, { errors, status }: TestResult): void {
    if (status === test.expectedStatus || status === "interrupted") return;
    const place = `${basename(test.location.file)}:${test.location.line}`;
    for (const { message = "", location } of errors) {
      const words = stripVTControlCharacters(message).split("\n").map((line) => line.trim()).filter(Boolean).join(" ");
      this.#words.push(`${place} ${test.title}: line ${location?.line ?? "?"}: ${words.slice(0, MOST)}`);
    }
  }

  onEnd(): void {
    for (const words of this.#words) console.log(words);
  }

  printsToStdio(): boolean {
    return true;
  }
}
