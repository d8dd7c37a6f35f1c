/**
 * Who takes part: four models of each family, each with twelve configurations to choose from, so
 * that no family is tuned harder than another. The separable maps are quantum in form; a laptop
 * computes them for any number of qubits, so they stand with the quantum-inspired.
 */
import type { RandomStream } from "#foundation";
import {
  boostedScores,
  type FeatureMapName,
  type FeatureRows,
  fidelityKernel,
  fitBoosting,
  fitKernelRidge,
  fitKernelSvm,
  fitLogistic,
  fourierKernel,
  gaussian,
  linearScores,
  medianSquaredDistance,
  productKernel,
  projectedRows,
} from "#learning";
import { bandwidthOf } from "./bandwidth.ts";
import { type FitDual, kernelLearner, type Learner, rowLearner } from "./learner.ts";

/** The families that are compared; `reference` takes part in no comparison of families. */
export type Family = "classical" | "inspired" | "quantum" | "reference";

/** A model prepared in one way, to be learnt at several strengths. */
export interface Setting {
  readonly label: string;
  readonly levels: readonly string[];
  open(train: FeatureRows, random: RandomStream): Learner;
}

/** One model. */
export interface Candidate {
  readonly name: string;
  readonly family: Family;
  /** In the order of preference where scores are equal. */
  readonly settings: readonly Setting[];
  /** Circuits a device would run to predict one row; the shots of each come on top. */
  circuits(rowsUsed: number): number;
}

/** How many configurations each model chooses from. */
export const CONFIGURATIONS = 12;

const PRICES = Object.freeze([1, 10, 100]);
const RIDGES = Object.freeze([1, 0.1, 0.01]);
/** Of Gaussians, over the median squared distance. */
const WIDTHS = Object.freeze([0.4, 1.6, 0.1, 6.4]);
/** Of two features; {@link bandwidthOf} says what becomes of them with more. */
const BANDWIDTHS = Object.freeze([0.1, 0.3, 0.03, 1]);
const COSINES = 100;

const fitSvm: FitDual = (gram, size, sides, level) =>
  fitKernelSvm(gram, size, sides, PRICES[level]);
const priceLevels = PRICES.map((price) => `price ${price}`);

/** Every model that takes part in the comparison of families. */
export const CANDIDATES: readonly Candidate[] = Object.freeze([
  { name: "logistic", family: "classical", settings: [logistic()], circuits: none },
  { name: "boosting", family: "classical", settings: [boosting()], circuits: none },
  { name: "rbf-svm", family: "classical", settings: WIDTHS.map(gaussianSvm), circuits: none },
  { name: "rbf-ridge", family: "classical", settings: WIDTHS.map(gaussianRidge), circuits: none },
  { name: "fourier-svm", family: "inspired", settings: WIDTHS.map(fourierSvm), circuits: none },
  { name: "product-svm", family: "inspired", settings: BANDWIDTHS.map(product), circuits: none },
  fidelity("separable", "inspired"),
  projection("separable", "inspired"),
  fidelity("zz", "quantum"),
  projection("zz", "quantum"),
  fidelity("iqp", "quantum"),
  projection("hamiltonian", "quantum"),
]);

/** The strongest simple classical model on all features, where the others see fewer. */
export const ALL_FEATURES: Candidate = Object.freeze({
  name: "rbf-svm, all features",
  family: "reference",
  settings: WIDTHS.map(gaussianSvm),
  circuits: none,
});

function none(): number {
  return 0;
}

function logistic(): Setting {
  const ridges = Array.from({ length: CONFIGURATIONS }, (_, at) => 100 / 3 ** at);
  return {
    label: "",
    levels: ridges.map((ridge) => `ridge ${Number(ridge.toPrecision(2))}`),
    open: (train) =>
      rowLearner(train, (rows, sides, level) => {
        const found = fitLogistic(rows, sides, ridges[level]);
        return (others) => linearScores(found, others);
      }),
  };
}

function boosting(): Setting {
  const options = [1, 2, 3].flatMap((depthMax) =>
    [0.1, 0.3].flatMap((rate) => [25, 75].map((trees) => ({ depthMax, rate, trees }))),
  );
  return {
    label: "",
    levels: options.map(
      ({ depthMax, rate, trees }) => `${trees} trees, depth ${depthMax}, ${rate}`,
    ),
    open: (train) =>
      rowLearner(train, (rows, sides, level) => {
        const found = fitBoosting(rows, sides, options[level]);
        return (others) => boostedScores(found, others);
      }),
  };
}

function gaussianSvm(share: number): Setting {
  return {
    label: `width ${share}`,
    levels: priceLevels,
    open: (train) => kernelLearner(gaussian(share / medianSquaredDistance(train)), train, fitSvm),
  };
}

function gaussianRidge(share: number): Setting {
  return {
    label: `width ${share}`,
    levels: RIDGES.map((ridge) => `ridge ${ridge}`),
    open: (train) =>
      kernelLearner(
        gaussian(share / medianSquaredDistance(train)),
        train,
        (gram, size, sides, level) => fitKernelRidge(gram, size, sides, RIDGES[level]),
      ),
  };
}

function fourierSvm(share: number): Setting {
  return {
    label: `width ${share}`,
    levels: priceLevels,
    open: (train, random) => {
      const width = share / medianSquaredDistance(train);
      const options = { featureCount: train.width, width, cosines: COSINES, random };
      return kernelLearner(fourierKernel(options), train, fitSvm);
    },
  };
}

function product(bandwidth: number): Setting {
  return {
    label: `bandwidth ${bandwidth}`,
    levels: priceLevels,
    open: (train) => {
      const own = bandwidthOf("separable", bandwidth, train.width);
      return kernelLearner(productKernel(own), train, fitSvm);
    },
  };
}

function fidelity(map: FeatureMapName, family: Family): Candidate {
  const settings = BANDWIDTHS.map((bandwidth) => ({
    label: `bandwidth ${bandwidth}`,
    levels: priceLevels,
    open: (train: FeatureRows, random: RandomStream) => {
      const own = bandwidthOf(map, bandwidth, train.width);
      const kernel = fidelityKernel({ map, featureCount: train.width, bandwidth: own, random });
      return kernelLearner(kernel, train, fitSvm);
    },
  }));
  return { name: `${map}-fidelity`, family, settings, circuits: (rowsUsed) => rowsUsed };
}

/** All qubits are measured at once, in three bases. */
function projection(map: FeatureMapName, family: Family): Candidate {
  const settings = [0.2, 0.05, 0.8].flatMap((bandwidth) => {
    const embed = remembering((rows, random) => {
      const own = bandwidthOf(map, bandwidth, rows.width);
      return projectedRows({ map, featureCount: rows.width, bandwidth: own, random }, rows);
    });
    return [0.4, 4].map((share) => projectionSetting(embed, bandwidth, share));
  });
  return { name: `${map}-projected`, family, settings, circuits: () => 3 };
}

type Embed = (rows: FeatureRows, random: RandomStream) => FeatureRows;

function projectionSetting(embed: Embed, bandwidth: number, share: number): Setting {
  const prices = [1, 30];
  return {
    label: `bandwidth ${bandwidth}, width ${share}`,
    levels: prices.map((price) => `price ${price}`),
    open: (train, random) => {
      const width = share / medianSquaredDistance(embed(train, random));
      const kernel = { ...gaussian(width), embed: (rows: FeatureRows) => embed(rows, random) };
      return kernelLearner(kernel, train, (gram, size, sides, level) =>
        fitKernelSvm(gram, size, sides, prices[level]),
      );
    },
  };
}

/** Gaussians of several widths look at the same states, which cost more than all the rest. */
function remembering(embed: Embed): Embed {
  const known = new WeakMap<FeatureRows, FeatureRows>();
  return (rows, random) => {
    const found = known.get(rows) ?? embed(rows, random);
    known.set(rows, found);
    return found;
  };
}
