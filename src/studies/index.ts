/**
 * Studies: a world, the platform and an experiment put together, from the first contact to the
 * money. Whoever runs one says how decisions are made and how fast time goes.
 */
export { type Board, type BoardFigure, boardOf, type MoneyLine } from "./board/board.ts";
export { boardPage } from "./board/board-page.ts";
export type {
  ArmNow,
  CentreFrame,
  ClassNow,
  GroupNow,
} from "./week/floor-watch.ts";
export {
  type CentreWeek,
  runCentreWeek,
  type WeekHost,
  type WeekPlan,
} from "./week/run-centre-week.ts";
export { type TickDecision, tickDecision, unhurried } from "./week/tick-decision.ts";
export { checkedDays } from "./week/week-design.ts";
