import type { Facts, FactValue } from '../expressions/condition.ts';
import type { DefinitionProblem } from '../definition/definition-problem.ts';
import type { Due } from '../definition/definition.ts';
import { NotPlain, plainCopy } from '../definition/plain-copy.ts';
import { label, names, prose } from '../definition/rule-shape.ts';
import type { ApprovalCondition, BusinessCalendar, Refusal } from '../run/run.ts';
import type { CaseStep, ChildStep, SavedCase, WorkStep } from './saved-case.ts';
import {
  byField,
  either,
  isObject,
  list,
  name,
  number,
  object,
  oneOf,
  optional,
  record,
  type Shape,
  type Spot,
  text,
} from '../expressions/shape.ts';

/** More problems than this help nobody at once. */
const maxProblems = 100;
/** The most cases that are kept with a workflow, and steps in one of them. */
export const maxCases = 200;
export const maxCaseSteps = 200;

/** Saved cases read from untrusted data, or everything that is wrong with their shape. */
export type ParsedCases =
  | { readonly cases: readonly SavedCase[]; readonly problems: readonly [] }
  | { readonly cases: null; readonly problems: readonly DefinitionProblem[] };

const factValue: Shape<FactValue> = {
  check: (value, { path, report }) => {
    if (!isFactValue(value)) {
      report(path, 'This must be what a fact can hold: text, a number, yes or no, a list or rows.');
    }
  },
  json: () => ({}),
};

function isFactValue(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (!Array.isArray(value) || depth > 5) return false;
  return value.every(
    (item: unknown) =>
      typeof item === 'string' ||
      (isObject(item) && Object.values(item).every((cell) => isFactValue(cell, depth + 1))),
  );
}

const facts: Shape<Facts> = record(factValue, 1_000);
const instant = text(40);

const due = object<Due>({
  amount: number(0, 10_000),
  unit: oneOf('business-days', 'business-hours', 'calendar-days'),
});

const dates = list(text(10), { most: 2_000 });

const calendar = object<BusinessCalendar>({
  timeZone: text(80),
  workingDays: list(number(1, 7, true), { most: 7 }),
  ...{ startHour: number(0, 24), endHour: number(0, 24), dueFactor: number(0, 100) },
  ...{ holidays: dates, halfDays: optional(dates) },
});

const approvalCondition = object<ApprovalCondition>({ text: prose, owner: name(), due: text(10) });
const item = optional(number(1, 200, true));

const workStep = object<WorkStep>({
  step: name(),
  item,
  by: optional(name()),
  person: optional(name()),
  answers: optional(facts),
  outcome: optional(name()),
  reason: optional(prose),
  conditions: optional(list(approvalCondition, { most: 50 })),
  sendBackTo: optional(name()),
  action: optional(oneOf('claim', 'release', 'hold', 'continue')),
  refused: optional(text(40) as Shape<Refusal['code']>),
});

const nothing: Shape<null> = {
  check: (value, { path, report }) => {
    if (value !== null) report(path, 'This must be empty.');
  },
  json: () => ({ type: 'null' }),
};

const caseStep = byField<CaseStep>({
  step: workStep,
  skipTime: object<Extract<CaseStep, { readonly skipTime: unknown }>>({
    skipTime: either<Due | 'next'>('a length of time or “next”', oneOf('next'), due),
  }),
  signal: object<Extract<CaseStep, { readonly signal: unknown }>>({
    signal: name(),
    facts: optional(facts),
  }),
  child: object<ChildStep>({
    ...{ child: name(), item, facts: optional(facts) },
    outcome: either<string | null>('an outcome or null', name(), nothing),
  }),
  around: object<Extract<CaseStep, { readonly around: unknown }>>({ around: facts }),
  cancel: object<Extract<CaseStep, { readonly cancel: unknown }>>({ cancel: prose }),
});

const savedCase = object<SavedCase>({
  name: label,
  facts,
  around: optional(
    object<NonNullable<SavedCase['around']>>({
      now: optional(instant),
      facts: optional(facts),
      calendar: optional(calendar),
    }),
  ),
  stubs: optional(
    record(
      object<NonNullable<SavedCase['stubs']>[string]>({ outcome: name(), facts: optional(facts) }),
      200,
    ),
  ),
  steps: list(caseStep, { most: maxCaseSteps }),
  expects: optional(
    object<NonNullable<SavedCase['expects']>>({
      ending: optional(either<string | null>('the name of an ending or null', name(), nothing)),
      facts: optional(facts),
      waitsAt: optional(names),
    }),
  ),
});

const savedCases = list(savedCase, { most: maxCases, by: 'name' });

/**
 * Reads saved cases from untrusted data: every field is checked, nothing unknown is taken over,
 * limits are kept. The cases are copies. Never throws. Whether they fit a workflow shows when they
 * are played.
 */
export function parseCases(value: unknown): ParsedCases {
  const problems: DefinitionProblem[] = [];
  const report: Spot['report'] = (path, message) => {
    if (problems.length >= maxProblems) return;
    const place = path.join('.').slice(0, 400);
    problems.push({ code: 'bad-shape', severity: 'error', place, message });
  };
  let copy: unknown = null;
  try {
    copy = plainCopy(value);
    savedCases.check(copy, { path: ['cases'], report });
  } catch (error) {
    if (error instanceof NotPlain) report(['cases', ...error.path], error.message);
    else report(['cases'], 'This cannot be read as data.');
  }
  if (problems.length === 0) checkTimes(copy as readonly SavedCase[], report);
  return problems.length === 0
    ? { cases: copy as readonly SavedCase[], problems: [] }
    : { cases: null, problems };
}

/** What no shape says: instants must be instants, calendars must have working time. */
function checkTimes(cases: readonly SavedCase[], report: Spot['report']): void {
  const seen = new Set<string>();
  for (const { name: called, around = {} } of cases) {
    if (seen.has(called)) report(['cases', called], `“${called}” occurs twice. Rename one.`);
    seen.add(called);
    const { now, calendar: times } = around;
    if (now !== undefined && Number.isNaN(Date.parse(now))) {
      report(['cases', called, 'around', 'now'], 'This must be an ISO instant.');
    }
    if (!times) continue;
    const at = ['cases', called, 'around', 'calendar'];
    if (times.workingDays.length === 0 || times.endHour <= times.startHour) {
      report(at, 'The calendar leaves no time to work in.');
    }
    if (!isTimeZone(times.timeZone)) report([...at, 'timeZone'], 'There is no such time zone.');
  }
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
