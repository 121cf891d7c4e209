import {
  LucideArrowUpRight,
  LucideBell,
  LucideCalculator,
  LucideClock,
  LucideCornerDownLeft,
  LucideFlag,
  LucideGitFork,
  LucideGitMerge,
  type LucideIconData,
  LucideListChecks,
  LucideMessageSquareText,
  LucideRadio,
  LucideScale,
  LucideTable2,
  LucideUndo2,
  LucideWrench,
} from '@lucide/angular';
import type { Step } from '@plumbline/workflow-engine';

/** The sign of each kind of step. */
export const VERB_ICONS: Readonly<Record<Step['type'], LucideIconData>> = {
  form: LucideListChecks.icon,
  task: LucideWrench.icon,
  approval: LucideScale.icon,
  check: LucideCalculator.icon,
  table: LucideTable2.icon,
  timer: LucideClock.icon,
  await: LucideBell.icon,
  signal: LucideRadio.icon,
  tell: LucideMessageSquareText.icon,
  'sub-workflow': LucideArrowUpRight.icon,
  parallel: LucideGitFork.icon,
  join: LucideGitMerge.icon,
  undo: LucideUndo2.icon,
  'path-end': LucideCornerDownLeft.icon,
  end: LucideFlag.icon,
};
