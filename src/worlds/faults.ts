/**
 * What can be wrong with what a world is made from.
 */
import { faultRows } from "#foundation";

/** The worlds' rows of the register of faults. */
export const WORLD_FAULTS = faultRows({
  centreInvalid: {
    code: "world-centre-invalid",
    category: "invalid",
    retry: false,
    title: "The contact centre is not described as it has to be.",
    remedy: "Correct every place listed under flaws; docs/worlds.md shows all members.",
  },
  callsMalformed: {
    code: "world-calls-malformed",
    category: "invalid",
    retry: false,
    title: "The file is not a table of call counts.",
    remedy: "Give it the columns DateTime and Calls, one row per interval of equal length.",
  },
});
