/**
 * `tandem learn intents` on the bundled examples, its model at work in `tandem decide`, and what is
 * said of files that are not right.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runHere } from "../../../test/cli/run-here.ts";

const EXAMPLES = path.join(import.meta.dirname, "../../../examples/contact-centre");
const CSV = path.join(EXAMPLES, "intents.csv");
const REQUEST = path.join(EXAMPLES, "texts.json");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-learn-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

function file(name: string, content = ""): string {
  const at = path.join(folder, name);
  if (content !== "") fs.writeFileSync(at, content);
  return at;
}

const learn = (...args: readonly string[]) => runHere(["learn", "intents", ...args, "--json"]);

describe("the bundled examples", () => {
  test("are learnt to the same bytes each time, and decide whom contacts come to", async () => {
    const [one, two] = [file("one.bin"), file("two.bin")];
    const { code, out } = await learn(CSV, "--out", one);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      intents: ["disputed-payment", "lost-card", "mortgage", "online-access"],
      examples: 48,
      outOfScope: 12,
      probabilityMin: 0.5,
    });
    expect((await runHere(["learn", "intents", CSV, "--out", two])).out).toContain("4 intents");
    expect(fs.readFileSync(two).equals(fs.readFileSync(one))).toBe(true);

    const args = ["decide", "routing", REQUEST, "--no-sample", "--json"];
    const decided = await runHere([...args, "--intents", one]);
    expect(decided.code).toBe(0);
    const { answer, reasons } = JSON.parse(decided.out);
    expect(answer.contacts).toMatchObject([
      { id: "chat-1", agent: "ana" },
      { id: "chat-2", agent: "ben" },
      { id: "chat-3", action: "hold" },
      { id: "call-1", agent: "cho" },
    ]);
    const facts = (id: string) =>
      reasons.find(({ subject }: { readonly subject: string }) => subject === id)?.facts;
    expect(facts("chat-1")).toMatchObject({ intent: "lost-card", abstained: false });
    expect(facts("chat-3")).toMatchObject({ abstained: true });

    const refused = await runHere(args);
    expect(refused.code).toBe(2);
    expect(refused.err + refused.out).toContain("/contacts/0/text");
  });

  test("can be asked to be surer before it answers", async () => {
    const { out } = await learn(CSV, "--out", file("sure.bin"), "--probability-min", "0.99");
    expect(JSON.parse(out)).toMatchObject({ probabilityMin: 0.99 });
  });
});

describe("files that are not right", () => {
  const HEAD = "text,intent\n";
  test.each([
    ["no file", file("none.csv"), "file-unreadable", "none.csv"],
    [
      "another header",
      file("head.csv", "intent,text\na,b\n"),
      "intent-training-unusable",
      "line 1",
    ],
    ["a field more", file("more.csv", `${HEAD}a,b,c\n`), "intent-training-unusable", "line 2"],
    ["a quote left open", file("open.csv", `${HEAD}"a,b\n`), "intent-training-unusable", "line 2"],
    ["one intent", file("one.csv", `${HEAD}a,b\n`), "intent-training-unusable", "/examples"],
    ["nothing but a header", file("bare.csv", HEAD), "intent-training-unusable", "/examples"],
    ["no word", file("mute.csv", `${HEAD}a,b\n...,c\n`), "intent-training-unusable", "/examples/1"],
  ])("%s", async (_remark, csv, fault, place) => {
    const { code, out, err } = await learn(csv, "--out", file("never.bin"));
    expect(code).toBe(2);
    expect(out + err).toContain(fault);
    expect(out + err).toContain(place);
    expect(fs.existsSync(file("never.bin"))).toBe(false);
  });

  test("a probability that is none", async () => {
    const { code, out } = await learn(CSV, "--out", file("never.bin"), "--probability-min", "2");
    expect([code, out.includes("/probabilityMin")]).toEqual([2, true]);
  });

  test("no place to write to", async () => {
    const { code, out } = await learn(CSV, "--out", path.join(folder, "nowhere", "m.bin"));
    expect([code, out.includes("file-unwritable")]).toEqual([2, true]);
  });

  test.each([
    ["no model", file("none.bin"), "file-unreadable"],
    ["something else", CSV, "intent-model-unreadable"],
  ])("decide with %s", async (_remark, model, fault) => {
    const args = ["decide", "routing", REQUEST, "--intents", model, "--json"];
    const { code, out } = await runHere(args);
    expect([code, out.includes(fault)]).toEqual([2, true]);
  });
});
