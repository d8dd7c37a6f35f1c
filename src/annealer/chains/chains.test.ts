/**
 * The way of a model onto chains and back: strengths and readings against the vendor's published
 * cases, energies against the definition, ranges and noise against what they promise.
 */
import { describe, expect, test } from "vitest";
import { randomStream } from "#foundation";
import { ProblemAssembly, type QuadraticProblem, VARTYPE, verifyQuadratic } from "#problem";
import { perfectGraph } from "../graph/hardware-graph.ts";
import { type Ising, isingOf, problemOfIsing } from "../ising/ising.ts";
import { ADVANTAGE_RANGES, rangeScale, scaled } from "./bias-ranges.ts";
import { brokenChains, chainBreaks } from "./chain-breaks.ts";
import { type ChainStrength, chainStrength, DEFAULT_CHAIN_STRENGTH } from "./chain-strength.ts";
import { ADVANTAGE_NOISE, misprogrammed } from "./control-noise.ts";
import { embedIsing } from "./embed-ising.ts";
import { type Unembedding, unembed } from "./unembed.ts";

type Term = readonly [first: number, second: number, bias: number];

function model(fields: readonly number[], terms: readonly Term[], offset = 0): Ising {
  return {
    spinCount: fields.length,
    offset,
    fields: Float64Array.from(fields),
    firsts: Int32Array.from(terms, ([first]) => first),
    seconds: Int32Array.from(terms, ([, second]) => second),
    couplings: Float64Array.from(terms, ([, , bias]) => bias),
  };
}

function complete(size: number): Ising {
  const terms = Array.from({ length: size * size }, (_, index): Term => {
    return [Math.floor(index / size), index % size, 1];
  });
  return model(
    new Array<number>(size).fill(0),
    terms.filter(([first, second]) => first < second),
  );
}

/** The energy of spins, by the definition. */
function energyOf(ising: Ising, spins: ArrayLike<number>): number {
  let energy = ising.offset;
  for (let spin = 0; spin < ising.spinCount; spin += 1) energy += ising.fields[spin] * spins[spin];
  for (let pair = 0; pair < ising.couplings.length; pair += 1) {
    energy += ising.couplings[pair] * spins[ising.firsts[pair]] * spins[ising.seconds[pair]];
  }
  return energy;
}

const path4 = model(
  [0, 0, 0, 0],
  [
    [0, 1, 1],
    [1, 2, -2],
    [2, 3, 0.5],
  ],
);

describe("chain strength", () => {
  // The first three are figures of dwave-system @47a633b (Apache-2.0).
  const scaledRule: ChainStrength = { kind: "scaled", prefactor: 1.5 };
  test.each([
    ["a triangle", complete(3), DEFAULT_CHAIN_STRENGTH, 1.9996979771955565],
    ["K5", complete(5), DEFAULT_CHAIN_STRENGTH, 2.828],
    ["a path of mixed couplings", path4, DEFAULT_CHAIN_STRENGTH, 2.2909418368871783],
    ["no couplings", model([3], []), DEFAULT_CHAIN_STRENGTH, 1],
    ["couplings of zero", model([0, 0], [[0, 1, 0]]), DEFAULT_CHAIN_STRENGTH, 1],
    ["scaled by the greatest coupling", path4, scaledRule, 3],
    ["scaled by the greatest field", model([-7], []), scaledRule, 10.5],
    ["scaled by nothing", model([], []), scaledRule, 1],
    ["as wished", path4, { kind: "fixed", strength: 0.25 } as const, 0.25],
  ])("%s", (_remark, ising, rule, strength) => {
    expect(chainStrength(ising, rule)).toBe(strength);
  });
});

describe("unembedding", () => {
  const chains = [
    [0, 1],
    [2, 3, 4],
  ];
  const votes = [
    [1, 1, 0, 0, 1],
    [1, 1, 1, 0, 1],
  ];
  // The first two and the broken chains are cases of dwave-system's documentation (Apache-2.0).
  const cases: readonly {
    remark: string;
    method: Unembedding;
    chains: readonly (readonly number[])[];
    samples: readonly (readonly number[])[];
    low: 0 | -1;
    expected: readonly (readonly number[])[];
    rows?: readonly number[];
  }[] = [
    {
      remark: "majority vote",
      method: { kind: "majority-vote" },
      ...{
        chains,
        samples: votes,
        low: 0,
        expected: [
          [1, 0],
          [1, 1],
        ],
      },
    },
    {
      remark: "discard",
      method: { kind: "discard" },
      ...{
        chains: [[0, 1], [2]],
        samples: [
          [1, 1, 0],
          [1, 0, 0],
        ],
        low: 0,
      },
      ...{ expected: [[1, 0]], rows: [0] },
    },
    {
      remark: "a tie votes for 1",
      method: { kind: "majority-vote" },
      ...{
        chains: [[0, 1]],
        samples: [
          [1, -1],
          [-1, -1],
        ],
        low: -1,
        expected: [[1], [-1]],
      },
    },
    {
      remark: "draws among qubits that agree",
      method: { kind: "weighted-random", random: randomStream(1) },
      ...{ chains: [[0, 1], [2]], samples: [[-1, -1, 1]], low: -1, expected: [[-1, 1]] },
    },
    {
      remark: "least energy: the strongest pull first, and what follows from it",
      method: {
        kind: "minimise-energy",
        ising: model(
          [0, -1, 0.1],
          [
            [0, 1, 3],
            [1, 2, 1],
          ],
        ),
      },
      ...{
        chains: [
          [0, 1],
          [2, 3],
          [4, 5],
        ],
        samples: [[1, 1, 1, -1, -1, 1]],
        low: -1,
      },
      ...{ expected: [[1, -1, 1]] },
    },
    {
      remark: "least energy without any pull",
      method: { kind: "minimise-energy", ising: model([0], []) },
      ...{ chains: [[0, 1]], samples: [[1, -1]], low: -1, expected: [[1]] },
    },
    {
      remark: "nothing to read",
      method: { kind: "majority-vote" },
      ...{ chains: [], samples: [[]], low: -1, expected: [[]] },
    },
  ];
  test.each(cases)("$remark", ({ samples, chains, method, low, expected, rows }) => {
    const read = unembed(samples, chains, method, low);
    expect(read.samples.map((values) => [...values])).toEqual(expected);
    expect(read.rows).toEqual(rows ?? samples.map((_, row) => row));
  });

  test("weighted draws go by the qubits' shares", () => {
    const samples = new Array(4000).fill([1, 1, 1, -1]);
    const method = { kind: "weighted-random", random: randomStream(2) } as const;
    const ones = unembed(samples, [[0, 1, 2, 3]], method, -1).samples.filter(([v]) => v === 1);
    expect(Math.abs(ones.length - 3000)).toBeLessThan(150);
  });
});

test("broken chains are counted by sample and by chain", () => {
  const samples = [
    [-1, 1, -1, 1],
    [-1, -1, 1, 1],
    [1, 1, 1, -1],
  ];
  const chains = [
    [0, 1],
    [2, 3],
  ];
  expect(brokenChains(samples, chains)).toEqual([
    [true, true],
    [false, false],
    [false, true],
  ]);
  expect(chainBreaks(samples, chains)).toEqual({
    mean: 0.5,
    bySample: [1, 0, 0.5],
    byChain: [1 / 3, 2 / 3],
  });
  expect(chainBreaks([], chains)).toEqual({ mean: 0, bySample: [], byChain: [0, 0] });
});

/** Qubits 0 to 3 are each coupled to 4 to 7, and to nothing else. */
const cell = perfectGraph({ kind: "chimera", m: 1, n: 1, t: 4 });
const triangle = model(
  [0.5, -1, 2],
  [
    [0, 1, 1],
    [0, 2, -3],
    [1, 2, 0.5],
  ],
  7,
);
const chains = [[0, 4], [1, 5], [2]];

test("whole chains cost what the model says, and each break costs its couplers twice", () => {
  const strength = 2;
  const embedded = embedIsing(triangle, cell, chains, strength);
  expect(Array.from(embedded.qubits)).toEqual([0, 1, 2, 4, 5]);
  expect(embedded.chainCouplerCount).toBe(2);
  for (let code = 0; code < 8; code += 1) {
    const spins = [0, 1, 2].map((variable) => ((code >> variable) & 1 ? 1 : -1));
    const qubits = new Int32Array(5);
    embedded.chains.forEach((chain, variable) => {
      for (const spin of chain) qubits[spin] = spins[variable];
    });
    expect(energyOf(embedded.ising, qubits)).toBeCloseTo(energyOf(triangle, spins), 12);
  }
  const free = embedIsing(model([0, 0, 0], []), cell, chains, strength).ising;
  expect(energyOf(free, [1, 1, 1, 1, 1])).toBe(0);
  expect(energyOf(free, [1, 1, 1, -1, 1])).toBe(2 * strength);
});

test("one qubit each is a mere renaming", () => {
  const pair = model([1, 2], [[0, 1, 3]], 5);
  const embedded = embedIsing(pair, cell, [[4], [3]], 9);
  expect(embedded.chainCouplerCount).toBe(0);
  expect(embedded.ising.offset).toBe(5);
  expect(Array.from(embedded.ising.fields)).toEqual([2, 1]);
  expect(Array.from(embedded.ising.couplings)).toEqual([3]);
});

test("scaling fills the narrowest range and no other is left", () => {
  const [low] = ADVANTAGE_RANGES.coupling;
  const cases = [
    [model([8, 0], []), 0.5],
    [model([0, 0], [[0, 1, 4]]), 0.25],
    [model([0, 0], [[0, 1, -4]]), low / -4],
    [
      model(
        new Array(30).fill(0),
        Array.from({ length: 29 }, (_, i): Term => [0, i + 1, -1]),
      ),
      18 / 29,
    ],
    [model([0], []), 1],
  ] as const;
  for (const [ising, factor] of cases) {
    expect(rangeScale(ising, ADVANTAGE_RANGES)).toBeCloseTo(factor, 12);
    expect(rangeScale(scaled(ising, factor), ADVANTAGE_RANGES)).toBeCloseTo(1, 12);
  }
});

test("noise is rounded, centred, of the size it says, and the same for a seed", () => {
  const many = model(new Array(20_000).fill(0.3), []);
  const exact = { fieldSigma: 0, couplingSigma: 0, fieldStep: 0, couplingStep: 0 };
  expect(misprogrammed(triangle, exact, randomStream(1))).toEqual(triangle);
  const stepped = misprogrammed(many, { ...exact, fieldStep: 0.25 }, randomStream(1));
  expect(new Set(stepped.fields)).toEqual(new Set([0.25]));
  const noisy = misprogrammed(many, { ...exact, fieldSigma: 0.1 }, randomStream(1)).fields;
  const mean = noisy.reduce((sum, field) => sum + field, 0) / noisy.length;
  const variance = noisy.reduce((sum, field) => sum + (field - mean) ** 2, 0) / noisy.length;
  expect(Math.abs(mean - 0.3)).toBeLessThan(0.005);
  expect(Math.abs(Math.sqrt(variance) - 0.1)).toBeLessThan(0.005);
  const again = () => misprogrammed(triangle, ADVANTAGE_NOISE, randomStream(5));
  expect(again()).toEqual(again());
});

test("a problem and its Ising model cost the same", () => {
  const assembly = new ProblemAssembly("maximise");
  assembly.addVariables(3);
  assembly.restrict(2, VARTYPE.spin);
  assembly.addOffset(1);
  assembly.addLinear(0, 3);
  assembly.addQuadratic(0, 1, -2);
  assembly.addQuadratic(1, 2, 5);
  const problem: QuadraticProblem = assembly.finish();
  const ising = isingOf(problem);
  const spun = problemOfIsing(ising);
  for (let code = 0; code < 8; code += 1) {
    const bits = [0, 1, 2].map((variable) => (code >> variable) & 1);
    const spins = Int32Array.from(bits, (bit) => 2 * bit - 1);
    const values = Int32Array.from([bits[0], bits[1], spins[2]]);
    expect(energyOf(ising, spins)).toBe(-verifyQuadratic(problem, { values }).objective);
    expect(verifyQuadratic(spun, { values: spins }).objective).toBe(energyOf(ising, spins));
  }
});
