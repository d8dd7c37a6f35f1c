/**
 * The real program, spawned: what it prints where, and how it exits. 0 well, 2 wrong usage or
 * input, 1 anything else.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogue } from "#decisions";
import { present } from "#foundation";
import { PROBLEM_MEDIA_TYPE } from "#wire";
import { runHere } from "../../test/cli/run-here.ts";

const ROOT = path.join(import.meta.dirname, "../..");
const PROGRAM = path.join(ROOT, "bin/tandem.js");
const ranking = present(catalogue[0], "the ranking type");
const EXAMPLE = JSON.stringify(ranking.example);
/** Time enough for a machine that is busy with other tests. */
const PATIENCE = { ...ranking.defaultPolicy.contract, deadlineMs: 20_000, deadlineMsMax: 20_000 };
const UNKNOWN_ID = "01981f3a-5b00-7000-8000-000000000000";

const PROBLEM = { "content-type": PROBLEM_MEDIA_TYPE };

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-cli-"));
const data = path.join(folder, "data");
const requestFile = path.join(folder, "request.json");
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
beforeAll(() => fs.writeFileSync(requestFile, patient(EXAMPLE)));

/** The request with the most time its default policy allows. */
function patient(request: string): string {
  const body = JSON.parse(request);
  return JSON.stringify({
    ...body,
    options: { ...body.options, deadlineMs: ranking.defaultPolicy.contract.deadlineMsMax },
  });
}

function start(...args: readonly string[]): ChildProcess {
  const { PORT: _port, DATABASE_URL: _url, ...env } = process.env;
  return spawn(process.execPath, [PROGRAM, ...args], { cwd: folder, env });
}

async function ended(child: ChildProcess, input = "") {
  child.stdin?.end(input);
  const streams = [child.stdout, child.stderr].map((one) => text(present(one, "a pipe")));
  const [[code], out, err] = await Promise.all([once(child, "exit"), ...streams]);
  return { code: Number(code), out: String(out), err: String(err) };
}

const run = (...args: readonly string[]) => ended(start(...args));

describe("usage, in this process", () => {
  test.each([
    ["help", ["--help"], 0, undefined],
    ["help of a command", ["decide", "--help"], 0, undefined],
    ["the version", ["--version"], 0, undefined],
    ["nothing", [], 2, undefined],
    ["an unknown command", ["frobnicate"], 2, "usage"],
    ["an unknown option", ["serve", "--colour"], 2, "usage"],
    ["a port that is none", ["serve", "--port", "70000"], 2, "usage"],
    ["a port that is no number", ["serve", "--port", "http"], 2, "usage"],
    ["a host that is none", ["serve", "--allowed-host", "a/b"], 2, "usage"],
    ["an origin that is none", ["serve", "--allowed-origin", "a.example"], 2, "usage"],
    ["a rate of nothing", ["serve", "--rate-per-key", "0"], 2, "usage"],
    ["a log level that is none", ["serve", "--log-level", "loud"], 2, "usage"],
    ["an address that is no address", ["replay", UNKNOWN_ID, "--url", "nowhere"], 2, "usage"],
    ["a seed that is no number", ["demo", "--seed", "x"], 2, "usage"],
    ["a retention of no time", ["serve", "--retention-days", "0"], 2, "usage"],
    ["too few arguments", ["decide", "ranking"], 2, "usage"],
    ["a file that is not there", ["decide", "ranking", "nowhere.json"], 2, "file-unreadable"],
    [
      "data that is not there",
      ["replay", UNKNOWN_ID, "--data", "nowhere"],
      2,
      "data-directory-missing",
    ],
    [
      "a server that is not there",
      ["replay", UNKNOWN_ID, "--url", "http://127.0.0.1:9"],
      1,
      "server-unreachable",
    ],
  ])("%s", async (_remark, args, code, fault) => {
    const plain = await runHere(args);
    expect(plain.code).toBe(code);
    if (code === 0) expect(plain).toMatchObject({ out: expect.stringMatching(/\w/), err: "" });
    else expect(plain).toMatchObject({ out: "", err: expect.stringMatching(/\w/) });
    if (fault === undefined) return;
    const asJson = await runHere([...args, "--json"]);
    expect(asJson.code).toBe(code);
    expect(JSON.parse(asJson.out)).toMatchObject({ error: { code: fault } });
  });

  test("an empty PORT is no port, and an address beyond this machine needs keys", async () => {
    process.env.PORT = "";
    const args = ["serve", "--host", "0.0.0.0", "--data", path.join(folder, "bare"), "--json"];
    const { code, out } = await runHere(args);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { code: "keys-required" } });
  });

  test("the failure of a server comes through as the server told it", async () => {
    const told = {
      type: "/problems/contradiction",
      title: "The rules clash.",
      status: 422,
      detail: "two of one, at most one of it",
      instance: "urn:uuid:x",
      code: "contradiction",
      retry: false,
      flaws: [],
      rules: ["minPerGroup/x", "maxPerGroup/x"],
    };
    const answer = async () =>
      new Response(JSON.stringify(told), {
        status: 422,
        headers: { "content-type": "application/problem+json" },
      });
    const args = ["decide", "ranking", requestFile, "--url", "http://127.0.0.1:9", "--json"];
    const { code, out } = await runHere(args, { fetch: answer });
    expect(code).toBe(2);
    expect(JSON.parse(out).error).toMatchObject({ code: "contradiction", rules: told.rules });
  });

  test.each([
    ["a page", () => new Response("<html>", { status: 200 })],
    ["an error of another make", () => new Response("{}", { status: 500 })],
    ["a problem of another form", () => Response.json({}, { status: 400, headers: PROBLEM })],
  ])("what is no server of ours is said to be so: %s", async (_remark, answer) => {
    const args = ["replay", UNKNOWN_ID, "--url", "http://127.0.0.1:9", "--json"];
    const { code, out } = await runHere(args, { fetch: async () => answer() });
    expect(code).toBe(1);
    expect(JSON.parse(out).error).toMatchObject({ code: "server-unexpected-reply" });
  });
});

describe("interruption", () => {
  test.each([
    ["before it began", 0],
    ["while it waits for its input", 20],
  ])("%s", async (_remark, afterMs) => {
    const stopping = new AbortController();
    const input = () => new Promise<never>(() => {});
    if (afterMs === 0) stopping.abort();
    else setTimeout(() => stopping.abort(), afterMs);
    const args = ["decide", "ranking", "-", "--json"];
    const { code, out } = await runHere(args, { input, signal: stopping.signal });
    expect(code).toBe(1);
    expect(JSON.parse(out).error).toMatchObject({ code: "interrupted" });
  });
});

describe("exit codes of the program itself", () => {
  test.each([
    ["help", ["--help"], 0],
    ["a mistake", ["frobnicate"], 2],
    ["a server that is not there", ["replay", UNKNOWN_ID, "--url", "http://127.0.0.1:9"], 1],
  ])("%s", async (_remark, args, code) => {
    expect((await run(...args)).code).toBe(code);
  });
});

describe("decide without a server", () => {
  test("from a file, and from standard input", async () => {
    const fromFile = await run("decide", "ranking", requestFile, "--json");
    expect(fromFile).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(fromFile.out)).toMatchObject({ decisionId: expect.any(String) });
    expect(fromFile.out.trim().split("\n")).toHaveLength(1);
    const child = start("decide", "ranking", "-");
    expect(await ended(child, fs.readFileSync(requestFile, "utf8"))).toMatchObject({ code: 0 });
  });

  test.each([
    ["no JSON", "{"],
    ["no request", "{}"],
    ["nothing", ""],
  ])("input that is %s", async (_remark, input) => {
    const got = await ended(start("decide", "ranking", "-", "--json", "--no-sample"), input);
    expect(got.code).toBe(2);
    expect(JSON.parse(got.out)).toMatchObject({ error: { code: expect.any(String) } });
  });

  test("a type there is not", async () => {
    expect(await run("decide", "divination", requestFile)).toMatchObject({ code: 2, out: "" });
  });
});

describe("serve, and commands beside it", () => {
  test("decides, replays, ends in order, and the record is still there", async () => {
    const server = start("serve", "--port", "0", "--data", data, "--json", "--log-level", "warn");
    const serving = ended(server);
    const { url, curl } = await started(server);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(curl).toContain(`curl -s ${url}/v1/decisions/ranking`);

    const policy = { ...ranking.defaultPolicy, name: "patient", contract: PATIENCE };
    const added = await fetch(`${url}/v1/policies`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(policy),
    });
    expect(added.status).toBe(201);
    const patientFile = path.join(folder, "patient.json");
    const options = { policy: "patient@1" };
    fs.writeFileSync(patientFile, JSON.stringify({ ...JSON.parse(EXAMPLE), options }));
    const decided = await run("decide", "ranking", patientFile, "--data", data, "--json");
    expect(decided).toMatchObject({ code: 0 });
    const { decisionId } = JSON.parse(decided.out);
    for (const place of [
      ["--data", data],
      ["--url", url],
    ]) {
      const replayed = await run("replay", decisionId, ...place, "--json");
      expect(JSON.parse(replayed.out)).toMatchObject({ decisionId, verdict: "identical" });
      expect(replayed.code).toBe(0);
    }
    expect(await run("replay", UNKNOWN_ID, "--url", url)).toMatchObject({ code: 2 });
    const second = await run("serve", "--port", new URL(url).port, "--data", `${data}-2`);
    expect(second).toMatchObject({ code: 1, out: "" });

    fs.rmSync(path.join(data, "server-address"));
    const unnamed = await run("replay", decisionId, "--data", data, "--json");
    expect(unnamed.code).toBe(1);
    expect(JSON.parse(unnamed.out)).toMatchObject({ error: { code: "data-directory-held" } });

    server.kill("SIGTERM");
    expect(await serving).toMatchObject({ code: 0 });
    const after = await run("replay", decisionId, "--data", data);
    expect(after).toMatchObject({ err: "", code: 0, out: expect.stringMatching(/^identical: /) });
  }, 180_000);
});

/** What `serve --json` prints once it is ready. */
async function started(server: ChildProcess): Promise<{ url: string; curl: string }> {
  const [chunk] = await once(present(server.stdout, "standard output"), "data");
  return JSON.parse(String(chunk));
}
