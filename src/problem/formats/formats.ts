/**
 * The table of formats: everything that reads, writes, guesses or documents them goes by it. Where
 * content says nothing certain and looks like several, the earlier row wins.
 */
import { biqmac } from "./benchmark/biqmac.ts";
import { coo } from "./benchmark/coo.ts";
import { gap } from "./benchmark/gap.ts";
import { gset } from "./benchmark/gset.ts";
import { mdp } from "./benchmark/mdp.ts";
import { mknap } from "./benchmark/mknap.ts";
import { qaplib } from "./benchmark/qaplib.ts";
import { qkp } from "./benchmark/qkp.ts";
import { bqm } from "./dimod/bqm.ts";
import { cqm } from "./dimod/cqm.ts";
import type { ProblemFormat } from "./format.ts";
import { bqmJson } from "./json/bqm-json.ts";
import { cqmJson } from "./json/cqm-json.ts";
import { lp } from "./lp/lp.ts";
import { mps } from "./mps/mps.ts";

/** Every format there is. */
export const FORMATS: readonly ProblemFormat[] = Object.freeze(
  [biqmac, gset, mdp, qaplib, mknap, gap, qkp, coo, lp, mps, bqm, cqm, bqmJson, cqmJson].map(
    (format) => Object.freeze(format),
  ),
);
