/**
 * A device to transpile for from what IBM says of it: the answer of `GET
 * /backends/{id}/configuration` (IBM Quantum Platform REST interface). Its coupling map has an
 * entry for each direction in which a gate is offered.
 */
import { z } from "zod";
import { Fault } from "#foundation";
import { CIRCUIT_FAULTS } from "../faults.ts";
import { type Basis, bases } from "./basis.ts";
import { completeMap, couplingMap } from "./coupling-map.ts";
import type { Target } from "./transpile.ts";

const configuration = z.object({
  n_qubits: z.int().positive(),
  basis_gates: z.array(z.string()),
  /** None where every two qubits are coupled. */
  coupling_map: z.array(z.tuple([z.int(), z.int()])).nullish(),
});

/** Bases in the order in which they are taken where a device offers several. */
const PREFERRED = ["ibm-cz", "ibm-ecr", "ibm-cx", "ibm-rzz"];

/**
 * The target that a recorded configuration describes.
 *
 * @param text the JSON document.
 * @throws Fault `circuit-device-invalid` where it is not such a document, or of a device whose
 *   gates no basis has.
 */
export function targetOfIbm(text: string): Target {
  const { n_qubits: qubitCount, basis_gates: gates, coupling_map: pairs } = parsed(text);
  const basis = PREFERRED.flatMap((name) => bases.filter((one) => one.name === name)).find((one) =>
    offers(gates, one),
  );
  if (basis === undefined) throw invalid(`rz, sx, x and one of cz, ecr, cx and rzz, got ${gates}`);
  return { basis, map: pairs ? couplingMap(qubitCount, pairs) : completeMap(qubitCount) };
}

function offers(gates: readonly string[], { entangler }: Basis): boolean {
  return ["rz", "sx", "x", entangler].every((gate) => gates.includes(gate));
}

function parsed(text: string): z.infer<typeof configuration> {
  const result = configuration.safeParse(document(text));
  if (result.success) return result.data;
  const [{ path, message }] = result.error.issues;
  throw invalid(`IBM's configuration, got at /${path.join("/")}: ${message}`);
}

function document(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw invalid(`JSON, got ${error.message}`);
  }
}

function invalid(expectation: string): Fault {
  const detail = `the device's configuration, expected ${expectation}`;
  return new Fault(CIRCUIT_FAULTS.deviceInvalid, { detail });
}
