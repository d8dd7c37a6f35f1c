/**
 * The contract of a decision type. One record says everything about it; route, OpenAPI, form,
 * command-line help and the conformance suite are derived. A type is written against its own
 * request, question and answer types; the catalogue holds them all behind {@link DecisionType},
 * whose `pose` closes over those types.
 *
 * The words: a *request* is what the caller sent; a *question* is the request made complete, with
 * policy defaults filled in and registered items joined, and is all that `check` and `explain` may
 * look at.
 */

import type { z } from "zod";
import type { CapacityTotal, Draw } from "#capacity";
import type { Json } from "#foundation";
import type { IntentVerdict } from "#learning";
import type { Problem, Sample } from "#problem";
import type { Policy } from "./policy.ts";

/** A registered set of items, as a decision type sees it. */
export interface ItemSet {
  readonly name: string;
  readonly version: number;
  /** Digest of the registered content. */
  readonly digest: string;
  /** What the type's `prepareItems` made of it. */
  readonly prepared: unknown;
}

/** What a text was found to be about, or that it is not clear. */
export type FoundIntent = Omit<IntentVerdict, "alternatives">;

/** What a request is read against. */
export interface Setting {
  readonly policy: Policy;
  readonly items: ItemSet | undefined;
  /**
   * What is free of each resource the request's reservation is about; absent where none was asked
   * for. Recorded, so a replay sees the same.
   */
  readonly free?: ReadonlyMap<string, number> | undefined;
  /**
   * What the texts of the request were found to be about, by the id of what carries each; absent
   * where nobody can tell. Recorded, so a replay sees the same when the texts have been erased.
   */
  readonly intents?: ReadonlyMap<string, FoundIntent> | undefined;
  /** When the decision is made; ages are counted to here. Recorded, so a replay counts the same. */
  readonly atUtcMs: number;
}

/** A request's wish that what its answer uses is reserved. */
export interface ReserveWish {
  readonly seconds: number;
  /** Every resource its answers may draw on, with how much of it the request says there is. */
  readonly totals: readonly CapacityTotal[];
}

/** The independent verdict on an answer, from the question alone. */
export interface CheckReport {
  readonly objective: number;
  /** Hard rules broken; empty for an acceptable answer. */
  readonly broken: readonly string[];
  /** Soft rules broken, with the penalty paid for each. */
  readonly paid: readonly {
    readonly rule: string;
    readonly count: number;
    readonly cost: number;
  }[];
}

/** One statement about the answer, in words generated from its fields. */
export interface Reason {
  readonly subject: string;
  readonly kind: "chosen" | "left-out" | "answer";
  readonly text: string;
  readonly facts: { readonly [name: string]: Json };
}

/** A request on its way to an answer; holds the type's own question inside. */
export interface PosedDecision {
  readonly problem: Problem;
  /** The type's fast deterministic rule; `undefined` when the rule finds nothing feasible. */
  rule(): Sample | undefined;
  /** The answer a sample means. */
  read(sample: Sample): Json;
  /** Judges any answer, also one that did not come from `read`. Shares no code with `formulate`. */
  check(answer: Json): CheckReport;
  explain(answer: Json): readonly Reason[];
  /** What the answer uses of shared resources. */
  draws(answer: Json): readonly Draw[];
}

/** An item as an answer shows it. */
export interface ShownItem {
  readonly item: string;
  /** Counted from 1. */
  readonly position: number;
}

/** How a decision type describes itself in documents and forms. */
export interface DecisionTypeFacts {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly summary: string;
  readonly requestSchema: z.ZodType;
  readonly answerSchema: z.ZodType;
  /** The schema of one registered item; absent if the type takes none. */
  readonly itemSchema: z.ZodType | undefined;
  /** Kinds of outcome that make sense for it, e.g. `click`, `order`. */
  readonly outcomeKinds: readonly string[];
  readonly defaultPolicy: Policy;
  /**
   * Request members that are personal; kept apart from the rest and erasable, so that a request has
   * to be whole without them. Each is top-level, or in the entries of a top-level list:
   * `list[].member`.
   */
  readonly personalMembers: readonly string[];
  /** A request that works as printed. */
  readonly example: Json;
}

/** A decision type with its own types filled in; what the author of a type writes. */
export interface DecisionDefinition<Request, Question, Posed extends Problem, Answer>
  extends Omit<DecisionTypeFacts, "answerSchema"> {
  readonly answerSchema: z.ZodType<Answer>;
  /** @throws Fault listing every flaw of a body that breaks the schema or a rule across fields. */
  parse(body: unknown): Request;
  /** What the request says about how it wants to be decided. */
  readOptions(request: Request): RequestOptions;
  /** @throws Fault listing every flaw in a policy's `defaults` and `bounds`. */
  checkPolicy(policy: Policy): void;
  /** Checks and indexes the items of a set once, when it is registered or loaded. */
  prepareItems(items: readonly Json[]): unknown;
  /** @throws Fault (invalid) for what the policy forbids, (missing) for unknown items. */
  complete(request: Request, setting: Setting): Question;
  formulate(question: Question): Posed;
  rule(question: Question, problem: Posed): Sample | undefined;
  read(question: Question, sample: Sample): Answer;
  check(question: Question, answer: Answer): CheckReport;
  explain(question: Question, problem: Posed, answer: Answer): readonly Reason[];
  /** The items an answer shows: those an outcome may name. */
  shown(answer: Answer): readonly ShownItem[];
  /** Of a type that draws on shared capacity: what a request wants reserved, if it does. */
  readonly reserves?: ((request: Request) => ReserveWish | undefined) | undefined;
  readonly draws?: ((question: Question, answer: Answer) => readonly Draw[]) | undefined;
  /** Of a type that asks what texts are about: the texts, by the id of what carries each. */
  readonly texts?: ((request: Request) => ReadonlyMap<string, string>) | undefined;
}

/** The part of every request the platform itself reads. */
export interface RequestOptions {
  readonly deadlineMs: number | undefined;
  readonly policy: string | undefined;
  readonly seed: number | undefined;
  /** Name of a registered item set. */
  readonly items: string | undefined;
}

/** A parsed request that can be posed once its policy and items are known. */
export interface ParsedRequest {
  readonly options: RequestOptions;
  readonly reserve: ReserveWish | undefined;
  /** Texts to be told the intents of, by the id of what carries each. */
  readonly texts: ReadonlyMap<string, string>;
  pose(setting: Setting): PosedDecision;
}

/** A decision type as the rest of the platform sees it. */
export interface DecisionType extends DecisionTypeFacts {
  parse(body: unknown): ParsedRequest;
  checkPolicy(policy: Policy): void;
  prepareItems(items: readonly Json[]): unknown;
  shown(answer: Json): readonly ShownItem[];
}

/** Closes a definition over its own types. */
export function decisionType<Request, Question, Posed extends Problem, Answer extends Json>(
  definition: DecisionDefinition<Request, Question, Posed, Answer>,
): DecisionType {
  const { parse, complete, formulate, rule, read, check, explain, shown, readOptions, ...others } =
    definition;
  const { reserves, draws, texts, ...facts } = others;
  // The schema is the only way from JSON back to the type's own answer.
  const answerOf = (answer: Json): Answer => definition.answerSchema.parse(answer);
  return Object.freeze({
    ...facts,
    shown: (answer: Json) => shown(answerOf(answer)),
    parse: (body: unknown): ParsedRequest => {
      const request = parse(body);
      return {
        options: readOptions(request),
        reserve: reserves?.(request),
        texts: texts?.(request) ?? new Map(),
        pose: (setting) => {
          const question = complete(request, setting);
          const problem = formulate(question);
          // An answer that came from here is of the type's own kind already.
          let own: Answer | undefined;
          const back = (answer: Json) =>
            own !== undefined && answer === own ? own : answerOf(answer);
          return {
            problem,
            rule: () => rule(question, problem),
            read: (sample) => {
              own = read(question, sample);
              return own;
            },
            check: (answer) => check(question, back(answer)),
            explain: (answer) => explain(question, problem, back(answer)),
            draws: (answer) => draws?.(question, back(answer)) ?? [],
          };
        },
      };
    },
  });
}
