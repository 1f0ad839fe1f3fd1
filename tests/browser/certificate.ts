// A certificate for 127.0.0.1 that signs itself.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** The certificate's file, and the options of `jobs-engine serve` that use it. */
export async function certify(): Promise<{ file: string; serve: string[]; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "certificate-"));
  const [file, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const made = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-noenc", "-keyout", key, "-out", file];
  // No CA, since the engine itself shows it.
  const names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"];
  await promisify(execFile)("openssl", ["req", "-x509", "-days", "1", ...made, ...names]);
  return { file, serve: ["--tls-cert", file, "--tls-key", key], remove: () => rm(folder, { recursive: true }) };
}
