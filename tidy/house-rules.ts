/**
 * Every house rule, in the order CONTRIBUTING.md explains them.
 */
import { ambient } from "./language/ambient.ts";
import { closedSwitches } from "./language/closed-switches.ts";
import { escapeHatches } from "./language/escape-hatches.ts";
import { guardedThreads } from "./language/guarded-threads.ts";
import { portableArithmetic } from "./language/portable-arithmetic.ts";
import { dependencyReasons } from "./prose/dependency-reasons.ts";
import { docstrings } from "./prose/docstrings.ts";
import { glossary } from "./prose/glossary.ts";
import { leftovers } from "./prose/leftovers.ts";
import { links } from "./prose/links.ts";
import { machinePaths } from "./prose/machine-paths.ts";
import { measuredLimits } from "./prose/measured-limits.ts";
import { conformance } from "./registers/conformance.ts";
import { faults } from "./registers/faults.ts";
import type { Rule } from "./rule.ts";
import { cycles } from "./structure/cycles.ts";
import { doors } from "./structure/doors.ts";
import { names } from "./structure/names.ts";
import { reachableFiles, usedExports } from "./structure/reach.ts";
import { rooms } from "./structure/rooms.ts";
import { sizes } from "./structure/sizes.ts";

/** The rules. */
export const HOUSE_RULES: readonly Rule[] = Object.freeze([
  rooms,
  doors,
  cycles,
  sizes,
  names,
  reachableFiles,
  usedExports,
  ambient,
  portableArithmetic,
  guardedThreads,
  escapeHatches,
  closedSwitches,
  docstrings,
  faults,
  conformance,
  links,
  glossary,
  measuredLimits,
  leftovers,
  machinePaths,
  dependencyReasons,
]);
