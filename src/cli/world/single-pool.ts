/**
 * The centre of the command line's own options: one class, one pool of agents, as Erlang's formulas
 * have it, so that the formulas can stand beside what is simulated.
 */
import { erlangA, erlangC } from "#statistics";
import { type Centre, type MeasureName, readCentre } from "#worlds";

/** One pool, in seconds and contacts per hour. */
export interface SinglePool {
  readonly perHour: number;
  readonly handleSeconds: number;
  /** Standard deviation over mean of log-normal handling; exponential if absent. */
  readonly handleCv: number | undefined;
  readonly agents: number;
  /** Mean patience, exponential; for ever if absent. */
  readonly patienceSeconds: number | undefined;
  readonly withinSeconds: number;
  readonly hours: number;
  readonly warmUpHours: number;
}

/** The centre of a pool. @throws Fault listing every flaw. */
export function singlePoolCentre(pool: SinglePool): Centre {
  const { perHour, handleSeconds, handleCv, agents, patienceSeconds, withinSeconds } = pool;
  const handle =
    handleCv === undefined
      ? { kind: "exponential", meanSeconds: handleSeconds }
      : { kind: "log-normal", meanSeconds: handleSeconds, cv: handleCv };
  const patience =
    patienceSeconds === undefined
      ? {}
      : { patience: { kind: "exponential", meanSeconds: patienceSeconds } };
  const arrivals = { kind: "constant", perHour };
  const body = {
    classes: [{ id: "calls", arrivals, handle, withinSeconds, ...patience }],
    groups: [{ id: "agents", agents, skills: { calls: 1 } }],
    hours: pool.hours,
    warmUpHours: pool.warmUpHours,
  };
  return readCentre(body, () => {
    throw new Error("a single pool names no file");
  });
}

/** What Erlang's formulas say of a pool; `undefined` where they do not apply. */
export function closedForm(
  pool: SinglePool,
): Readonly<Partial<Record<MeasureName, number>>> | undefined {
  const { perHour, handleSeconds, handleCv, agents, patienceSeconds, withinSeconds } = pool;
  if (handleCv !== undefined || perHour === 0) return undefined;
  const line = { arrivalRate: perHour / 3600, handleTimeMean: handleSeconds, agents };
  if (patienceSeconds !== undefined) {
    const figures = erlangA({ ...line, patienceMean: patienceSeconds });
    return {
      pWait: figures.waitProbability,
      meanWaitSeconds: figures.waitMean,
      abandonment: figures.abandonProbability,
      occupancy: figures.occupancy,
      queueMean: figures.waitMean * line.arrivalRate,
    };
  }
  if (isOverloaded(pool)) return undefined;
  const figures = erlangC(line);
  return {
    pWait: figures.waitProbability,
    asaSeconds: figures.waitMean,
    meanWaitSeconds: figures.waitMean,
    serviceLevel: figures.serviceLevel(withinSeconds),
    abandonment: 0,
    occupancy: figures.occupancy,
    queueMean: figures.waitMean * line.arrivalRate,
  };
}

/** Whether more work arrives than the agents can do and nobody gives up. */
export function isOverloaded(pool: SinglePool): boolean {
  const { perHour, handleSeconds, agents, patienceSeconds } = pool;
  return patienceSeconds === undefined && (perHour / 3600) * handleSeconds >= agents;
}
