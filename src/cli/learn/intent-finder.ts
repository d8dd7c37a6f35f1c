/**
 * The intent model a command is given as a file, and what tells by it.
 */
import { Option } from "commander";
import { sha256Hex } from "#foundation";
import { classifyIntent, decodeIntentModel } from "#learning";
import type { IntentFinder } from "#pipeline";
import { fileBytes } from "../input-file.ts";

/** `--intents`. */
export function intentsOption(): Option {
  return new Option(
    "--intents <file>",
    "intent model that tells what texts are about; `tandem learn intents` makes one",
  );
}

/**
 * Tells by the model in the file at `path`; `undefined` where none is named.
 *
 * @throws Fault `file-unreadable`, or `intent-model-unreadable` when the file holds no model.
 */
export function intentFinder(path: string | undefined): IntentFinder | undefined {
  if (path === undefined) return undefined;
  const bytes = fileBytes(path);
  const model = decodeIntentModel(bytes);
  return {
    model: sha256Hex(bytes),
    find: (text) => {
      const { intent, probability, abstained } = classifyIntent(model, text);
      return { intent, probability, abstained };
    },
  };
}
