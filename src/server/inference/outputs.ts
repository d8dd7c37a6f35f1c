/**
 * The outputs of a model: the reply itself, and beside it flat tensors so that generic clients get
 * numbers without reading JSON. One record per output, from which metadata and replies are made.
 */
import { z } from "zod";
import type { DecisionReply } from "#pipeline";
import type { ListedType } from "../front-desk.ts";
import { invalid } from "./read-inference.ts";
import type { Tensor } from "./tensor.ts";

type Datatype = Tensor["datatype"];

/** One output: its name and type, and its tensor for the replies to one request. */
export interface OutputRow {
  readonly name: string;
  readonly datatype: Datatype;
  /** As metadata gives it: -1 for what varies. */
  readonly shape: readonly number[];
  tensor(replies: readonly DecisionReply[], shape: readonly number[]): Tensor;
}

/** Stands for "nothing known": what no bound exceeds, and finite, as JSON has nothing else. */
const NO_BOUND = Number.MAX_VALUE;

const ROWS: readonly OutputRow[] = Object.freeze([
  texts("decision", (reply) => JSON.stringify(reply)),
  texts("decision_id", ({ decisionId }) => decisionId),
  texts("policy", ({ policy }) => policy),
  texts("rung", ({ quality }) => quality.rung),
  texts("status", ({ quality }) => quality.status),
  numbers("objective", ({ quality }) => quality.objective),
  numbers("bound", ({ quality }) => quality.bound ?? NO_BOUND),
  flags("bound_known", ({ quality }) => quality.bound !== null),
  // With no bound known, the gap to the greatest number there is.
  numbers("gap", ({ quality }) => quality.gap ?? 1),
  flags("deadline_met", ({ timing }) => timing.totalMs <= timing.deadlineMs),
  numbers("deadline_ms", ({ timing }) => timing.deadlineMs),
  numbers("total_ms", ({ timing }) => timing.totalMs),
]);

/** Of types whose answer lists items by id. */
const ITEM_ROWS: readonly OutputRow[] = Object.freeze([
  {
    name: "item_ids",
    datatype: "BYTES",
    shape: [-1, -1],
    tensor: (replies) => {
      const lists = replies.map(({ answer }) => itemIds(answer));
      const width = Math.max(0, ...lists.map((ids) => ids.length));
      const values = lists.flatMap((ids) => [
        ...ids,
        ...Array.from({ length: width - ids.length }, () => ""),
      ]);
      return { name: "item_ids", datatype: "BYTES", shape: [lists.length, width], values };
    },
  },
  {
    name: "item_count",
    datatype: "INT64",
    shape: [-1],
    tensor: (replies, shape) => {
      const values = replies.map(({ answer }) => itemIds(answer).length);
      return { name: "item_count", datatype: "INT64", shape, values };
    },
  },
]);

/** The outputs of a decision type. */
export function outputRows(type: ListedType): readonly OutputRow[] {
  const [reply, ...others] = ROWS;
  if (reply === undefined || !listsItems(type)) return ROWS;
  return [reply, ...ITEM_ROWS, ...others];
}

/** The outputs asked for, in the order asked for. @throws Fault for those there are not. */
export function chosenRows(
  type: ListedType,
  names: readonly string[] | undefined,
): readonly OutputRow[] {
  const rows = outputRows(type);
  if (names === undefined) return rows;
  return names.map((name, index) => {
    const row = rows.find((one) => one.name === name);
    const place = `/outputs/${index}/name`;
    if (row === undefined) {
      const known = rows.map((one) => one.name).join(", ");
      throw invalid(place, `expected one of ${known}, got ${JSON.stringify(name.slice(0, 40))}`);
    }
    if (names.indexOf(name) < index)
      throw invalid(place, "expected each output once, got it again");
    return row;
  });
}

const itemList = z.object({ items: z.array(z.object({ id: z.string() })) });

function itemIds(answer: DecisionReply["answer"]): readonly string[] {
  const listed = itemList.safeParse(answer);
  return listed.success ? listed.data.items.map(({ id }) => id) : [];
}

/** Whether an answer of this type has `items`, each with an `id`. */
function listsItems({ answerSchema }: ListedType): boolean {
  const items = z.object({ properties: z.object({ items: z.object({ items: z.json() }) }) });
  const item = z.object({ properties: z.object({ id: z.object({ type: z.literal("string") }) }) });
  const schema = items.safeParse(z.toJSONSchema(answerSchema, { unrepresentable: "any" }));
  return schema.success && item.safeParse(schema.data.properties.items.items).success;
}

function texts(name: string, read: (reply: DecisionReply) => string): OutputRow {
  const tensor: OutputRow["tensor"] = (replies, shape) => {
    return { name, datatype: "BYTES", shape, values: replies.map(read) };
  };
  return { name, datatype: "BYTES", shape: [-1], tensor };
}

function numbers(name: string, read: (reply: DecisionReply) => number): OutputRow {
  const tensor: OutputRow["tensor"] = (replies, shape) => {
    return { name, datatype: "FP64", shape, values: replies.map(read) };
  };
  return { name, datatype: "FP64", shape: [-1], tensor };
}

function flags(name: string, read: (reply: DecisionReply) => boolean): OutputRow {
  const tensor: OutputRow["tensor"] = (replies, shape) => {
    return { name, datatype: "BOOL", shape, values: replies.map(read) };
  };
  return { name, datatype: "BOOL", shape: [-1], tensor };
}
