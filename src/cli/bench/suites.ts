/**
 * The table of benchmark suites. A suite is a program in the checkout's `bench` folder, started
 * once per figure, so that figures share neither memory nor compiled code.
 */

/** One thing a suite shows. */
export interface Figure {
  /** As `--only` names it. */
  readonly id: string;
  readonly title: string;
}

/** One suite. */
export interface Suite {
  readonly name: string;
  readonly summary: string;
  /** A program made with `answerFigure` (figure-program.ts). */
  readonly program: URL;
  /** In the order of the page. */
  readonly figures: readonly Figure[];
}

/** Every suite there is. */
export const SUITES: readonly Suite[] = Object.freeze([
  {
    name: "circuit",
    summary: "the gate model: conformance, simulation speed, routing",
    program: new URL("../../../bench/circuit/suite.ts", import.meta.url),
    figures: [
      { id: "conformance", title: "1. The shared OpenQASM programs" },
      { id: "random", title: "2. Random circuits against the reference simulator" },
      { id: "qaoa", title: "3. One QAOA layer" },
      { id: "threads", title: "3. One QAOA layer on two threads" },
      { id: "circuits", title: "4. Random circuits in time" },
      { id: "gate", title: "5. One-qubit gates" },
      { id: "small", title: "6. Few qubits" },
      { id: "shots", title: "Shots" },
      { id: "routing", title: "7. Routing" },
    ],
  },
  {
    name: "exact",
    summary: "exact methods, structure and formats, beside HiGHS",
    program: new URL("../../../bench/exact/suite.ts", import.meta.url),
    figures: [
      { id: "assignment", title: "1. Linear assignment" },
      { id: "gap", title: "2. Generalised assignment" },
      { id: "multi-knapsack", title: "3. Knapsacks of several capacities: 5 x 100" },
      { id: "mknapcb5", title: "3. Knapsacks of several capacities: 10 x 250" },
      { id: "mknapcb7", title: "3. Knapsacks of several capacities: 30 x 100" },
      { id: "quadratic-knapsack", title: "4. Quadratic knapsack" },
      { id: "selection", title: "5. Ten of forty with pair penalties" },
      { id: "formats", title: "6. Files, whole and damaged" },
      { id: "detector", title: "7. The structure detector" },
      { id: "first-answer", title: "8. The first exact answer" },
      { id: "small-quadratic", title: "Quadratic problems without structure" },
    ],
  },
  {
    name: "quantum",
    summary: "QAOA in groups; the annealing path: graphs, embedding, reading what comes back",
    program: new URL("../../../bench/quantum/suite.ts", import.meta.url),
    figures: [
      { id: "dense", title: "1. Circuits beside their dense simulation" },
      { id: "subspace", title: "2. Circuits in the space of their groups" },
      { id: "groups", title: "3. The optimum in groups, beside qubits and penalties" },
      { id: "variants", title: "What starts, objectives and angles change" },
      { id: "recursive", title: "Recursive QAOA" },
      { id: "vqe", title: "The variational eigensolver" },
      { id: "contribution", title: "What circuits add to mended chance" },
      { id: "programs", title: "Circuits as OpenQASM, and what they cost in gates" },
      { id: "topologies", title: "4. Hardware graphs" },
      { id: "templates", title: "4. Clique templates" },
      { id: "embedding", title: "4. Random graphs on broken hardware" },
      { id: "grid", title: "4. Embedding beside minorminer" },
      { id: "fixtures", title: "5. Chain strength and unembedding" },
      { id: "kernels", title: "6. Quantum kernels" },
      { id: "twin", title: "What chains do to an annealer's answers" },
    ],
  },
  {
    name: "search",
    summary: "searches where no exact method fits, beside peers in C++",
    program: new URL("../../../bench/search/suite.ts", import.meta.url),
    figures: [
      { id: "maxcut", title: "1. Maximum cuts by the portfolio" },
      { id: "quality", title: "2. Beside default simulated annealing, in a fifth of its time" },
      { id: "speed", title: "3. Spin updates" },
      { id: "dense", title: "4. Dense two-valued problems" },
      { id: "diversity", title: "5. The most diverse k of n" },
      { id: "placement", title: "6. Quadratic assignment" },
      { id: "regret", title: "7. The portfolio beside its best member" },
      { id: "threads", title: "8. Two threads" },
      { id: "stopping", title: "9. Stopping, and rows that are kept" },
      { id: "ticks", title: "Time between ticks" },
      { id: "constrained", title: "9. Constrained problems" },
      { id: "constrained-shipped", title: "9. Shipped problems under capacities" },
      { id: "mending", title: "Answers from elsewhere, mended" },
      { id: "bifurcation", title: "Simulated bifurcation" },
      { id: "path-integral", title: "Simulated quantum annealing" },
      { id: "rank-two", title: "The rank-2 relaxation" },
      { id: "decomposition", title: "Large problems by parts" },
    ],
  },
]);
