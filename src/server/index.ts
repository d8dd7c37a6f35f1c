/**
 * Server: the HTTP edge. Translates between requests and the sentences of the pipeline, decides who
 * gets in, and says no in one form. Knows nothing of solving, statistics, or which store is in use.
 */
export { announceServer, serverHolding, withdrawServer } from "./access/address-file.ts";
export type { RateLimits } from "./access/rate-limit.ts";
export type { AdmissionLimits } from "./admission.ts";
export { serverFaults } from "./faults.ts";
export { type Doors, wayIn } from "./intake/gate.ts";
export { parseJsonBody } from "./intake/json-body.ts";
export { createServer, type Patience, type ServerOptions, type TandemServer } from "./server.ts";
export type { StaticPage } from "./static-page.ts";
export { keyShown } from "./translate.ts";
