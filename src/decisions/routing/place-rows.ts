/**
 * What bounds the places of a tick. An agent's places for several channels may share a limit; where
 * both bind, a tally per channel stands between them, so that every variable is in two rows at most
 * and the problem stays a network.
 */
import type { Options } from "./options.ts";
import type { RoutingQuestion } from "./question.ts";

/** The rows of all places. */
export interface PlaceRows {
  readonly rows: readonly { readonly label: string; readonly most: number }[];
  /** The row that contacts in each place count in. */
  readonly rowOf: Int32Array;
  /** Where that row has a tally: its number, and the row the tally counts in; else -1. */
  readonly tallyOf: Int32Array;
  readonly tallyRowOf: Int32Array;
  /** The most each tally can be. */
  readonly tallyMaxima: readonly number[];
}

/** The rows of `places`. */
export function placeRows({ agents }: RoutingQuestion, { places }: Options): PlaceRows {
  const rows: { readonly label: string; readonly most: number }[] = [];
  const tallyMaxima: number[] = [];
  const rowOf = new Int32Array(places.length).fill(-1);
  const tallyOf = rowOf.slice();
  const tallyRowOf = rowOf.slice();
  const add = (label: string, most: number) => rows.push({ label, most }) - 1;
  for (const [agent, own] of placesByAgent(places)) {
    const { id, contactsMax } = agents[agent];
    const open = own.reduce((sum, place) => sum + places[place].slots, 0);
    if (own.every((place) => places[place].slots === contactsMax)) {
      const row = add(`agent:${id}`, contactsMax);
      for (const place of own) rowOf[place] = row;
      continue;
    }
    const total = open > contactsMax ? add(`agent:${id}`, contactsMax) : -1;
    for (const place of own) {
      const { slots } = places[place];
      rowOf[place] = add(`agent:${id}/${channelOf(places[place])}`, total < 0 ? slots : 0);
      if (total < 0) continue;
      tallyOf[place] = tallyMaxima.push(slots) - 1;
      tallyRowOf[place] = total;
    }
  }
  for (const [place, { kind, slots }] of places.entries()) {
    if (kind !== "agent") rowOf[place] = add(kind, slots);
  }
  return { rows, rowOf, tallyOf, tallyRowOf, tallyMaxima };
}

function placesByAgent(places: Options["places"]): ReadonlyMap<number, readonly number[]> {
  const byAgent = new Map<number, number[]>();
  for (const [index, place] of places.entries()) {
    if (place.kind !== "agent") continue;
    const own = byAgent.get(place.agent);
    if (own === undefined) byAgent.set(place.agent, [index]);
    else own.push(index);
  }
  return byAgent;
}

function channelOf(place: Options["places"][number]): string {
  return place.kind === "agent" ? (place.channel ?? "*") : place.kind;
}
