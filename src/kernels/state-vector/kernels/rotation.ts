/**
 * Real rotations of several qubits at once, on one real array (the real or the imaginary parts of a tile).
 *
 * A rotation by a of qubit q takes each pair (x, y) of amplitudes that differ in bit q to
 * (x cos a - y sin a, x sin a + y cos a). With t = tan a this is cos a * (x - t y, y + t x): half the multiplications,
 * and the factor is left to whoever multiplies the tile by something anyway. Three qubits are rotated between one load
 * and one store, on 8 vectors in registers; V8 has 16, and a fourth qubit would spill. All strides are constants, so
 * the 16 accesses are one pointer with an offset each.
 *
 * Signature of every routine: (from, to, tangents). `from` and `to` are byte addresses of the first number and of the
 * one after the last; a whole number of blocks lies between. `tangents` is the address of one number per qubit.
 */
import type { Code } from "../../assembly/encoding.ts";
import { add, constant, get, type Local, lessThan, repeatWhile, set, sweep } from "../../assembly/instruction.ts";
import { type Lanes, loadVector, storeVector, VECTOR_BYTES, vectorConstant, xorVector } from "../../assembly/lanes.ts";
import { type Routine, routine } from "../../assembly/routine.ts";


/** Rotates `qubits` (1 to 3) qubits from bit `bit` on, which lies above the vector. */
export function rotateAt(lanes: Lanes, bit: number, qubits: number): Routine {
  const stride = lanes.bytes * 2 ** bit;
  const vectors = 2 ** qubits;
  return routine(`rotate${qubits}At${bit}`, ["i32", "i32", "i32"], ([from, to, tangents], declare) => {
    const end = declare("i32");
    const t = Array.from({ length: qubits }, () => declare("v128"));
    const v = Array.from({ length: vectors }, () => declare("v128"));
    const held = declare("v128");
    return [
      t.map((one, index) => set(one, lanes.loadSplat(get(tangents), index * lanes.bytes))),
      repeatWhile(
        [
          set(end, add(get(from), constant(stride))),
          sweep(from, end, VECTOR_BYTES, [
            v.map((one, index) => set(one, loadVector(get(from), index * stride))),
            t.map((tangent, index) => butterflies(lanes, v, index, tangent, held)),
            v.map((one, index) => storeVector(get(from), get(one), index * stride)),
          ]),
          set(from, add(get(from), constant((vectors - 1) * stride))),
        ],
        lessThan(get(from), get(to)),
      ),
    ];
  });
}

/** Rotates all qubits inside a vector and the three above: 8 consecutive vectors at a time. */
export function rotateLow(lanes: Lanes): Routine {
  return routine("rotateLow", ["i32", "i32", "i32"], ([from, to, tangents], declare) => {
    const inner = Array.from({ length: lanes.bits }, () => declare("v128"));
    const t = Array.from({ length: 3 }, () => declare("v128"));
    const v = Array.from({ length: 8 }, () => declare("v128"));
    const held = declare("v128");
    const tangent = (index: number) => lanes.loadSplat(get(tangents), index * lanes.bytes);
    return [
      inner.map((one, bit) => set(one, xorVector(tangent(bit), signsOf(lanes, bit)))),
      t.map((one, index) => set(one, tangent(lanes.bits + index))),
      sweep(from, to, 8 * VECTOR_BYTES, [
        v.map((one, index) => set(one, loadVector(get(from), index * VECTOR_BYTES))),
        inner.map((one, bit) =>
          v.map((x) => set(x, lanes.multiplyAdd(get(one), lanes.partner(get(x), get(x), bit), get(x)))),
        ),
        t.map((one, index) => butterflies(lanes, v, index, one, held)),
        v.map((one, index) => storeVector(get(from), get(one), index * VECTOR_BYTES)),
      ]),
    ];
  });
}

function butterflies(lanes: Lanes, v: readonly Local[], bit: number, t: Local, held: Local): Code {
  return v.flatMap((x, index) => {
    if ((index >> bit) & 1) return [];
    const y = v[index + 2 ** bit];
    return [
      set(held, lanes.multiplySubtract(get(t), get(y), get(x))),
      set(y, lanes.multiplyAdd(get(t), get(x), get(y))),
      set(x, get(held)),
    ];
  });
}

/** Minus in the lanes where `bit` is 0: their partner is subtracted. */
function signsOf(lanes: Lanes, bit: number): Code {
  const lane = (byte: number) => Math.floor(byte / lanes.bytes);
  const isTop = (byte: number) => byte % lanes.bytes === lanes.bytes - 1;
  return vectorConstant(
    Array.from({ length: VECTOR_BYTES }, (_, byte) =>
      isTop(byte) && ((lane(byte) >> bit) & 1) === 0 ? 0x80 : 0,
    ),
  );
}
