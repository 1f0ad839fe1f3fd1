// The stand-in keeps the web admin's rules: every row of the table is proven.
import { test } from "../fixtures.ts";
import { descriptorProofs, type ServedProof } from "./proofs/descriptors.ts";
import { lifeProofs, type ShownProof } from "./proofs/life.ts";
import { placeProofs } from "./proofs/places.ts";
import { resourceProofs } from "./proofs/resources.ts";
import { type RuleName, rules } from "./rules.ts";

const served = { ...descriptorProofs, ...resourceProofs };
const shown = { ...lifeProofs, ...placeProofs };
// A rule without a proof, and a proof without a rule, do not pass the types.
({ ...served, ...shown }) satisfies Record<RuleName, ServedProof | ShownProof>;

for (const [name, { says }] of Object.entries(rules)) {
  const [atServer, inPage] = [(served as Record<string, ServedProof>)[name], (shown as Record<string, ShownProof>)[name]];
  if (atServer) test(`${name}: ${says}`, ({ webAdmin }) => atServer(webAdmin));
  if (inPage) test(`${name}: ${says}`, ({ host }) => inPage(host));
}
