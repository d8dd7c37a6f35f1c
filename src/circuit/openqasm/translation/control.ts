/**
 * Translation of control flow to branches and jumps.
 */
import type { Cell } from "../../machine/code.ts";
import type { Result } from "../meaning/subroutine-shape.ts";
import { type Position, Rejection } from "../source.ts";
import type { Statement } from "../syntax.ts";
import { asCondition, implicitly, stored } from "../values/conversion.ts";
import { fixedList } from "../values/number-list.ts";
import { binary } from "../values/operators.ts";
import { constantOf, type Typed } from "../values/typed.ts";
import { asBoolean, type Scalar, typeText, type ValueType, zeroOf } from "../values/value-type.ts";
import { constantInteger } from "./constant.ts";
import { scalarIn, valueOfBits } from "./place.ts";
import { isInside, rangeBounds } from "./range-values.ts";
import { rightSide } from "./right-side.ts";
import { allocateValue, placeOfResult } from "./subroutine.ts";
import type { Translator } from "./translator.ts";
import { scalarType } from "./type-syntax.ts";

type ForStatement = Extract<Statement, { kind: "for" }>;

/** `if` and `else`. */
export function translateIf(t: Translator, statement: Extract<Statement, { kind: "if" }>): void {
  const condition = asCondition(t.value(statement.condition));
  choose(
    t,
    condition,
    () => t.statements(statement.whenTrue),
    () => t.statements(statement.whenFalse),
  );
}

/** `while`. */
export function translateWhile(
  t: Translator,
  statement: Extract<Statement, { kind: "while" }>,
): void {
  const head = t.place;
  const condition = asCondition(t.value(statement.condition));
  loop(t, head, condition, () => t.statements(statement.body));
}

/** `switch`: the first case that lists the value, or else the default. */
export function translateSwitch(
  t: Translator,
  statement: Extract<Statement, { kind: "switch" }>,
): void {
  const { at, cases, fallback } = statement;
  const subject = t.value(statement.subject);
  if (subject.type.kind !== "int" && subject.type.kind !== "uint") {
    throw new Rejection(at, `expected an integer to switch on, got ${typeText(subject.type)}`);
  }
  const seen = new Set<number>();
  const labels = cases.map((entry) =>
    entry.values.map((value) => {
      const label = constantInteger(t, value, "a label");
      if (seen.has(label))
        throw new Rejection(value.at, `expected different labels, got ${label} twice`);
      seen.add(label);
      return label;
    }),
  );
  const translateFrom = (index: number): void => {
    if (index === cases.length) {
      t.statements(fallback ?? []);
      return;
    }
    const condition = isOneOf(cases[index].at, subject, labels[index]);
    choose(
      t,
      condition,
      () => t.statements(cases[index].body),
      () => translateFrom(index + 1),
    );
  };
  translateFrom(0);
}

/** `for` over a range, a set, a register or an array. */
export function translateFor(t: Translator, statement: ForStatement): void {
  const { at, values } = statement;
  const type = scalarType(t, statement.type);
  if (type === "timing") throw new Rejection(at, "expected a loop variable that is no duration");
  if (values.kind === "range") {
    forRange(t, statement, type);
    return;
  }
  const items =
    values.kind === "set"
      ? setItems(
          t,
          at,
          values.values.map((value) => t.value(value)),
          type,
        )
      : listItems(t, statement, type);
  forItems(t, statement, type, items);
}

/** `break` and `continue`: a jump that is completed with the loop. */
export function translateJump(t: Translator, at: Position, kind: "break" | "continue"): void {
  const jumps = t.loops.at(-1);
  if (jumps === undefined) throw new Rejection(at, `expected ${kind} in a loop alone`);
  (kind === "break" ? jumps.breaks : jumps.continues).push(t.reserve());
}

function choose(
  t: Translator,
  condition: Typed,
  whenTrue: () => void,
  whenFalse: () => void,
): void {
  const branch = t.reserve();
  const from = t.initialCells.length;
  t.block(whenTrue);
  const skip = t.reserve();
  const otherwise = t.place;
  t.block(whenFalse);
  const join = t.place;
  t.instructions[skip] = { kind: "jump", to: join };
  t.instructions[branch] = {
    kind: "branch",
    condition: (memory) => asBoolean(condition.evaluate(memory)),
    otherwise,
    structure: {
      form: "if",
      join,
      condition: condition.condition,
      locals: { from, to: t.initialCells.length },
    },
  };
}

/**
 * A loop whose condition is evaluated from `head` on; `advance` runs before it is evaluated again.
 */
function loop(
  t: Translator,
  head: number,
  condition: Pick<Typed, "evaluate" | "condition">,
  body: () => void,
  advance: () => void = () => {},
): void {
  const branch = t.reserve();
  const from = t.initialCells.length;
  const jumps = { breaks: [], continues: [] };
  t.loops.push(jumps);
  t.block(body);
  t.loops.pop();
  const next = t.place;
  advance();
  t.emit({ kind: "jump", to: head });
  const exit = t.place;
  t.instructions[branch] = {
    kind: "branch",
    condition: (memory) => asBoolean(condition.evaluate(memory)),
    otherwise: exit,
    structure: {
      form: "while",
      join: head,
      condition: condition.condition,
      locals: { from, to: t.initialCells.length },
    },
  };
  for (const place of jumps.breaks) t.instructions[place] = { kind: "jump", to: exit };
  for (const place of jumps.continues) t.instructions[place] = { kind: "jump", to: next };
}

function isOneOf(at: Position, subject: Typed, labels: readonly number[]): Typed {
  return labels
    .map((label) => {
      const literal = constantOf(at, { kind: "int", width: undefined }, BigInt(label));
      return binary(at, "==", subject, literal);
    })
    .reduce((either, equal) => binary(at, "||", either, equal));
}

function forRange(t: Translator, statement: ForStatement, type: ValueType): void {
  const { at, values } = statement;
  if (values.kind !== "range") return;
  const bounds = rangeBounds(t, values);
  const cells = t.allocate(at, 3, 0n);
  const [next, step, stop] = [cells, cells + 1, cells + 2];
  const whole = (cell: Cell) => (typeof cell === "bigint" ? cell : 0n);
  t.store((memory) => {
    const range = bounds(memory);
    memory[next] = range.start;
    memory[step] = range.step;
    memory[stop] = range.stop;
  });
  const current: Typed = {
    at,
    type: { kind: "int", width: undefined },
    constant: undefined,
    evaluate: (memory) => whole(memory[next]),
  };
  const goesOn = (memory: readonly Cell[]) =>
    isInside(whole(memory[next]), whole(memory[step]), whole(memory[stop]));
  const body = () => iterate(t, statement, type, implicitly(current, type));
  loop(t, t.place, { evaluate: goesOn }, body, () => {
    t.store((memory) => {
      memory[next] = whole(memory[next]) + whole(memory[step]);
    });
  });
}

/** Items of a loop: how many there are, and the one at a place. */
interface Items {
  readonly count: (memory: Cell[]) => number;
  readonly at: (memory: Cell[], index: number) => Scalar;
}

/** The values of a set as they are when the loop begins. */
function setItems(t: Translator, at: Position, values: readonly Typed[], type: ValueType): Items {
  const items = values.map((value) => stored(value, type));
  const first = t.allocate(at, items.length, zeroOf(type));
  t.store((memory) => {
    const now = items.map((item) => item.evaluate(memory));
    for (const [index, value] of now.entries()) memory[first + index] = value;
  });
  return { count: () => items.length, at: (memory, index) => scalarIn(memory, first + index) };
}

function listItems(t: Translator, statement: ForStatement, type: ValueType): Items {
  const { values } = statement;
  if (values.kind !== "single") throw new Rejection(values.at, "expected values to loop over");
  const right = rightSide(t, values.value);
  if (right.kind === "bits" && type.kind === "bit") {
    const { list } = right;
    return {
      count: (memory) => list.evaluate(memory).length,
      at: (memory, index) =>
        asBoolean(
          valueOfBits(values.at, fixedList([list.evaluate(memory)[index]], true)).evaluate(memory),
        ),
    };
  }
  if (right.kind === "array" && right.rank === 1 && right.element.kind === type.kind) {
    const { read } = right;
    const item = (memory: Cell[], index: number): Scalar => {
      const value = read(memory).values[index];
      return typeof value === "object" && !("re" in value) ? 0 : value;
    };
    return { count: (memory) => read(memory).values.length, at: item };
  }
  throw new Rejection(values.at, `expected a range, a set, or a list of ${typeText(type)}`);
}

function forItems(t: Translator, statement: ForStatement, type: ValueType, items: Items): void {
  const { at } = statement;
  const counter = t.allocate(at, 1, 0);
  const index = (memory: readonly Cell[]) => Number(memory[counter]);
  t.store((memory) => {
    memory[counter] = 0;
  });
  const current: Typed = {
    at,
    type,
    constant: undefined,
    evaluate: (memory) => items.at(memory, index(memory)),
  };
  const goesOn = (memory: Cell[]) => index(memory) < items.count(memory);
  const body = () => iterate(t, statement, type, current);
  loop(t, t.place, { evaluate: goesOn }, body, () => {
    t.store((memory) => {
      memory[counter] = index(memory) + 1;
    });
  });
}

/** One round of a loop: its variable gets `current`, then the body runs. */
function iterate(t: Translator, statement: ForStatement, type: ValueType, current: Typed): void {
  const { at, name, body } = statement;
  const held: Result = allocateValue(t, at, type);
  const place = placeOfResult(held);
  if (place.kind === "scalar") t.store((memory) => place.write?.(memory, current.evaluate(memory)));
  else if (place.kind === "bits") {
    const [cell] = place.list.fixed ?? [];
    t.store((memory) => {
      memory[cell] = current.evaluate(memory) === true ? 1 : 0;
    });
  }
  if (held.kind === "bits")
    t.scopes.declare(at, name, { kind: "bits", list: held.list, mutable: true });
  else t.scopes.declare(at, name, { kind: "variable", type, cell: held.cell, constant: undefined });
  t.statements(body);
}
