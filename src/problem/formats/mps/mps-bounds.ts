/**
 * The BOUNDS section of MPS: type, set (which may be left out), column, and a number where the type
 * has one.
 */
import type { DeclaredVariables } from "../declared-variables.ts";
import type { Scanner } from "../scanner.ts";
import { type Field, numberOf } from "./mps-lines.ts";

/** What a line of BOUNDS changes. */
export interface BoundTarget {
  readonly scanner: Scanner;
  readonly variables: DeclaredVariables;
  readonly sets: Map<string, string>;
}

const WITH_NUMBER = new Set(["LO", "UP", "FX", "LI", "UI"]);
const WITHOUT_NUMBER = new Set(["FR", "MI", "PL", "BV"]);

/** Takes one line of BOUNDS. */
export function takeBound(target: BoundTarget, fields: readonly Field[]): void {
  const { scanner, variables } = target;
  const [type] = fields;
  const hasNumber = WITH_NUMBER.has(type.text);
  if (!hasNumber && !WITHOUT_NUMBER.has(type.text)) {
    scanner.refuse(`bound: expected LO, UP, FX, LI, UI, FR, MI, PL or BV, got ${type.text}`);
  }
  const countWithSet = hasNumber ? 4 : 3;
  const hasSet = fields.length >= countWithSet;
  if (fields.length < countWithSet - 1 || fields.length > 4) {
    scanner.flaw(`bound ${type.text}: expected ${countWithSet} fields`, type.position);
    return;
  }
  if (hasSet) checkSet(target, fields[1]);
  const column = fields[hasSet ? 2 : 1];
  const index = variables.find(column.text);
  if (index === undefined) {
    scanner.flaw(`bound: expected one of COLUMNS, got ${column.text}`, column.position);
    return;
  }
  const value = hasNumber ? numberOf(scanner, fields[hasSet ? 3 : 2], "bound") : 0;
  apply(variables, type.text, index, value);
}

function apply(variables: DeclaredVariables, type: string, index: number, value: number): void {
  if (type === "BV") variables.declare(index, "binary");
  if (type === "LI" || type === "UI") variables.declare(index, "integer");
  if (type === "LO" || type === "LI" || type === "FX") variables.boundBelow(index, value);
  if (type === "UP" || type === "UI" || type === "FX") variables.boundAbove(index, value);
  if (type === "MI" || type === "FR") variables.boundBelow(index, Number.NEGATIVE_INFINITY);
  if (type === "PL" || type === "FR") variables.boundAbove(index, Number.POSITIVE_INFINITY);
}

function checkSet({ sets, scanner }: BoundTarget, { text, position }: Field): void {
  const inUse = sets.get("BOUNDS") ?? text;
  sets.set("BOUNDS", inUse);
  if (inUse !== text) {
    scanner.flaw(`BOUNDS: expected one set, ${inUse}, got another, ${text}`, position);
  }
}
