/**
 * The contact centre of the simulated week: five needs and five teams, each team at home in one
 * need and somewhat slower in the next, staffed for the day's curve so that the peaks hurt. Its
 * calendar has opening days only, six to a week and all alike: what is paired with the next day's
 * hour is then never paired with a Sunday's.
 */
import { AssertionError } from "#foundation";
import { type Centre, readCentre } from "#worlds";

/** Calls of a usual day and mean seconds an agent at home in them takes. */
const NEEDS = [
  { id: "accounts", perDay: 1300, handleSeconds: 180 },
  { id: "cards", perDay: 1050, handleSeconds: 220 },
  { id: "loans", perDay: 800, handleSeconds: 300 },
  { id: "insurance", perDay: 900, handleSeconds: 260 },
  { id: "technical", perDay: 1100, handleSeconds: 240 },
];

/** Calls of an hour beside those of the busiest, from midnight on; every opening day alike. */
const DAY_CURVE = [
  ...[0, 0, 0, 0, 0, 0, 0, 0.45, 0.8, 1, 1, 1],
  ...[0.9, 0.9, 0.85, 0.85, 0.75, 0.6, 0.5, 0.4, 0.3, 0, 0, 0],
];

/** Agents who begin at an hour, for eight hours with half an hour off in the middle. */
const SHIFTS = [
  { agents: 5, fromHour: 7 },
  { agents: 4, fromHour: 9 },
  { agents: 5, fromHour: 13 },
];
const SHIFT_MINUTES = 480;
const BREAK_MINUTES = 30;
const SECOND_SKILL = 0.8;

/** What comes of a contact that the team at home serves; the next one does a quarter worse. */
const OUTCOME = {
  resolved: 0.82,
  transferred: 0.04,
  satisfaction: {
    ...{ mean: 4.3, deviation: 0.7, unresolvedLoss: 1.4, lossPerMinute: 0.15 },
    answeredShare: 0.3,
  },
};

/** The centre over so many opening days, staffed on every one of them. */
export function exampleCentre(days: number): Centre {
  const dayHours = DAY_CURVE.reduce((sum, share) => sum + share, 0);
  const description = {
    classes: NEEDS.map(({ id, perDay, handleSeconds }) => ({
      id,
      arrivals: {
        kind: "table",
        stepMinutes: 60,
        perHour: DAY_CURVE.map((share) => (perDay * share) / dayHours),
      },
      dayCv: 0.03,
      handle: { kind: "log-normal", meanSeconds: handleSeconds, cv: 0.8 },
      patience: { kind: "log-normal", meanSeconds: 150, cv: 0.8 },
      redial: { probability: 0.3, delay: { kind: "exponential", meanSeconds: 900 } },
      withinSeconds: 20,
      outcome: OUTCOME,
    })),
    groups: NEEDS.map(({ id }, index) => ({
      id: `${id}-team`,
      skills: { [id]: 1, [NEEDS[(index + 1) % NEEDS.length].id]: SECOND_SKILL },
      shifts: SHIFTS.map(({ agents, fromHour }) => shiftOf(agents, fromHour * 60)),
    })),
    hours: days * 24,
    warmUpHours: 0,
  };
  return readCentre(description, (file) => {
    throw new AssertionError(`expected no file of calls, got ${file}`);
  });
}

function shiftOf(agents: number, fromMinute: number) {
  const untilMinute = fromMinute + SHIFT_MINUTES;
  const middle = (fromMinute + untilMinute - BREAK_MINUTES) / 2;
  const breaks = [{ fromMinute: middle, untilMinute: middle + BREAK_MINUTES }];
  return { agents, fromMinute, untilMinute, breaks };
}
