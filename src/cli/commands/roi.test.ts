/**
 * `tandem roi` on the case and the experiments that the page shows: words, documents, faults.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { assignSlice, assignUnit, type SwitchbackDesign, sliceCount } from "#experiments";
import { randomStream } from "#foundation";
import { runHere } from "../../../test/cli/run-here.ts";

const PAGE = path.join(import.meta.dirname, "../../../docs/experiments.md");
const [caseText, experimentText, splitText] = fs
  .readFileSync(PAGE, "utf8")
  .split("```json\n")
  .slice(1)
  .map((rest) => rest.split("```")[0]);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-roi-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const at = path.join(folder, name);
  fs.writeFileSync(at, typeof content === "string" ? content : JSON.stringify(content));
  return at;
}

/** The page's experiment over four weeks instead of two days. */
const MONTH = { ...JSON.parse(experimentText), slicesPerPeriod: 24, periods: 28 };

/** It with four weeks of contacts, of which treatment saves a tenth. */
function switchback(isLossy = false): unknown {
  const design = readDesign(MONTH);
  const random = randomStream(9, "contacts");
  const contacts = Array.from({ length: sliceCount(design) * 8 }, (_, contact) => {
    const slice = Math.floor(contact / 8);
    const isTreated = assignSlice(design, "sales", slice).arm === "treatment";
    return {
      pool: "sales",
      arrivedAtUtcMs: design.startUtcMs + slice * design.sliceMs + 1_300_000 + contact,
      end: "answered",
      waitSeconds: 30 * random.unit(),
      handleSeconds: (200 + 80 * random.unit()) * (isTreated ? 0.9 : 1),
    };
  });
  const lost = (slice: number) =>
    slice % 4 === 0 && assignSlice(design, "sales", slice).arm === "treatment";
  const kept = contacts.filter((_, contact) => !isLossy || !lost(Math.floor(contact / 8)));
  return { ...MONTH, contacts: kept, staffing: [] };
}

function readDesign(document: unknown): SwitchbackDesign {
  const whole = z.number().int();
  return z
    .object({
      kind: z.literal("switchback"),
      experiment: z.string(),
      pools: z.array(z.string()),
      ...{ seed: whole, startUtcMs: whole, sliceMs: whole, burnInMs: whole },
      ...{ slicesPerPeriod: whole, periods: whole },
    })
    .parse(document);
}

/** A split in which one unit in three says yes, and one in two of the treated. */
function split(drawsOn: readonly string[]): unknown {
  const design = { kind: "split", experiment: "banner", coverage: 1, treatedShare: 0.5 } as const;
  const random = randomStream(3, "units");
  const units = Array.from({ length: 2000 }, (_, index) => {
    const unit = `customer-${index}`;
    const chance = assignUnit(design, unit).arm === "treatment" ? 1 / 2 : 1 / 3;
    return { unit, value: random.unit() < chance ? 1 : 0 };
  });
  const words = { decisionType: "ranking", drawsOn, metric: "conversion", unitsPlanned: 2000 };
  return { ...design, ...words, isOver: true, units };
}

describe("tandem roi", () => {
  it("prints money, payback, the gate and what more testing is worth", async () => {
    const { code, out, err } = await runHere(["roi", file("case.json", caseText)]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/net +[\d,]+ GBP +-?[\d,]+ GBP to [\d,]+ GBP/);
    expect(out).toContain("An uplift of 2 % pays back more than 1.5 times within 12 months");
    expect(out).toContain("Knowing the uplift exactly would be worth");
  });

  it("gives the same document for the same seed, and another for another", async () => {
    const run = async (...more: string[]) =>
      (await runHere(["roi", file("case.json", caseText), "--json", "--draws", "500", ...more]))
        .out;
    const first = await run();
    expect(JSON.parse(first)).toMatchObject({
      experiment: null,
      case: { draws: 500, net: { median: { currency: "GBP", minor: expect.any(Number) } } },
    });
    expect(await run()).toBe(first);
    expect(await run("--seed", "2")).not.toBe(first);
  });

  it.each([
    ["switchback", experimentText, "routing-2: 4 of 4 slices, 2 pairs\nNo difference is shown"],
    ["split", splitText, "banner, 6 and 2 units: conversion"],
  ])("reads the page's own %s", async (_kind, text, words) => {
    const args = ["roi", file("case.json", caseText), "--draws", "100"];
    const { code, out, err } = await runHere([...args, "--experiment", file("page.json", text)]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(words);
    expect(out).toContain("not shown");
  });

  it("says which contacts do not count, and takes none of a pool it does not know", async () => {
    const page = JSON.parse(experimentText);
    const [first] = page.contacts;
    const early = { ...first, arrivedAtUtcMs: page.startUtcMs + 1000 };
    const late = { ...first, arrivedAtUtcMs: page.startUtcMs + 1e12 };
    const args = ["roi", file("case.json", caseText), "--json", "--draws", "100", "--experiment"];
    const some = { ...page, contacts: [...page.contacts, early, late] };
    const { out } = await runHere([...args, file("some.json", some)]);
    expect(JSON.parse(out).contactsLeftOut).toBe(2);
    const foreign = { ...page, contacts: [...page.contacts, { ...first, pool: "sale" }] };
    const refused = await runHere([...args, file("foreign.json", foreign)]);
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.out).error.flaws).toEqual([
      { pointer: "/contacts/9/pool", message: "expected one of sales, got sale" },
    ]);
  });

  it("takes a switchback's effect for the uplift, in the good direction", async () => {
    const args = ["roi", file("case.json", caseText)];
    const month = file("month.json", switchback());
    const { code, out } = await runHere([...args, "--experiment", month]);
    expect(code).toBe(0);
    expect(out).toContain("routing-2: 672 of 672 slices, 336 pairs");
    expect(out).toContain("The treatment is better: average handle time went from 239.9 s");
    // Nobody left, so there is nothing to say of who did.
    expect(out).toContain("abandonment: went from 0.0 % to 0.0 %");
    const json = await runHere([...args, "--experiment", month, "--json"]);
    const { experiment } = JSON.parse(json.out);
    expect(experiment.primary.effect.value).toBeCloseTo(-24, 0);
    expect(JSON.parse(json.out).case.probabilityOfGain.value).toBe(1);
  });

  it("puts no money on an experiment that cannot be read", async () => {
    const lossy = file("lossy.json", switchback(true));
    const { code, err } = await runHere([
      ...["roi", file("case.json", caseText)],
      ...["--experiment", lossy],
    ]);
    expect(code).toBe(2);
    expect(err).toContain("expected a sound experiment");
  });

  it("reads a split of units, and refuses one whose units share capacity", async () => {
    const args = ["roi", file("case.json", caseText)];
    const alone = await runHere([...args, "--experiment", file("split.json", split([]))]);
    expect(alone.code).toBe(0);
    expect(alone.out).toMatch(/banner, \d+ and \d+ units: conversion \d+\.?\d* % .*, better/);
    const shared = file("shared.json", split(["agents"]));
    const refused = await runHere([...args, "--experiment", shared, "--json"]);
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.out).error).toMatchObject({
      code: "experiment-split-refused",
      detail: expect.stringContaining("draws on agents"),
    });
  });

  it("names every flaw of an experiment", async () => {
    const flawed = { ...JSON.parse(experimentText), burnInMs: -1, primary: "mood", contacts: [{}] };
    const args = ["roi", file("case.json", caseText), "--json"];
    const { code, out } = await runHere([...args, "--experiment", file("flawed.json", flawed)]);
    expect(code).toBe(2);
    const { flaws } = JSON.parse(out).error;
    expect(flaws.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      ...["/burnInMs", "/primary", "/contacts/0/end", "/contacts/0/pool"],
      ...["/contacts/0/arrivedAtUtcMs", "/contacts/0/waitSeconds"],
    ]);
  });

  it.each([
    [["roi", "nowhere.json"], "nowhere.json", 2],
    [["roi", "-"], "expected JSON", 2],
    [["roi", "-", "--draws", "0"], "a whole number from 1", 2],
    [["roi"], "missing required argument", 2],
  ])("%j is refused", async (args, words, wanted) => {
    const { code, err } = await runHere(args);
    expect(err).toContain(words);
    expect(code).toBe(wanted);
  });

  it("names the flaws of a case", async () => {
    const flawed = { ...JSON.parse(caseText), currency: "pounds" };
    const { code, out } = await runHere(["roi", file("bad.json", flawed), "--json"]);
    expect(code).toBe(2);
    expect(JSON.parse(out).error).toMatchObject({
      code: "business-case-invalid",
      flaws: [{ pointer: "/currency" }],
    });
  });
});
