/**
 * Experiments: who gets what, what came of it, whether it is shown, and what it is worth. Knows
 * nothing of how a decision was solved.
 */
export {
  type ArmName,
  assignMoment,
  assignSlice,
  checkedSwitchback,
  type SliceAssignment,
  type SwitchbackDesign,
  sliceCount,
} from "./assignment/switchback-design.ts";
export {
  assignUnit,
  checkedSplit,
  type SplitDesign,
  type SplitSubject,
  type UnitAssignment,
} from "./assignment/unit-split.ts";
export { type ReadExperiment, readExperiment } from "./documents/experiment-document.ts";
export { EXPERIMENT_FAULTS } from "./faults.ts";
export { KPI_NAMES, type Kpi, type KpiName, kpiNamed } from "./outcomes/kpis.ts";
export {
  type AbandonConvention,
  type ContactOutcome,
  type ServiceLevelRule,
  type SliceTotals,
  type Staffing,
  tallySlices,
} from "./outcomes/slice-totals.ts";
export type { UnitOutcome } from "./outcomes/unit-outcome.ts";
export { FINDING_WORDS } from "./reading/finding.ts";
export {
  readSplit,
  type SplitObservations,
  type SplitPlan,
  type SplitReading,
} from "./reading/read-split.ts";
export {
  type ReadingPlan,
  readSwitchback,
  type SwitchbackObservations,
} from "./reading/read-switchback.ts";
export {
  type Conclusion,
  changeText,
  type ExperimentReading,
  type FigureReading,
  figureTexts,
  shareText,
} from "./reading/reading.ts";
export { type BusinessCase, readBusinessCase } from "./roi/business-case.ts";
export {
  type CaseReading,
  type GateReading,
  type MoneyRange,
  moneyText,
  readCase,
} from "./roi/case-reading.ts";
export type { Improvement } from "./roi/measured-uplift.ts";
export type { Quantity } from "./roi/quantity.ts";
