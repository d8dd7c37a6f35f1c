/**
 * Runs one scenario of scenarios.json with the JavaScript client; test/sdk/driver.py does the same
 * with the Python client.
 */
import { z } from "zod";
import { TandemClient, TandemError } from "#sdk";

const step = z.object({
  call: z.string(),
  arguments: z.array(z.json()).default([]),
  options: z.record(z.string(), z.json()).default({}),
  count: z.int().default(0),
});

/** A scenario: faults of the network by request, calls in order, and what they must come to. */
export const scenarioSchema = z.object({
  remark: z.string(),
  /** What the network does to the first request, the second, ...; all further ones pass. */
  faults: z.array(z.string()).default([]),
  client: z.record(z.string(), z.json()).default({}),
  steps: z.array(z.json()),
  expect: z.array(z.json()),
  /** Requests that reached the network. */
  requests: z.int().optional(),
  /** Decisions the platform made meanwhile. */
  decisionsMade: z.int(),
});

/** See {@link scenarioSchema}. */
export type Scenario = z.infer<typeof scenarioSchema>;

/** What one step came to. */
export type StepResult =
  | { readonly value: unknown }
  | {
      readonly error: Pick<TandemError, "code" | "status" | "retry" | "flaws" | "rules">;
    };

/** Runs the scenario's calls against `baseUrl`. */
export async function runScenario(scenario: Scenario, baseUrl: string): Promise<StepResult[]> {
  const client = new TandemClient({ baseUrl, ...scenario.client });
  const results: StepResult[] = [];
  for (const raw of scenario.steps) {
    const given = step.parse(resolved(raw, results));
    try {
      results.push({ value: await perform(client, given) });
    } catch (error) {
      if (!(error instanceof TandemError)) throw error;
      const { code, status, retry, flaws, rules } = error;
      results.push({ error: { code, status, retry, flaws, rules } });
    }
  }
  return results;
}

/** `{"$": [step, member, ...]}` stands for what an earlier step came to. */
function resolved(value: unknown, results: readonly StepResult[]): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(one, results));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value);
  const [name, path] = members[0] ?? [];
  if (members.length === 1 && name === "$") {
    const [first, ...rest] = z.array(z.union([z.int(), z.string()])).parse(path);
    return rest.reduce((found, key) => Object(found)[key], Object(results[Number(first)]).value);
  }
  return Object.fromEntries(members.map(([key, one]) => [key, resolved(one, results)]));
}

async function perform(client: TandemClient, given: z.infer<typeof step>): Promise<unknown> {
  const { call, arguments: positional, options, count } = given;
  if (call === "watch") return take(client.watch(options), count);
  if (call === "decisions") return take(client.decisions(options), count);
  const names = call.split(".");
  const owner = names.slice(0, -1).reduce((one, name) => Reflect.get(one, name), Object(client));
  const method: unknown = Reflect.get(owner, names.at(-1) ?? "");
  if (typeof method !== "function") throw new Error(`expected a method, got ${call}`);
  return Reflect.apply(method, owner, [...positional, options]);
}

async function take(items: AsyncGenerator<unknown>, count: number): Promise<unknown[]> {
  const taken: unknown[] = [];
  for await (const item of items) if (taken.push(item) >= count) break;
  return taken;
}
