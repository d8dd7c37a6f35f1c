/**
 * Max-weight matching: all waiting contacts and all free agents at once, paired so that the sum of
 * cost of waiting times service rate is highest (L. Tassiulas and A. Ephremides, "Stability
 * properties of constrained queueing systems and scheduling policies for maximum throughput", IEEE
 * Transactions on Automatic Control 37, 1992, with waits in the place of queue lengths). The method
 * that solves the assignment comes in as an argument.
 */
import type { CentreSnapshot, Pairing, RoutingPolicy } from "../router.ts";
import { serviceRate } from "./best-pairing.ts";

/** Least total cost of giving rows columns of their own; the matrix row by row. */
export type AssignmentMethod = (
  costs: Float64Array,
  rows: number,
  columns: number,
) => { readonly columnOf: Int32Array };

/** Who has only just come weighs as if it had waited so long, or nobody would serve it. */
const HEAD_START_SECONDS = 1;

/** The policy, by `assignment`. */
export function maxWeight(assignment: AssignmentMethod): RoutingPolicy {
  return Object.freeze({
    name: "max-weight",
    summary: "all pairs at once, with the highest sum of cost of waiting times service rate",
    route: (snapshot: CentreSnapshot) => {
      const agents = freeAgents(snapshot);
      const contacts = waitingContacts(snapshot, agents.length);
      const costs = new Float64Array(contacts.length * agents.length);
      for (const [row, { contact, classIndex }] of contacts.entries()) {
        for (const [column, { agent, group }] of agents.entries()) {
          if (!snapshot.canTake(agent, classIndex)) continue;
          const { waitCost } = snapshot.centre.classes[classIndex];
          const waited = HEAD_START_SECONDS + snapshot.waitedSeconds(contact);
          const weight = waitCost * waited * serviceRate(snapshot, classIndex, group);
          costs[row * agents.length + column] = -weight;
        }
      }
      const { columnOf } = assignment(costs, contacts.length, agents.length);
      // A pair that is not possible weighs nothing: the method may name it, and it is no pair.
      return contacts.flatMap(({ contact, classIndex }, row): Pairing[] => {
        const chosen = columnOf[row] < 0 ? undefined : agents[columnOf[row]];
        if (chosen === undefined || !snapshot.canTake(chosen.agent, classIndex)) return [];
        return [{ contact, agent: chosen.agent }];
      });
    },
  });
}

interface FreeAgent {
  readonly agent: number;
  readonly group: number;
}

/** In the order of their idleness within a group: of equals the method takes the first. */
function freeAgents(snapshot: CentreSnapshot): FreeAgent[] {
  return snapshot.centre.groups.flatMap((_, group) => {
    const free: FreeAgent[] = [];
    for (let at = snapshot.firstFree(group); at >= 0; at = snapshot.nextFree(at)) {
      free.push({ agent: at, group });
    }
    return free;
  });
}

/** Of each class, the first `countMax`: more than there are agents cannot be served. */
function waitingContacts(snapshot: CentreSnapshot, countMax: number) {
  return snapshot.centre.classes.flatMap((_, classIndex) => {
    const waiting: { readonly contact: number; readonly classIndex: number }[] = [];
    let at = snapshot.firstWaiting(classIndex);
    while (at >= 0 && waiting.length < countMax) {
      waiting.push({ contact: at, classIndex });
      at = snapshot.nextWaiting(at);
    }
    return waiting;
  });
}
