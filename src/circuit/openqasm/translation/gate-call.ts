/**
 * Translation of gate calls: names looked up, parameters and modifiers translated, registers
 * broadcast. A call whose every part is fixed is expanded during translation, once for all runs.
 */
import { counted, unreachable } from "#foundation";
import type { UnitaryOperation } from "../../circuit.ts";
import type { Evaluate, Memory } from "../../machine/code.ts";
import {
  type AppliedModifier,
  expandedCall,
  type GateDefinition,
  type ModifiedCall,
} from "../gate-expansion.ts";
import { type Position, Rejection } from "../source.ts";
import type { Expression, GateCall, Modifier } from "../syntax.ts";
import { asAngleNumber } from "../values/conversion.ts";
import type { NumberList } from "../values/number-list.ts";
import { folded, type Typed, trap } from "../values/typed.ts";
import { asNumber } from "../values/value-type.ts";
import { constantInteger } from "./constant.ts";
import { resolvePlace } from "./place.ts";
import { callSubroutine } from "./subroutine-call.ts";
import { silently, type Translator } from "./translator.ts";

/** A gate call without its qubits. */
export interface TranslatedCall {
  readonly call: Evaluate<ModifiedCall>;
  /** The call, if the program fixes it. */
  readonly fixed: ModifiedCall | undefined;
  readonly qubitCount: number;
}

/** Emits a gate call, or the call of a subroutine that is given its qubits like a gate. */
export function translateGateStatement(t: Translator, statement: GateCall): void {
  const { at, name, modifiers, callArguments, operands } = statement;
  const meaning = t.scopes.find(name);
  if (meaning?.kind === "subroutine") {
    if (modifiers.length > 0)
      throw new Rejection(at, `expected a gate, got the subroutine ${name}`);
    callSubroutine(t, at, meaning.subroutine, [...callArguments, ...operands]);
    return;
  }
  // Operands first: they are worth a complaint of their own where the gate has had one.
  const lists = operands.map((operand) => qubitList(t, operand));
  const translated = translateCall(t, statement);
  emitBroadcast(t, at, translated, lists);
}

/** The gate, parameters and modifiers of a call. */
export function translateCall(t: Translator, statement: GateCall): TranslatedCall {
  const { at, name } = statement;
  const definition = calledDefinition(t, statement);
  const parameters = statement.callArguments.map((argument) => asAngleNumber(t.value(argument)));
  const wanted = counted(definition.parameterCount, "parameter");
  if (parameters.length !== definition.parameterCount) {
    throw new Rejection(at, `expected ${wanted} of ${name}, got ${parameters.length}`);
  }
  const modifiers = statement.modifiers.map((modifier) => translateModifier(t, modifier));
  const parts = [...parameters, ...modifiers.flatMap((modifier) => modifier.parts)];
  const call = (memory: Memory): ModifiedCall => ({
    at,
    definition,
    angles: parameters.map((parameter) => finite(parameter, memory)),
    modifiers: modifiers.map((modifier) => modifier.evaluate(memory)),
  });
  const isFixed = parts.every((part) => part.constant !== undefined);
  const qubitCount = modifiers.reduce(
    (count, { controls }) => count + controls,
    definition.qubitCount,
  );
  return { call, fixed: isFixed ? folded(() => call([])) : undefined, qubitCount };
}

/** The qubits an operand names. */
export function qubitList(t: Translator, operand: Expression): NumberList {
  const place = resolvePlace(t, operand);
  if (place?.kind !== "qubits") throw new Rejection(operand.at, "expected qubits");
  return place.list;
}

/** What a call calls; of a gate with a `defcal`, nothing is known but its name. */
function calledDefinition(t: Translator, statement: GateCall): GateDefinition {
  const { at, name, callArguments, operands, modifiers } = statement;
  if (!t.calibrated.has(name)) return gateNamed(t, at, name);
  const body = { kind: "opaque", what: "calibrated" } as const;
  if (t.scopes.find(name) !== undefined || modifiers.length > 0) {
    return { ...gateNamed(t, at, name), body };
  }
  const [parameterCount, qubitCount] = [callArguments.length, operands.length];
  return { name, parameterCount, qubitCount, body, depth: 1 };
}

function gateNamed(t: Translator, at: Position, name: string): GateDefinition {
  const meaning = t.scopes.find(name);
  if (meaning?.kind === "broken") throw silently(at);
  if (meaning?.kind === "gate") return meaning.definition;
  const library = t.version === 2 ? "qelib1.inc" : "stdgates.inc";
  throw new Rejection(
    at,
    meaning === undefined
      ? `expected a gate that is declared, got ${name}; is include "${library}"; missing?`
      : `expected a gate, got the ${meaning.kind} ${name}`,
  );
}

interface TranslatedModifier {
  readonly parts: readonly Typed[];
  readonly controls: number;
  readonly evaluate: Evaluate<AppliedModifier>;
}

function translateModifier(t: Translator, modifier: Modifier): TranslatedModifier {
  switch (modifier.kind) {
    case "inv":
      return { parts: [], controls: 0, evaluate: () => ({ kind: "pow", exponent: -1 }) };
    case "pow": {
      const exponent = asAngleNumber(t.value(modifier.exponent));
      return {
        parts: [exponent],
        controls: 0,
        evaluate: (memory) => ({ kind: "pow", exponent: finite(exponent, memory) }),
      };
    }
    case "ctrl":
    case "negctrl": {
      const count =
        modifier.count === undefined
          ? 1
          : constantInteger(t, modifier.count, "a number of controls");
      if (count < 1 || count > 1000) {
        throw new Rejection(modifier.at, `expected from 1 to 1000 controls, got ${count}`);
      }
      const value = modifier.kind === "ctrl" ? 1 : 0;
      return { parts: [], controls: count, evaluate: () => ({ kind: "ctrl", count, value }) };
    }
    default:
      return unreachable(modifier);
  }
}

function finite(value: Typed, memory: Memory): number {
  const number = asNumber(value.evaluate(memory));
  if (!Number.isFinite(number)) trap(value.at, `expected a finite number, got ${number}`);
  return number;
}

function emitBroadcast(
  t: Translator,
  at: Position,
  translated: TranslatedCall,
  lists: readonly NumberList[],
): void {
  const { call, fixed, qubitCount } = translated;
  if (lists.length !== qubitCount) {
    throw new Rejection(at, `expected ${counted(qubitCount, "operand")}, got ${lists.length}`);
  }
  const widths = new Set(lists.filter((list) => !list.isSingle).map((list) => list.size));
  widths.delete(undefined);
  if (widths.size > 1) {
    throw new Rejection(at, `expected registers of equal size, got ${[...widths].join(" and ")}`);
  }
  const isFixed = fixed !== undefined && lists.every((list) => list.fixed !== undefined);
  if (isFixed && fixed.definition.body.kind !== "opaque") {
    const operations = folded(() => broadcast(at, fixed, lists, []));
    t.emit({ kind: "apply", operations: () => operations });
    return;
  }
  t.emit({
    kind: "apply",
    operations: (memory) => broadcast(at, call(memory), lists, memory),
  });
}

/**
 * The operations of `call` on each row of operands: registers side by side, single qubits in every
 * row.
 */
function broadcast(
  at: Position,
  call: ModifiedCall,
  lists: readonly NumberList[],
  memory: Memory,
): readonly UnitaryOperation[] {
  const operands = lists.map((list) => list.evaluate(memory));
  const registers = operands.filter((_, index) => !lists[index].isSingle);
  const rows = registers.length === 0 ? 1 : registers[0].length;
  const uneven = registers.find((register) => register.length !== rows);
  if (uneven !== undefined) {
    trap(at, `expected registers of equal size, got ${rows} and ${uneven.length}`);
  }
  return Array.from({ length: rows }, (_, row) => {
    const qubits = operands.map((operand, index) => operand[lists[index].isSingle ? 0 : row]);
    if (new Set(qubits).size !== qubits.length) trap(at, "expected each qubit once, got one twice");
    return expandedCall(call, qubits);
  }).flat();
}
