/**
 * Following a simulated week: opens its stream, keeps the latest look at the floor, ends with the
 * page for the board or with what went wrong.
 */
import type { Board, CentreFrame, Problem, WeekRequest } from "#wire";
import { Refusal } from "../api/client.ts";
import type { EventStream } from "../api/live.ts";

/** What a follower is told. */
export interface WeekEvents {
  frame(frame: CentreFrame): void;
  board(board: Board): void;
  failed(error: unknown): void;
}

/** Opens the events of a `POST`. */
export type OpenWeek = (url: string, body: WeekRequest) => EventStream;

/** The address of the study. */
const WEEK = "/v1/studies/contact-centre-week";

/** Follows a week until it ends or the returned function is called. */
export function followWeek(open: OpenWeek, plan: WeekRequest, events: WeekEvents): () => void {
  const stream = open(WEEK, plan);
  let isOver = false;
  const end = (tell: () => void) => {
    if (isOver) return;
    isOver = true;
    stream.close();
    tell();
  };
  stream.addEventListener("frame", ({ data }) => {
    if (!isOver) events.frame(JSON.parse(data ?? ""));
  });
  stream.addEventListener("board", ({ data }) => {
    end(() => events.board(JSON.parse(data ?? "")));
  });
  for (const type of ["failed", "refused"]) {
    stream.addEventListener(type, ({ data }) => {
      const problem: Problem = JSON.parse(data ?? "");
      end(() => events.failed(new Refusal(problem)));
    });
  }
  stream.addEventListener("error", () => {
    end(() => events.failed(new Error("The connection ended before the week did.")));
  });
  return () => end(() => {});
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** The centre's own time: `Tue 10:32`; in later weeks `Tue 10:32, week 2`. */
export function centreTime(atSeconds: number): string {
  const minutes = Math.floor(atSeconds / 60);
  const day = Math.floor(minutes / 1440);
  const pad = (number: number) => String(number).padStart(2, "0");
  const week = Math.floor(day / DAYS.length);
  const clock = `${pad(Math.floor(minutes / 60) % 24)}:${pad(minutes % 60)}`;
  const time = `${DAYS[day % DAYS.length]} ${clock}`;
  return week === 0 ? time : `${time}, week ${week + 1}`;
}

/** A wait as people read it. */
export function waitText(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
