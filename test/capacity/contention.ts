/**
 * The contention campaign: concurrent reservations, commits and releases, with processes killed on
 * the way; ends with code 1 if anything was oversold, leaked or lost.
 *
 *     npx node test/capacity/contention.ts --operations 100000 --kills 20 [--seed N]
 *     npx node test/capacity/contention.ts --operations 100000 --kills 20 --processes 3 --postgres
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { openEmbeddedStore, openPostgresStore } from "#store";
import { startPostgres } from "../conformance/postgres-server.ts";
import { type Contention, contend } from "./contend.ts";

const { values } = parseArgs({
  options: {
    operations: { type: "string", default: "100000" },
    kills: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    processes: { type: "string", default: "2" },
    postgres: { type: "boolean", default: false },
  },
});

const asked = {
  operations: Number(values.operations),
  kills: Number(values.kills),
  seed: Number(values.seed),
};

async function run(contention: Contention): Promise<void> {
  const findings = await contend(contention);
  process.stdout.write(`${JSON.stringify(findings)}\n`);
  const { oversold, leaked, lost, left } = findings;
  if (oversold + leaked + lost + left > 0) process.exitCode = 1;
}

if (values.postgres) {
  const server = await startPostgres();
  const place = server.url();
  const processes = Number(values.processes);
  await run({ ...asked, place, processes, open: () => openPostgresStore(place) }).finally(() =>
    server.stop(),
  );
} else {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-contention-"));
  const open = () => openEmbeddedStore(place);
  await run({ ...asked, place, processes: 1, open }).finally(() =>
    fs.rmSync(place, { recursive: true, force: true }),
  );
}
