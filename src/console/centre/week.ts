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

/** A wait as people read it. */
export function waitText(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
