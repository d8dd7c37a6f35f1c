/**
 * One suite for both clients: the scenarios of scenarios.json, over a network that fails on demand,
 * against the platform as it is shipped. Expectations are checked here, so that neither client
 * judges itself; decisions are counted at the server.
 */
import { execFile, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { present } from "#foundation";
import { decisionSummary, page } from "#wire";
import { assembleServer, type ServedPlatform } from "../../src/assemble.ts";
import { call } from "../http/client.ts";
import { PATIENT, REQUEST } from "../http/patient.ts";
import { runScenario, type Scenario, type StepResult, scenarioSchema } from "./driver.ts";
import { type FaultyNetwork, openFaultyNetwork } from "./faulty-network.ts";

const NAMED = {
  REQUEST,
  CLASH: { ...REQUEST, rules: { minPerGroup: { x: 2 }, maxPerGroup: { x: 1 } } },
  POLICY: { ...PATIENT, name: "suite" },
};
const SCENARIOS = z
  .array(scenarioSchema)
  .parse(JSON.parse(fs.readFileSync(path.join(import.meta.dirname, "scenarios.json"), "utf8")));
const HAS_PYTHON = spawnSync("python3", ["--version"]).status === 0;

/** Runs a scenario with one of the clients. */
type Run = (scenario: Scenario, baseUrl: string) => Promise<StepResult[]>;

let platform: ServedPlatform;
let network: FaultyNetwork;

beforeAll(async () => {
  platform = await assembleServer({
    storage: { kind: "memory" },
    host: "127.0.0.1",
    port: 0,
    log: { level: "silent", stream: { write: () => {} } },
  });
  await platform.ready;
  expect((await call(platform.url, "POST", "/v1/policies", PATIENT)).status).toBe(201);
  network = await openFaultyNetwork(platform.url);
});
afterAll(async () => {
  await network.close();
  await platform.stop();
});

/** The scenario with its names filled in; ids are each client's own. */
function filledIn(scenario: Scenario, client: string): Scenario {
  const text = JSON.stringify(scenario)
    .replaceAll("CLIENT", client)
    .replaceAll("NOW", new Date().toISOString());
  return scenarioSchema.parse(
    JSON.parse(text, (_, value) => {
      const named = typeof value?.$ === "string" ? value.$ : undefined;
      return named === undefined ? value : Object(NAMED)[named];
    }),
  );
}

/** What is expected, with `{"$is": [step, …]}` standing for the decision of an earlier step. */
function expectedOf(expected: unknown, results: readonly StepResult[]): unknown {
  return JSON.parse(JSON.stringify(expected), (_, value) => {
    if (!Array.isArray(value?.$is)) return value;
    const [step, member] = value.$is;
    return { [member]: Object(results[step]).value[member] };
  });
}

async function decisionCount(): Promise<number> {
  let count = 0;
  let cursor: string | undefined;
  do {
    const after = cursor === undefined ? "" : `&cursor=${cursor}`;
    const got = await call(platform.url, "GET", `/v1/decisions?limit=200${after}`);
    const { items, next } = page(decisionSummary).parse(got.json);
    count += items.length;
    cursor = next;
  } while (cursor !== undefined);
  return count;
}

async function check(scenario: Scenario, client: string, run: Run): Promise<void> {
  const before = await decisionCount();
  network.script(scenario.faults);
  const results = await run(filledIn(scenario, client), network.url);
  expect(results).toMatchObject(Object(expectedOf(filledIn(scenario, client).expect, results)));
  if (scenario.requests !== undefined) expect(network.requests()).toBe(scenario.requests);
  expect((await decisionCount()) - before).toBe(scenario.decisionsMade);
}

describe("the JavaScript client", () => {
  test.each(SCENARIOS.map((scenario) => [scenario.remark, scenario] as const))(
    "%s",
    async (_remark, scenario) => check(scenario, "javascript", runScenario),
  );
});

// Where there is no Python, its client has nothing to run on.
describe.skipIf(!HAS_PYTHON)("the Python client", () => {
  let python: ReturnType<typeof spawn>;
  let lines: AsyncIterator<string>;
  beforeAll(() => {
    const driver = path.join(import.meta.dirname, "driver.py");
    python = spawn("python3", ["-B", "-W", "error", driver], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const input = present(python.stdout, "its output");
    lines = createInterface({ input })[Symbol.asyncIterator]();
  });
  afterAll(() => void python.stdin?.end());

  test("its own tests pass, with every warning an error", () => {
    const cwd = path.join(import.meta.dirname, "../../sdk/python");
    const args = ["-B", "-W", "error", "-m", "unittest"];
    const { status, stderr } = spawnSync("python3", args, { cwd, encoding: "utf8" });
    expect(stderr).toMatch(/Ran [1-9]\d* tests/);
    expect(status).toBe(0);
  });

  test("the example of its page runs as printed", () => {
    const cwd = path.join(import.meta.dirname, "../../sdk/python");
    const readme = fs.readFileSync(path.join(cwd, "README.md"), "utf8");
    const printed = present(/^```python\n(.*?)^```/ms.exec(readme)?.[1], "an example");
    const example = printed
      .replace('"http://127.0.0.1:7070", api_key="…"', JSON.stringify(platform.url))
      .replace("deadline_ms=100", "deadline_ms=900") // The machine may be busy.
      .replace("tandem.report_outcomes(", "receipts = tandem.report_outcomes(");
    const candidates = JSON.stringify(
      Array.from({ length: 10 }, (_, index) => ({ id: `c${index}`, score: 1 / (index + 1) })),
    );
    const program = `candidates = ${candidates}\n${example}\nprint(receipts[0]["result"])\n`;
    return new Promise<void>((resolve, reject) => {
      execFile("python3", ["-B", "-W", "error", "-c", program], { cwd }, (error, out) =>
        error === null && out === "recorded\n" ? resolve() : reject(error ?? new Error(out)),
      );
    });
  });

  const run: Run = async (scenario, baseUrl) => {
    python.stdin?.write(`${JSON.stringify({ ...scenario, baseUrl })}\n`);
    const line = await lines.next();
    expect(line.done, "the driver goes on").toBe(false);
    return JSON.parse(line.value);
  };
  test.each(SCENARIOS.map((scenario) => [scenario.remark, scenario] as const))(
    "%s",
    async (_remark, scenario) => check(scenario, "python", run),
  );
});
