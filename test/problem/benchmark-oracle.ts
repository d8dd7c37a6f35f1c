/**
 * A second reading of the benchmark formats, from their definition and nothing else: the objective
 * and feasibility of a solution, given the text of a file. Shares no code with the readers; trusts
 * that the text keeps its format.
 */
import { present } from "#foundation";

/** What a solution is worth. */
export interface Judgement {
  readonly objective: number;
  readonly feasible: boolean;
}

type Judge = (text: string, solution: readonly number[]) => Judgement;

const numbersIn = (text: string) => (text.match(/\S+/g) ?? []).map(Number);
const at = (values: readonly number[], index: number) => present(values[index], `number ${index}`);

/** Judges by name of format; files of several problems by their first. */
export const BENCHMARK_ORACLES: Readonly<Record<string, Judge>> = Object.freeze({
  gset: (text, x) => {
    const [, m, ...v] = numbersIn(text);
    let objective = 0;
    for (let e = 0; e < m; e += 1) {
      if (x[at(v, 3 * e) - 1] !== x[at(v, 3 * e + 1) - 1]) objective += at(v, 3 * e + 2);
    }
    return { objective, feasible: true };
  },
  biqmac: (text, x) => {
    const [, m, ...v] = numbersIn(text);
    let objective = 0;
    for (let e = 0; e < m; e += 1) {
      const [i, j] = [at(v, 3 * e), at(v, 3 * e + 1)];
      objective += x[i - 1] * x[j - 1] * at(v, 3 * e + 2) * (i === j ? 1 : 2);
    }
    return { objective, feasible: true };
  },
  qubo: (text, x) => {
    const v = numbersIn(text.replace(/^\s*[cp#].*$/gm, ""));
    let objective = 0;
    for (let p = 0; p < v.length; p += 3) {
      const [i, j] = [at(v, p), at(v, p + 1)];
      objective += (i === j ? x[i] : x[i] * x[j]) * at(v, p + 2);
    }
    return { objective, feasible: true };
  },
  mdp: (text, x) => {
    const [, m, ...v] = numbersIn(text);
    let objective = 0;
    for (let p = 0; p < v.length; p += 3) {
      objective += x[at(v, p)] * x[at(v, p + 1)] * at(v, p + 2);
    }
    return { objective, feasible: x.reduce((sum, one) => sum + one, 0) === m };
  },
  gap: (text, agents) => {
    const isCounted = /^\s*\S+[ \t\r]*\n/.test(text);
    const v = numbersIn(text).slice(isCounted ? 1 : 0);
    const [m, n] = [at(v, 0), at(v, 1)];
    const loads = new Array<number>(m).fill(0);
    let objective = 0;
    for (const [task, agent] of agents.entries()) {
      objective += at(v, 2 + agent * n + task);
      loads[agent] += at(v, 2 + m * n + agent * n + task);
    }
    const fits = loads.map((load, agent) => load <= at(v, 2 + 2 * m * n + agent));
    return { objective, feasible: fits.every((one) => one) };
  },
  mknap: (text, x) => {
    const [, n, m, , ...v] = numbersIn(text);
    let objective = 0;
    for (let i = 0; i < n; i += 1) objective += x[i] * at(v, i);
    let feasible = true;
    for (let k = 0; k < m; k += 1) {
      let weight = 0;
      for (let i = 0; i < n; i += 1) weight += x[i] * at(v, n + k * n + i);
      if (weight > at(v, n + m * n + k)) feasible = false;
    }
    return { objective, feasible };
  },
  qkp: (text, x) => {
    const [n, ...v] = numbersIn(text.replace(/^\s*[^\n]*\n/, ""));
    let p = 0;
    let objective = 0;
    for (let i = 0; i < n; i += 1) objective += x[i] * at(v, p++);
    for (let i = 0; i < n; i += 1) {
      for (let j = i + 1; j < n; j += 1) objective += x[i] * x[j] * at(v, p++);
    }
    const isEquality = at(v, p++) === 1;
    const capacity = at(v, p++);
    let weight = 0;
    for (let i = 0; i < n; i += 1) weight += x[i] * at(v, p++);
    return { objective, feasible: isEquality ? weight === capacity : weight <= capacity };
  },
  qaplib: (text, locations) => {
    const n = Number.parseInt(text.trim(), 10);
    const v = numbersIn(text.trim().replace(/^[^\n]*/, ""));
    let objective = 0;
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j < n; j += 1) {
        objective += at(v, i * n + j) * at(v, n * n + locations[i] * n + locations[j]);
      }
    }
    return { objective, feasible: new Set(locations).size === n };
  },
});
