/**
 * Store: tables and queries behind the pipeline's port, on an embedded PostgreSQL or on a server.
 * Knows nothing of rules: it keeps what it is given and returns it unchanged.
 */
export { type Restored, requireKnownSchema } from "./backup/restore-rows.ts";
export { type EmbeddedOptions, openEmbeddedStore } from "./embedded/embedded-store.ts";
export { restoreEmbeddedStore } from "./embedded/restore-embedded.ts";
export { serveStore } from "./embedded/serve.ts";
export { storeFaults } from "./faults.ts";
export { openMemoryStore } from "./memory-store.ts";
export type { PlatformStore } from "./platform-store.ts";
export { openPostgresStore, restorePostgresStore } from "./server-store.ts";
