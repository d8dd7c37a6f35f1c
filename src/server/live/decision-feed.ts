/**
 * The feed of decisions as they are made, for those who watch. It remembers the latest, so that a
 * watcher whose connection broke can go on where it was. A feed is one process's own: what another
 * process decides on the same store shows in the list, not here.
 */
import type { TenantId } from "#foundation";
import type { DecisionSummary } from "#wire";

/** What a watcher is told. */
export interface Watcher {
  decided(decision: DecisionSummary): void;
  /** The feed has ended; nothing more will come. */
  ended(): void;
}

/** Decisions as they are made, each seen by its tenant alone. */
export interface DecisionFeed {
  publish(tenant: TenantId, decision: DecisionSummary): void;
  /**
   * Tells `watcher` first what came after the decision `afterId`, then everything new. `missed` is
   * true if `afterId` is no longer remembered: then nothing but the new can be told.
   */
  watch(
    tenant: TenantId,
    watcher: Watcher,
    afterId?: string,
  ): { readonly missed: boolean; leave(): void };
  close(): void;
}

interface Published {
  readonly tenant: TenantId;
  readonly decision: DecisionSummary;
}

/** How many decisions back a watcher can resume. */
const REMEMBERED_MAX = 500;

/** Opens an empty feed. */
export function openDecisionFeed(): DecisionFeed {
  const watchers = new Map<Watcher, TenantId>();
  /** By id, in the order of publication. */
  const remembered = new Map<string, Published>();

  function publish(tenant: TenantId, decision: DecisionSummary): void {
    // A repeated request gets its first reply again; it is no new decision.
    if (remembered.has(decision.decisionId)) return;
    remembered.set(decision.decisionId, { tenant, decision });
    const oldest = remembered.size > REMEMBERED_MAX ? remembered.keys().next().value : undefined;
    if (oldest !== undefined) remembered.delete(oldest);
    for (const [watcher, of] of watchers) if (of === tenant) watcher.decided(decision);
  }

  return {
    publish,
    watch: (tenant, watcher, afterId) => {
      const own = [...remembered.values()].filter((one) => one.tenant === tenant);
      const at = own.findIndex((one) => one.decision.decisionId === afterId);
      const missed = afterId !== undefined && at < 0;
      const since = afterId === undefined || missed ? [] : own.slice(at + 1);
      for (const { decision } of since) watcher.decided(decision);
      watchers.set(watcher, tenant);
      return { missed, leave: () => void watchers.delete(watcher) };
    },
    close: () => {
      for (const watcher of watchers.keys()) watcher.ended();
      watchers.clear();
    },
  };
}
