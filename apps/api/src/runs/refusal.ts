import type { Refusal } from '@plumbline/workflow-engine';
import { Problem } from '../platform/problems.ts';

/** Not this person's to do (403), or not at this point of the run (409); otherwise the request itself. */
const STATUS: Readonly<Partial<Record<Refusal['code'], 403 | 409>>> = {
  'not-your-role': 403,
  'adviser-never-approves': 403,
  'separation-of-duties': 403,
  'run-not-active': 409,
  'unknown-task': 409,
  'already-decided': 409,
  'taken-by-someone-else': 409,
  'unknown-timer': 409,
  'timer-not-due': 409,
  'unknown-child': 409,
  'already-started': 409,
  'run-suspended': 409,
  'run-not-suspended': 409,
  'task-on-hold': 409,
  'task-not-on-hold': 409,
  'not-your-turn': 409,
  'signal-not-awaited': 409,
};

/** What the engine refused, as the API says it: code, rule, problems by field, unmet conditions. */
export function problemOf(refusal: Refusal): Problem {
  const { code, message, rule, problems, unmet } = refusal;
  return new Problem(STATUS[code] ?? 422, code, message, {
    ...(rule !== undefined && { rule }),
    ...(problems && {
      problems: problems.map(({ path, message: text }) => ({ field: path, message: text })),
    }),
    ...(unmet && { unmet }),
  });
}
