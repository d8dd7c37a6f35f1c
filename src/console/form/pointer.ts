/**
 * Places inside a JSON value, as the server names them in flaws: JSON Pointers (RFC 6901). Values
 * are never changed; setting a member makes a new value.
 */
import type { Json } from "../api/client.ts";
import { at } from "../api/json.ts";

/** Names of members and indices of lists, from the outside in. */
export type Place = readonly (string | number)[];

/** The pointer of a place; empty for the whole. */
export function pointerOf(place: Place): string {
  return place
    .map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

/** `json` with `value` at `place`; without the member if `value` is `undefined`. */
export function withValue(json: Json | undefined, place: Place, value: Json | undefined): Json {
  const [step, ...rest] = place;
  if (step === undefined) return value ?? null;
  const inner = rest.length === 0 ? value : withValue(at(json, step), rest, value);
  if (typeof step === "number") {
    const list = Array.isArray(json) ? json : [];
    return inner === undefined ? list.toSpliced(step, 1) : list.with(step, inner);
  }
  const members = typeof json === "object" && json !== null && !Array.isArray(json) ? json : {};
  if (inner !== undefined) return { ...members, [step]: inner };
  const { [step]: _left, ...others } = members;
  return others;
}
