import type { PublishWorkflow, WorkflowProblem } from '@plumbline/contracts';
import { Refused } from '../platform/problems.ts';

/** Refuses to publish what has errors, and names them. */
export function refuseErrors(problems: readonly WorkflowProblem[]): void {
  const found = problems.filter(({ severity }) => severity === 'error');
  if (found.length === 0) return;
  throw new Refused(
    'definition-has-errors',
    `This cannot be published: ${found.length === 1 ? 'one problem has' : `${found.length} problems have`} to be mended first.`,
    { found },
  );
}

/** Refuses to publish over warnings that the publisher has not named. */
export function refuseUnread(
  problems: readonly WorkflowProblem[],
  acknowledged: PublishWorkflow['acknowledged'],
): void {
  const isRead = ({ code, place }: WorkflowProblem) =>
    acknowledged.some((read) => read.code === code && read.place === place);
  const found = problems.filter((each) => each.severity === 'warning' && !isRead(each));
  if (found.length === 0) return;
  throw new Refused(
    'warnings-not-acknowledged',
    'There are warnings that you have not confirmed. Read them, and name each in “acknowledged”.',
    { found },
  );
}
