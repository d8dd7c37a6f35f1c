/**
 * Translation of statements: the one place that knows all of them.
 */
import { unreachable } from "#foundation";
import type { Position } from "../source.ts";
import { Rejection } from "../source.ts";
import type { RightSide, Statement } from "../syntax.ts";
import { fixedList, joinedLists } from "../values/number-list.ts";
import { assign, assignTo, measureInto } from "./assignment.ts";
import {
  translateFor,
  translateIf,
  translateJump,
  translateSwitch,
  translateWhile,
} from "./control.ts";
import { translateAlias, translateDeclaration } from "./declaration.ts";
import { refuseTiming } from "./expression.ts";
import { qubitList, translateGateStatement } from "./gate-call.ts";
import { translateGateDefinition } from "./gate-statement.ts";
import { translateInclude } from "./include.ts";
import { resolvePlace } from "./place.ts";
import { rightSide } from "./right-side.ts";
import { placeOfResult, translateSubroutine } from "./subroutine.ts";
import { callSubroutine } from "./subroutine-call.ts";
import type { Translator } from "./translator.ts";
import { scalarType } from "./type-syntax.ts";

/** Emits the code of one statement. */
export function translateStatement(t: Translator, statement: Statement): void {
  const { at } = statement;
  switch (statement.kind) {
    case "include":
      translateInclude(t, at, statement.path);
      break;
    case "declare":
      translateDeclaration(t, statement);
      break;
    case "alias":
      translateAlias(t, statement);
      break;
    case "gate-definition":
      translateGateDefinition(t, statement);
      break;
    case "subroutine":
      translateSubroutine(t, statement);
      break;
    case "extern":
      translateExtern(t, statement);
      break;
    case "gate-call":
      translateGateStatement(t, statement);
      break;
    case "assign":
      assign(t, statement.target, statement.operator, statement.value);
      break;
    case "measure-statement":
      translateMeasure(t, statement);
      break;
    case "reset":
    case "barrier":
      translateOnQubits(t, statement);
      break;
    case "expression":
      translateExpression(t, statement);
      break;
    case "block":
      t.scopes.within(false, () => t.statements(statement.body));
      break;
    case "if":
    case "for":
    case "while":
    case "switch":
      translateControl(t, statement);
      break;
    case "return":
      translateReturn(t, at, statement.value);
      break;
    case "break":
    case "continue":
      translateJump(t, at, statement.kind);
      break;
    case "end":
      t.emit({ kind: "halt" });
      break;
    case "timing":
      refuseTiming(t, at, statement.what);
      break;
    case "calibration":
      t.calibrated.add(statement.target);
      break;
    case "nop":
    case "pragma":
      break;
    default:
      unreachable(statement);
  }
}

function translateControl(
  t: Translator,
  statement: Extract<Statement, { kind: "if" | "for" | "while" | "switch" }>,
): void {
  switch (statement.kind) {
    case "if":
      translateIf(t, statement);
      break;
    case "for":
      translateFor(t, statement);
      break;
    case "while":
      translateWhile(t, statement);
      break;
    case "switch":
      translateSwitch(t, statement);
      break;
    default:
      unreachable(statement);
  }
}

function translateMeasure(
  t: Translator,
  { at, target, operand }: Extract<Statement, { kind: "measure-statement" }>,
): void {
  measureInto(t, at, operand, target && resolvePlace(t, target));
}

function translateOnQubits(
  t: Translator,
  statement: Extract<Statement, { kind: "reset" | "barrier" }>,
): void {
  if (statement.kind === "reset") {
    if (t.calibrated.has("reset")) refuseTiming(t, statement.at, "a calibrated reset");
    t.emit({ kind: "reset", qubits: qubitList(t, statement.operand).evaluate });
    return;
  }
  const everything = () =>
    fixedList(
      Array.from({ length: t.qubitCount }, (_, qubit) => qubit),
      false,
    );
  const lists = statement.operands.map((operand) => qubitList(t, operand));
  const list = lists.length === 0 ? everything() : joinedLists(lists);
  t.emit({ kind: "barrier", qubits: list.evaluate });
}

/** Declares a function that is nowhere: it can be called in text, but not in a run. */
function translateExtern(t: Translator, statement: Extract<Statement, { kind: "extern" }>): void {
  const { at, name, result } = statement;
  const type = result === undefined ? undefined : scalarType(t, result);
  t.scopes.declare(at, name, { kind: "extern", result: type === "timing" ? undefined : type });
}

/** A bare expression: only a call of a subroutine does anything. */
function translateExpression(
  t: Translator,
  statement: Extract<Statement, { kind: "expression" }>,
): void {
  const { value } = statement;
  const meaning = value.kind === "call" ? t.scopes.find(value.name) : undefined;
  if (value.kind === "call" && meaning?.kind === "subroutine") {
    callSubroutine(t, value.at, meaning.subroutine, value.callArguments);
    return;
  }
  if (value.kind === "name" || value.kind === "index") rightSide(t, value);
  else t.value(value);
}

function translateReturn(t: Translator, at: Position, value: RightSide | undefined): void {
  const { subroutine } = t;
  if (subroutine === undefined) throw new Rejection(at, "expected return in a subroutine alone");
  const { result, name } = subroutine;
  if ((result === undefined) !== (value === undefined)) {
    const wanted = result === undefined ? "no value" : "a value";
    throw new Rejection(at, `expected ${wanted} to be returned from ${name}`);
  }
  if (result !== undefined && value !== undefined) {
    assignTo(t, at, placeOfResult(result), undefined, value);
  }
  t.emit({ kind: "return" });
}
