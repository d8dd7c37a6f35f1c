/** Where an optional package is, if it is: CP-SAT's is a peer that who wants it installs. */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/** The address to import a module by; `undefined` where its package is not installed. */
export function packageAddress(module: string): string | undefined {
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve(module)).href;
  } catch {
    return undefined;
  }
}
