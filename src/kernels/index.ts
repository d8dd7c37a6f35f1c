/**
 * Kernels: numeric inner loops that give the same bits wherever they run. Knows nothing of problems and solvers.
 */
export { exp, exp2, log } from "./portable-math.ts";
