/**
 * CP-SAT of Google's OR-Tools (L. Perron, F. Didier, S. Gay, CP 2023) as a solver, where the
 * optional package `or-tools-wasm` is installed; where it is not, it says so of every problem.
 */
import type { Solver } from "#problem";
import { cpSatBy } from "./cp-sat-run.ts";
import { CpSatEngine } from "./engine.ts";
import { packageAddress } from "./package-address.ts";

/** For bounded problems that are whole throughout; only who asks by name gets it. */
export const cpSat: Solver = cpSatBy(new CpSatEngine(packageAddress("or-tools-wasm/cp-sat")));
