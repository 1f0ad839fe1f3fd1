// What the built pages are made of: how much, from where, and what is not in them.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from "node:zlib";

const pages = { app: filesOf("app"), "web-admin": filesOf("web-admin"), demo: filesOf("demo") };

// KB are 1000 bytes. The target is the plan's; a ceiling is what has been reached, with a little room for what differs from
// build to build, and only ever comes down.
const TARGET = { brotli: 150_000, raw: 450_000 };
const measured = {
  app: { brotli: (name) => compressed(`${name}.br`), ceiling: { brotli: 140_000, raw: 399_000 }, target: TARGET },
  // An engine sends its files as they are; this is what a proxy before it would make of them.
  "web-admin": { brotli: (_, bytes) => brotliCompressSync(bytes), ceiling: { brotli: 145_000, raw: 413_000 } },
};

for (const [page, { brotli, ceiling, target }] of Object.entries(measured)) {
  const sizes = [...pages[page]]
    .filter(([name]) => [".wasm", ".js", ".css", ".html"].includes(extname(name)))
    .map(([name, bytes]) => ({ file: unhashed(name), raw: bytes.length, brotli: brotli(name, bytes).length }));
  const total = { file: "total", raw: sum(sizes, "raw"), brotli: sum(sizes, "brotli") };
  console.log(`dist/${page}`);
  console.table([...sizes, total, { file: "ceiling", ...ceiling }, ...(target ? [{ file: "target", ...target }] : [])]);

  test(`${page}: does not grow`, () => assertWithin(total, ceiling));
  if (target) test(`${page}: is as small as planned`, () => assertWithin(total, target));
}

function assertWithin(total, limit) {
  assert.ok(total.brotli <= limit.brotli, `${total.brotli} bytes in brotli`);
  assert.ok(total.raw <= limit.raw, `${total.raw} bytes raw`);
}

// What only one page is to have. All of it must be found there, or this test could not fail.
const ONLY_IN = {
  // The sample world (src/engine/scenario), and the engine's own words (src/engine/http).
  demo: ["Removing Snapshot nightly of VM ", "no space left on device", "Internal Engine Error"],
  // Functions of web admin, a place of its, what its frame is kept under, and a style.
  "web-admin": ["pluginApi", "engineBaseUrl", "revealPlace", "#hosts-general", "Open in own tab", "task-monitor/panel/", ".panel"],
};

for (const [home, texts] of Object.entries(ONLY_IN)) {
  test(`what is for ${home} only is in no other page`, () => {
    for (const [page, files] of Object.entries(pages)) {
      for (const text of texts) assert.equal(holds(files, text), page === home, `"${text}" in dist/${page}`);
    }
  });
}

for (const [name, files] of Object.entries(pages)) {
  const html = files.get("index.html")?.toString() ?? "";

  test(`${name}: all of the document's addresses are relative, hashed files that exist`, () => {
    const addresses = [...html.matchAll(/(?:href|src)="?([^\s">]+)/g)].map(([, address]) => address);
    assert.ok(addresses.length >= 5, addresses.join(" "));
    for (const address of addresses) {
      assert.match(address, /^\.\/[a-z-]+-[0-9a-f]{12,16}(_bg)?\.(css|js|svg|wasm)$/);
      assert.ok(files.has(address.slice(2)), `${address} is there`);
    }
  });

  test(`${name}: no inline script or style, and a policy that forbids them`, () => {
    assert.match(html, /default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';/);
    assert.doesNotMatch(html, /unsafe-inline|<style|\sstyle=|\son[a-z]+=/);
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/);
  });
}

test("the production page's compressed files say the same", () => {
  for (const [name, bytes] of pages.app) {
    assert.deepEqual(brotliDecompressSync(compressed(`${name}.br`)), bytes, name);
    assert.deepEqual(gunzipSync(compressed(`${name}.gz`)), bytes, name);
  }
});

/** @returns {Map<string, Buffer>} name to content, without the compressed siblings */
function filesOf(build) {
  const names = readdirSync(folder(build)).filter((name) => ![".br", ".gz"].includes(extname(name)));
  return new Map(names.map((name) => [name, readFileSync(join(folder(build), name))]));
}

function folder(build) {
  return fileURLToPath(new URL(`../../dist/${build}`, import.meta.url));
}

function compressed(name) {
  return readFileSync(join(folder("app"), name));
}

function holds(files, text) {
  return [...files.values()].some((bytes) => bytes.includes(text));
}

function unhashed(name) {
  return name.replace(/-[0-9a-f]{12,16}/, "");
}

function sum(rows, column) {
  return rows.reduce((total, row) => total + row[column], 0);
}
