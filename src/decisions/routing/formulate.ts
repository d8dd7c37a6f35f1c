/**
 * From a question to a problem: one binary variable per option, then one tally per place that needs
 * one; a row per contact, then those of places. Without effects of pairs it is a network flow; with
 * them it is quadratic.
 */
import { COMPARISON, ProblemAssembly, type QuadraticProblem, VARTYPE } from "#problem";
import { linearProblem } from "./linear-problem.ts";
import { type Options, optionsOf } from "./options.ts";
import { addPairTerms } from "./pair-terms.ts";
import { placeRows } from "./place-rows.ts";
import type { RoutingEffects, RoutingQuestion } from "./question.ts";

/** The problem of `question`. */
export function formulate(question: RoutingQuestion): QuadraticProblem {
  const options = optionsOf(question);
  const { effects } = question;
  return effects === undefined
    ? linearProblem(question, options, placeRows(question, options))
    : quadraticProblem(question, options, effects);
}

/** The problem with effects of pairs, put together term by term. */
function quadraticProblem(
  question: RoutingQuestion,
  options: Options,
  effects: RoutingEffects,
): QuadraticProblem {
  const { placeOf } = options;
  const assembly = new ProblemAssembly("maximise");
  assembly.addVariables(placeOf.length);
  addObjective(assembly, options);
  addPairTerms(assembly, question, options, effects);
  for (const { id } of question.contacts) addAtMost(assembly, `contact:${id}`, 1);
  for (let contact = 0; contact < question.contacts.length; contact += 1) {
    for (let at = options.starts[contact]; at < options.starts[contact + 1]; at += 1) {
      assembly.addRowLinear(contact, at, 1);
    }
  }
  addPlaceRows(assembly, question, options);
  return assembly.finish();
}

/** A contact in a place is worth what the place adds to being left alone. */
function addObjective(assembly: ProblemAssembly, options: Options): void {
  const { starts, worths, aloneWorths } = options;
  for (const [contact, alone] of aloneWorths.entries()) {
    assembly.addOffset(alone);
    for (let at = starts[contact]; at < starts[contact + 1]; at += 1) {
      assembly.addLinear(at, worths[at] - alone);
    }
  }
}

function addPlaceRows(
  assembly: ProblemAssembly,
  question: RoutingQuestion,
  options: Options,
): void {
  const { rows, rowOf, tallyOf, tallyRowOf, tallyMaxima } = placeRows(question, options);
  const base = assembly.rowCount;
  const counted = options.places.flatMap((_, place) => (tallyOf[place] >= 0 ? [place] : []));
  const exact = new Set(counted.map((place) => rowOf[place]));
  for (const [row, { label, most }] of rows.entries()) {
    if (exact.has(row)) assembly.addRow({ label, comparison: COMPARISON.equal, rightSide: 0 });
    else addAtMost(assembly, label, most);
  }
  for (const [option, place] of options.placeOf.entries()) {
    assembly.addRowLinear(base + rowOf[place], option, 1);
  }
  const first = assembly.variableCount;
  for (const tallyMax of tallyMaxima) {
    assembly.restrict(assembly.addVariable(), VARTYPE.integer, 0, tallyMax);
  }
  for (const place of counted) {
    assembly.addRowLinear(base + rowOf[place], first + tallyOf[place], -1);
    assembly.addRowLinear(base + tallyRowOf[place], first + tallyOf[place], 1);
  }
}

function addAtMost(assembly: ProblemAssembly, label: string, rightSide: number): void {
  assembly.addRow({ label, comparison: COMPARISON.atMost, rightSide });
}
