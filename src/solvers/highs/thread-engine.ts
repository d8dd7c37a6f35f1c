/** The engine of this thread: one, for whoever solves on it. */
import { Engine } from "./engine.ts";

/** Empty until it is prepared. */
export const engine = new Engine();
