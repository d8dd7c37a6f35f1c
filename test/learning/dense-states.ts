/**
 * Feature maps the slow way: Hamiltonians as dense matrices put together from Kronecker products,
 * exponentials by their power series, states by multiplying whole matrices. Shares nothing with
 * what it judges but the definition.
 */

/** A complex matrix, row by row; a state is a matrix of one column. */
export interface DenseMatrix {
  readonly size: number;
  readonly columns: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
}

type Pauli = "I" | "X" | "Y" | "Z" | "H";

const PAULIS: Readonly<Record<Pauli, readonly (readonly [number, number])[]>> = Object.freeze({
  I: [
    [1, 0],
    [0, 0],
    [0, 0],
    [1, 0],
  ],
  X: [
    [0, 0],
    [1, 0],
    [1, 0],
    [0, 0],
  ],
  Y: [
    [0, 0],
    [0, -1],
    [0, 1],
    [0, 0],
  ],
  Z: [
    [1, 0],
    [0, 0],
    [0, 0],
    [-1, 0],
  ],
  H: [
    [Math.SQRT1_2, 0],
    [Math.SQRT1_2, 0],
    [Math.SQRT1_2, 0],
    [-Math.SQRT1_2, 0],
  ],
});

/** The product of one-qubit matrices; qubit q is bit q of an index, qubits not named get `I`. */
export function operator(qubits: number, on: Readonly<Record<number, Pauli>>): DenseMatrix {
  const size = 2 ** qubits;
  const matrix = zeros(size, size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      let [re, im] = [1, 0];
      for (let qubit = 0; qubit < qubits; qubit += 1) {
        const place = 2 * ((row >> qubit) & 1) + ((column >> qubit) & 1);
        const [a, b] = PAULIS[on[qubit] ?? "I"][place];
        [re, im] = [re * a - im * b, re * b + im * a];
      }
      matrix.re[row * size + column] = re;
      matrix.im[row * size + column] = im;
    }
  }
  return matrix;
}

/** A weighted sum of matrices. */
export function weighted(terms: readonly (readonly [number, DenseMatrix])[]): DenseMatrix {
  const [[, { size, columns }]] = terms;
  const sum = zeros(size, columns);
  for (const [weight, matrix] of terms) {
    for (let at = 0; at < sum.re.length; at += 1) {
      sum.re[at] += weight * matrix.re[at];
      sum.im[at] += weight * matrix.im[at];
    }
  }
  return sum;
}

/** a b. */
export function times(a: DenseMatrix, b: DenseMatrix): DenseMatrix {
  const product = zeros(a.size, b.columns);
  for (let row = 0; row < a.size; row += 1) {
    for (let inner = 0; inner < b.size; inner += 1) {
      const [re, im] = [a.re[row * a.columns + inner], a.im[row * a.columns + inner]];
      for (let column = 0; column < b.columns; column += 1) {
        const [other, into] = [inner * b.columns + column, row * b.columns + column];
        product.re[into] += re * b.re[other] - im * b.im[other];
        product.im[into] += re * b.im[other] + im * b.re[other];
      }
    }
  }
  return product;
}

/** exp(-i h): the power series of h / 2^k, squared k times. */
export function evolution(h: DenseMatrix): DenseMatrix {
  const norm = Math.max(...h.re.map(Math.abs), ...h.im.map(Math.abs)) * h.size;
  const squarings = Math.max(0, Math.ceil(Math.log2(norm)) + 2);
  const step = zeros(h.size, h.size);
  for (let at = 0; at < h.re.length; at += 1) {
    step.re[at] = h.im[at] / 2 ** squarings;
    step.im[at] = -h.re[at] / 2 ** squarings;
  }
  let power = operator(Math.log2(h.size), {});
  let sum = power;
  for (let order = 1; order < 24; order += 1) {
    power = weighted([[1 / order, times(power, step)]]);
    sum = weighted([
      [1, sum],
      [1, power],
    ]);
  }
  for (let squaring = 0; squaring < squarings; squaring += 1) sum = times(sum, sum);
  return sum;
}

/** A state from its amplitudes. */
export function column(re: Float64Array, im: Float64Array): DenseMatrix {
  return { size: re.length, columns: 1, re, im };
}

/** <a|b>, as real and imaginary part. */
export function innerProduct(a: DenseMatrix, b: DenseMatrix): readonly [number, number] {
  let [re, im] = [0, 0];
  for (let at = 0; at < a.size; at += 1) {
    re += a.re[at] * b.re[at] + a.im[at] * b.im[at];
    im += a.re[at] * b.im[at] - a.im[at] * b.re[at];
  }
  return [re, im];
}

function zeros(size: number, columns: number): DenseMatrix {
  const length = size * columns;
  return { size, columns, re: new Float64Array(length), im: new Float64Array(length) };
}

/** The state a feature map makes of `row` times `bandwidth`, from its definition. */
export function denseState(
  map: "zz" | "iqp" | "hamiltonian" | "separable",
  row: readonly number[],
  bandwidth: number,
  start: DenseMatrix,
): DenseMatrix {
  const features = row.map((value) => bandwidth * value);
  return map === "hamiltonian" ? chainState(features, start) : phaseState(map, features);
}

function phaseState(map: "zz" | "iqp" | "separable", features: readonly number[]): DenseMatrix {
  const qubits = features.length;
  const terms = features.map((x, at) => [x, operator(qubits, { [at]: "Z" })] as const);
  const pairs = features.flatMap((x, first) =>
    features.slice(first + 1).map((y, gap) => {
      const weight = map === "zz" ? (Math.PI - x) * (Math.PI - y) : x * y;
      return [weight, operator(qubits, { [first]: "Z", [first + 1 + gap]: "Z" })] as const;
    }),
  );
  const h = weighted(map === "separable" ? terms : [...terms, ...pairs]);
  const all = Object.fromEntries(features.map((_, at) => [at, "H"] as const));
  const layer = times(evolution(h), operator(qubits, all));
  const zero = column(new Float64Array(2 ** qubits), new Float64Array(2 ** qubits));
  zero.re[0] = 1;
  return times(layer, times(layer, zero));
}

/** Five Trotter steps of a Heisenberg chain for a third of a unit of time per feature. */
function chainState(features: readonly number[], start: DenseMatrix): DenseMatrix {
  const qubits = features.length + 1;
  const time = features.length / 3 / 5;
  const links = features.map((x, at) =>
    evolution(
      weighted(
        (["X", "Y", "Z"] as const).map((pauli) => [
          time * x,
          operator(qubits, { [at]: pauli, [at + 1]: pauli }),
        ]),
      ),
    ),
  );
  let state = start;
  for (let step = 0; step < 5; step += 1) {
    for (const link of links) state = times(link, state);
  }
  return state;
}
