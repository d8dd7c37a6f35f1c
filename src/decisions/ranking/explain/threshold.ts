/**
 * From which value on an item left out is worth a place: it takes the place of one chosen item and
 * goes to any position, the others keeping their order; or, where hard rules forbid all of that, a
 * whole answer is built around it.
 */
import { HARD, type OrderedSelection, verify } from "#problem";
import { ruleOf } from "../rule.ts";
import { shareGroup } from "../rule-ledger.ts";
import { crowdGain, type Exchanges, visitCounts } from "./exchanges.ts";

/**
 * Up to this many positions every new position is tried; above it, only that of the item replaced.
 */
const REORDERED_MAX = 20;

/** Answers are built around an item at this many places at most, and only of so many choices. */
const REBUILT_PLACES_MAX = 3;
const REBUILT_CHOICES_MAX = 5_000;

/**
 * How much more `incoming` would have to be worth (at a position of weight 1) for the best such
 * change to break even: the least of loss / weight. Negative if a change pays already; `undefined`
 * when hard rules forbid every change that was looked at.
 */
export function valueLacking(exchanges: Exchanges, incoming: number): number | undefined {
  return lackingByExchange(exchanges, incoming) ?? lackingByRebuilding(exchanges, incoming);
}

/**
 * The same for an answer that the type's own rule builds with `incoming` pinned to a place: several
 * others may have to go where it touches more than one limit.
 */
function lackingByRebuilding(exchanges: Exchanges, incoming: number): number | undefined {
  const { problem, order } = exchanges;
  if (problem.itemCount * order.length > REBUILT_CHOICES_MAX) return undefined;
  if (isBarred(exchanges, incoming)) return undefined;
  let tried = 0;
  for (let position = 0; position < order.length && tried < REBUILT_PLACES_MAX; position += 1) {
    const weight = problem.positionWeights[position];
    const isKept = problem.pins.some((pin) => pin.position === position && pin.penalty === HARD);
    if (isKept || weight === 0) continue;
    tried += 1;
    const pin = { rule: "", item: incoming, position, penalty: HARD };
    const rebuilt = ruleOf({ ...problem, pins: [...problem.pins, pin] });
    if (rebuilt?.values.length !== order.length) continue;
    const before = verify(problem, { values: Int32Array.from(order) }).objective;
    return (before - verify(problem, rebuilt).objective) / weight;
  }
  return undefined;
}

/** Whether a hard rule lets nothing of the item's kind in, ever: exclusion is one. */
function isBarred({ problem, ledger }: Exchanges, item: number): boolean {
  for (let entry = ledger.offsets[item]; entry < ledger.offsets[item + 1]; entry += 1) {
    const { bound, count, penalty } = problem.counts[ledger.rules[entry]];
    if (bound === "at-most" && count === 0 && penalty === HARD) return true;
  }
  return false;
}

function lackingByExchange(exchanges: Exchanges, incoming: number): number | undefined {
  const { problem, order } = exchanges;
  const before = orderWorth(problem, order);
  const reach = order.length <= REORDERED_MAX ? order.length : 0;
  // One list for all orders looked at: the others close up, and make room at the new place.
  const changed = order.slice();
  let least: number | undefined;
  for (let leaving = 0; leaving < order.length; leaving += 1) {
    const chosenGain = selectionGain(exchanges, leaving, incoming);
    if (chosenGain === Number.NEGATIVE_INFINITY) continue;
    const first = Math.max(0, leaving - reach);
    const last = Math.min(order.length - 1, leaving + reach);
    for (let at = 0; at < order.length; at += 1) {
      changed[at] = at === first ? incoming : order[at - Number(at > first) + Number(at > leaving)];
    }
    for (let place = first; place <= last; place += 1) {
      if (place > first) {
        changed[place - 1] = changed[place];
        changed[place] = incoming;
      }
      const gain = orderWorth(problem, changed) - before + chosenGain;
      const lacking = -gain / problem.positionWeights[place];
      if (lacking < (least ?? Number.POSITIVE_INFINITY)) least = lacking;
    }
  }
  return least;
}

/**
 * What depends on the set alone: similarity and counts. -Infinity where a hard count forbids the
 * exchange.
 */
function selectionGain(exchanges: Exchanges, position: number, incoming: number): number {
  let gain = crowdGain(exchanges, position, incoming);
  visitCounts(exchanges, exchanges.order[position], incoming, (_rule, penalty, change) => {
    if (penalty !== HARD) gain -= change * penalty;
    else if (change === 1) gain = Number.NEGATIVE_INFINITY;
  });
  return gain;
}

/**
 * What depends on the order: values, pins and spacing. -Infinity where a hard one of them is
 * broken.
 */
function orderWorth(problem: OrderedSelection, order: readonly number[]): number {
  let worth = 0;
  for (const { item, position, penalty } of problem.pins) {
    if (order[position] !== item) worth -= penalty;
  }
  for (let position = 0; position < order.length; position += 1) {
    worth += problem.positionWeights[position] * problem.values[order[position]];
    if (position === 0 || problem.spacing === undefined) continue;
    if (shareGroup(problem, order[position - 1], order[position])) worth -= problem.spacing.penalty;
  }
  return worth;
}
