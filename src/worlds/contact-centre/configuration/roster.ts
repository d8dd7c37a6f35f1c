/**
 * Rosters: from shifts as they are planned to the hours each agent is on duty during a run.
 */
import { DAY_SECONDS } from "../arrivals/rate-curve.ts";
import type { Duty } from "../centre.ts";
import type { GroupText, ShiftText } from "./schema.ts";

/** The duties of every agent of a group; one without shifts is always on duty. */
export function rosterOf({ agents, shifts }: GroupText, runSeconds: number): (readonly Duty[])[] {
  if (shifts === undefined) {
    const always = [{ fromSeconds: 0, untilSeconds: runSeconds }];
    return Array.from({ length: agents ?? 0 }, () => always);
  }
  return shifts.flatMap((shift) => {
    const duties = dutiesOf(shift, runSeconds);
    return Array.from({ length: shift.agents }, () => duties);
  });
}

/** A shift's hours between its breaks, day after day; the end of the run cuts the last ones. */
function dutiesOf(shift: ShiftText, runSeconds: number): Duty[] {
  const duties: Duty[] = [];
  // The first day's shift may have begun the day before.
  for (let day = -1; day * DAY_SECONDS < runSeconds; day += 1) {
    if (!shift.days.includes(((day + 7) % 7) + 1)) continue;
    const edges = [
      shift.fromMinute,
      ...shift.breaks.flatMap(({ fromMinute, untilMinute }) => [fromMinute, untilMinute]),
      shift.untilMinute,
    ].map((minute) => Math.min(runSeconds, Math.max(0, day * DAY_SECONDS + minute * 60)));
    for (let at = 0; at < edges.length; at += 2) {
      const [fromSeconds, untilSeconds] = [edges[at], edges[at + 1]];
      if (fromSeconds < untilSeconds) duties.push({ fromSeconds, untilSeconds });
    }
  }
  return duties;
}
