/**
 * Randomisation tests: how often chance alone would have shown as much, asked of the very mechanism
 * that assigned the arms. Exact whatever the outcomes' distribution.
 *
 * Source: R. A. Fisher, "The design of experiments" (1935); B. Phipson and G. K. Smyth,
 * Statistical Applications in Genetics and Molecular Biology 9 (2010), for the count of the
 * observed assignment among the drawn.
 */

/**
 * The two-sided p-value of `observed`, where `redraw` gives the statistic of another assignment
 * drawn from the design, outcomes unchanged; at least 1 / (draws + 1).
 */
export function randomisationP(observed: number, redraw: () => number, draws: number): number {
  const size = Math.abs(observed) * (1 - TIE);
  let asFar = 1;
  for (let draw = 0; draw < draws; draw += 1) if (Math.abs(redraw()) >= size) asFar += 1;
  return asFar / (draws + 1);
}

/** Statistics of equal assignments may differ in their last digits; such a draw is as far. */
const TIE = 1e-9;
