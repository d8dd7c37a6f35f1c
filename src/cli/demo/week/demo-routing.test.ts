/**
 * `tandem demo routing`: two simulated days through the whole platform in this process.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { runHere } from "../../../../test/cli/run-here.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-demo-routing-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));
const at = (name: string) => path.join(folder, name);

test("runs, leaves its files, and tandem roi reads the same from them", async () => {
  const files = ["--html", at("b.html"), "--experiment", at("e.json"), "--case", at("c.json")];
  const asked = ["demo", "routing", "--days", "2", "--json", ...files];
  const { code, out } = await runHere(asked);
  expect(code).toBe(0);
  const week = JSON.parse(out);
  const sum = (rows: { decisions: number }[]) =>
    rows.reduce((total, { decisions }) => total + decisions, 0);
  expect(sum(week.solvers)).toBe(week.decisions);
  expect(week.rungs).toEqual([{ rung: "proved", decisions: week.decisions }]);
  expect(fs.readFileSync(at("b.html"), "utf8")).toContain(week.board.conclusion);
  const readAgain = ["roi", at("c.json"), "--experiment", at("e.json"), "--seed", "8", "--json"];
  const again = JSON.parse((await runHere(readAgain)).out);
  expect(again.experiment).toEqual(week.reading);
  expect(again.case.gate.multiple).toBe(1.5);
});

test("odd days, a file that cannot be written, and an interrupt are told", async () => {
  expect(await runHere(["demo", "routing", "--days", "3"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("expected an even number from 2 to 28, got 3"),
  });
  const nowhere = at("no/such/folder.html");
  const unwritable = await runHere(["demo", "routing", "--days", "2", "--html", nowhere]);
  expect(unwritable).toMatchObject({ out: "", err: expect.stringContaining("folder.html") });
  for (const where of [[], ["--url", "http://127.0.0.1:9"]]) {
    const stopped = await runHere(["demo", "routing", ...where], { signal: AbortSignal.abort() });
    expect(stopped).toMatchObject({ code: 1, err: expect.stringContaining("was interrupted") });
  }
});

test("options that would not be looked at are refused", async () => {
  const both = ["--url", "http://127.0.0.1:9", "--data", at("data")];
  const beside = await runHere(["demo", "routing", ...both]);
  expect(beside).toMatchObject({ code: 2, err: expect.stringContaining("--data <dir>") });
  const before = await runHere(["demo", "--seed", "3", "routing"]);
  const expected = "expected options after `routing`, got --seed before it";
  expect(before).toMatchObject({ code: 2, err: expect.stringContaining(expected) });
});
