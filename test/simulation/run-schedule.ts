/**
 * Runs one schedule from beginning to end: a platform with some content, its clients, its troubles,
 * a last restart, and then the reckoning.
 */
import { type RandomStream, randomStream } from "#foundation";
import { ACTORS } from "./actors.ts";
import { Ledger } from "./ledger.ts";
import { checkEndings, checkQuiet, checkStored } from "./promises.ts";
import {
  type Act,
  CALM,
  drawnSchedule,
  POLICY_VERSIONS,
  type Schedule,
  TENANTS,
} from "./schedule.ts";
import { itemSetOf, performAct, policyOf, principalOf } from "./simulated-clients.ts";
import { type SimulatedProcess, startProcess } from "./simulated-process.ts";
import { SimulatedDisk, type StorePlant } from "./simulated-store.ts";
import { VirtualTime } from "./virtual-time.ts";

/** What a schedule showed. */
export interface ScheduleReport {
  readonly seed: number;
  /** Promises broken, in words; empty when all were kept. */
  readonly broken: readonly string[];
  readonly ledger: Ledger;
  readonly virtualMs: number;
}

const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 100;

/** Runs the schedule of `seed`; with `plant`, over a store that has this bug. */
export async function runSchedule(seed: number, plant?: StorePlant): Promise<ScheduleReport> {
  const ledger = new Ledger();
  const heard = (reason: unknown) => ledger.broken.push(`unhandled rejection: ${String(reason)}`);
  process.on("unhandledRejection", heard);
  try {
    const stage = new Stage(drawnSchedule(seed), ledger, plant);
    await stage.play();
    return { seed, broken: ledger.broken, ledger, virtualMs: stage.time.nowMs };
  } finally {
    process.off("unhandledRejection", heard);
  }
}

class Stage {
  readonly time: VirtualTime;
  readonly #schedule: Schedule;
  readonly #ledger: Ledger;
  readonly #random: RandomStream;
  readonly #disk: SimulatedDisk;
  #process: SimulatedProcess | undefined;
  #isStopping = false;
  #running = 0;

  constructor(schedule: Schedule, ledger: Ledger, plant: StorePlant | undefined) {
    this.#schedule = schedule;
    this.#ledger = ledger;
    this.#random = randomStream(schedule.seed, "stage");
    this.time = new VirtualTime(this.#random.fork("time"));
    this.#disk = new SimulatedDisk(this.#random.fork("disk"), plant);
  }

  async play(): Promise<void> {
    await this.#start(CALM);
    await this.#until(() => this.#furnish());
    await this.#until(() => this.#stop());
    await this.#start(this.#schedule.weather);
    const fromMs = this.time.nowMs;
    for (const act of this.#schedule.acts) {
      this.#running += 1;
      this.time.at(fromMs + act.atMs, () => void this.#perform(act));
    }
    this.#watch();
    const ended = await this.#pass(() => this.#running === 0);
    if (!ended) this.#ledger.broken.push(`ending: ${this.#running} requests never ended`);
    await this.#comeToRest();
    checkEndings(this.#ledger);
    await this.#until(() => this.#reopened());
    await this.#until(async () => {
      if (this.#process !== undefined) await checkStored(this.#ledger, this.#process, this.#disk);
    });
  }

  /** Every tenant gets items and policies before anything happens. */
  async #furnish(): Promise<void> {
    const pipeline = this.#process?.pipeline;
    for (const actor of ACTORS) {
      for (const tenant of TENANTS) {
        const principal = principalOf(tenant);
        const items = actor.items?.(0);
        if (items !== undefined) {
          await pipeline?.putItems(principal, itemSetOf(actor), actor.type, items);
        }
        for (let version = 1; version <= POLICY_VERSIONS; version += 1) {
          await pipeline?.addPolicy(principal, policyOf(actor, tenant, version));
        }
      }
    }
  }

  async #perform(act: Act): Promise<void> {
    const { time } = this;
    const premises = { time, ledger: this.#ledger, process: () => this.#process };
    if (act.kind === "set-clock") time.setWallClock(act.byMs);
    else if (act.kind === "crash") await this.#crash(act.downMs);
    else if (act.kind === "restart") await this.#restart(act.downMs);
    else await performAct(premises, act);
    this.#running -= 1;
  }

  async #start(weather: Schedule["weather"]): Promise<void> {
    const random = this.#random.fork("process", this.#ledger.restarts);
    this.#ledger.restarts += 1;
    this.#process = await startProcess(this.time, this.#disk, random, weather);
  }

  async #crash(downMs: number): Promise<void> {
    const dying = this.#process;
    if (dying === undefined || this.#isStopping) return;
    this.#process = undefined;
    dying.kill();
    await new Promise<void>((resolve) => this.time.at(this.time.nowMs + downMs, resolve));
    await this.#start(this.#schedule.weather);
  }

  async #restart(downMs: number): Promise<void> {
    if (this.#process === undefined || this.#isStopping) return;
    await this.#stop();
    await new Promise<void>((resolve) => this.time.at(this.time.nowMs + downMs, resolve));
    await this.#start(this.#schedule.weather);
  }

  /** Ends the process in order: whoever is being served is served to the end. */
  async #stop(): Promise<void> {
    this.#isStopping = true;
    await this.#process?.pipeline.close();
    this.#process?.kill();
    this.#process = undefined;
    this.#isStopping = false;
  }

  /** Somebody asks for readiness now and then, and restarts what says it cannot go on. */
  #watch(): void {
    const look = async () => {
      const watched = this.#process;
      if (watched === undefined || this.#isStopping) return;
      const isWell = await Promise.race([watched.pipeline.ready(), watched.died]).then(
        () => true,
        () => false,
      );
      if (!isWell && watched === this.#process) await this.#crash(LOOK_EVERY_MS);
    };
    const lookOn = () => {
      if (this.#running === 0) return;
      void look();
      this.time.at(this.time.nowMs + LOOK_EVERY_MS, lookOn);
    };
    this.time.at(this.time.nowMs, lookOn);
  }

  /** Everything that is still under way comes to its end; nothing may be left over. */
  async #comeToRest(): Promise<void> {
    await this.#pass(() => false);
    if (this.#process !== undefined) checkQuiet(this.#ledger, this.#process);
  }

  async #reopened(): Promise<void> {
    if (this.#random.below(2) === 0) await this.#stop();
    this.#process?.kill();
    await this.#start(CALM);
  }

  /** Lets time pass until `work` is done. */
  async #until(work: () => Promise<void>): Promise<void> {
    let isDone = false;
    const working = work().then(
      () => {
        isDone = true;
      },
      (error: unknown) => {
        isDone = true;
        throw error;
      },
    );
    working.catch(() => {}); // Heard of below.
    const ended = await this.#pass(() => isDone);
    if (!ended) throw new Error("the stage waits for something that will never happen");
    await working;
  }

  async #pass(isOver: () => boolean): Promise<boolean> {
    const untilMs = this.time.nowMs + PATIENCE_MS;
    return await this.time.pass(isOver, untilMs, () => this.#process?.pool.passStops());
  }
}
