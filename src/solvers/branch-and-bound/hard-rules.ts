/**
 * The hard rules of a problem, as a set from which rules can be left out by name.
 */
import { type CountRule, HARD, type OrderedSelection, type Pin, type Spacing } from "#problem";

/** Rules to keep; what else the problem says does not matter for feasibility. */
export interface HardRules {
  readonly counts: readonly CountRule[];
  readonly pins: readonly Pin[];
  readonly spacing: Spacing | undefined;
}

/** All hard rules of `problem`. */
export function hardRules({ counts, pins, spacing }: OrderedSelection): HardRules {
  return {
    counts: counts.filter(({ penalty }) => penalty === HARD),
    pins: pins.filter(({ penalty }) => penalty === HARD),
    spacing: spacing?.penalty === HARD ? spacing : undefined,
  };
}

/** The names in use, each once, in the problem's order. */
export function ruleNames({ counts, pins, spacing }: HardRules): string[] {
  const spacingNames = spacing === undefined ? [] : [spacing.rule];
  const names = [...pins.map(({ rule }) => rule), ...counts.map(({ rule }) => rule)];
  return [...new Set([...names, ...spacingNames])];
}

/** Only the rules called by one of `names`. */
export function keepNamed(rules: HardRules, names: ReadonlySet<string>): HardRules {
  return {
    counts: rules.counts.filter(({ rule }) => names.has(rule)),
    pins: rules.pins.filter(({ rule }) => names.has(rule)),
    spacing:
      rules.spacing !== undefined && names.has(rules.spacing.rule) ? rules.spacing : undefined,
  };
}
