/**
 * Everything this room keeps, for every room above that declares a port.
 */
import type { CapacityStore } from "#capacity";
import type { Store } from "#pipeline";
import type { ApiKeyStore } from "#security";

/** A store with the ports of all rooms. */
export interface PlatformStore extends Store, ApiKeyStore, CapacityStore {}
