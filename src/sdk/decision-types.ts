/**
 * Which decision types there are, with what each asks and answers. In the checkout any id goes and
 * both are JSON; the published package carries a declaration of this file that is written from the
 * catalogue when it is built, so that a misspelt type or member does not compile.
 */
import type { DecisionView } from "#wire";

/** Any JSON value. */
export type Json = DecisionView["record"];

/** A JSON object. */
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** Decision types by id. */
export interface DecisionTypes {
  readonly [id: string]: { readonly request: JsonObject; readonly answer: Json };
}
