/**
 * What routing draws on: the places of agents who are free now. Each place is one resource, and so
 * are all places of an agent together. Names are encoded, so that no two agents share one.
 */
import type { CapacityTotal, Draw } from "#capacity";
import type { ReserveWish } from "../decision-type.ts";
import type { Agent, RoutingQuestion } from "./question.ts";
import { agentOf } from "./request/parties.ts";
import type { RoutingAnswer, RoutingRequest } from "./schema.ts";

/** What a request wants reserved, and what it says is free. */
export function reserves({ reserve, agents }: RoutingRequest): ReserveWish | undefined {
  if (reserve === undefined) return undefined;
  const totals = agents
    .map(agentOf)
    .filter(({ freeInSeconds }) => freeInSeconds === 0)
    .flatMap(({ id, contactsMax, concurrency }): CapacityTotal[] => [
      { resource: agentResource(id), total: contactsMax },
      ...[...(concurrency ?? [])].map(([channel, total]) => {
        return { resource: channelResource(id, channel), total };
      }),
    ]);
  return { seconds: reserve.seconds, totals };
}

/** What an answer takes of it; contacts kept for agents who are not free yet take nothing. */
export function draws({ contacts, agents }: RoutingQuestion, answer: RoutingAnswer): Draw[] {
  const channelOf = new Map(contacts.map(({ id, channel }) => [id, channel]));
  const agentById = new Map(agents.map((agent) => [agent.id, agent]));
  const units = new Map<string, number>();
  const take = (resource: string) => units.set(resource, (units.get(resource) ?? 0) + 1);
  for (const action of answer.contacts) {
    if (action.action !== "assign") continue;
    take(agentResource(action.agent));
    const channel = channelOf.get(action.id);
    const isLimited = agentById.get(action.agent)?.concurrency !== undefined;
    if (isLimited && channel !== undefined) take(channelResource(action.agent, channel));
  }
  return Array.from(units, ([resource, count]) => ({ resource, units: count }));
}

/** The agent with no more places than are free. */
export function withinFree(agent: Agent, free: ReadonlyMap<string, number>): Agent {
  if (agent.freeInSeconds > 0) return agent;
  const { id, contactsMax, concurrency } = agent;
  const left = (resource: string, most: number) => Math.min(most, free.get(resource) ?? 0);
  return {
    ...agent,
    contactsMax: left(agentResource(id), contactsMax),
    concurrency:
      concurrency &&
      new Map(
        Array.from(concurrency, ([channel, open]) => {
          return [channel, left(channelResource(id, channel), open)] as const;
        }),
      ),
  };
}

function agentResource(id: string): string {
  return `agent/${encodeURIComponent(id)}`;
}

function channelResource(id: string, channel: string): string {
  return `${agentResource(id)}/${encodeURIComponent(channel)}`;
}
