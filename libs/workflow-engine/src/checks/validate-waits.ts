import type { Compiled } from '../definition/compiled.ts';
import type { Due, Step, Take } from '../definition/definition.ts';
import { isFactName } from '../expressions/dictionary.ts';
import type { Findings } from './findings.ts';
import { boundariesOf, exitsOf, reaches } from '../definition/graph.ts';
import { factsInText } from '../expressions/text.ts';
import { requireFact } from './validate-facts.ts';
import { checkNames } from './validate-graph.ts';

/** Checks boundaries, signals, messages, joins that do not wait for all, and undoing. */
export function checkWaits(compiled: Compiled, step: Step, findings: Findings): void {
  const place = `steps.${step.id}`;
  checkBoundaries(compiled, step, findings);
  switch (step.type) {
    case 'await':
      checkSignal(findings, place, step.signal);
      checkTakes(compiled, findings, `${place}.takes`, step.takes);
      if (step.keptFor) checkTime(findings, `${place}.keptFor`, step.keptFor);
      break;
    case 'signal':
      checkSignal(findings, place, step.signal);
      for (const { ours, theirs } of step.facts ?? []) {
        requireFact(compiled, findings, ours, { place: `${place}.facts` });
        checkName(findings, `${place}.facts`, theirs);
      }
      break;
    case 'tell':
      checkTell(compiled, step, findings);
      break;
    case 'join':
      checkEnough(compiled, step, findings);
      break;
    case 'undo':
      checkUndo(compiled, step, findings);
      break;
    default:
  }
  if ('undoneBy' in step && step.undoneBy !== undefined) {
    const { undoneBy, id } = step;
    const undone = compiled.definition.steps.some(
      (one) => one.type === 'undo' && (!one.steps || one.steps.includes(id)),
    );
    if (!compiled.steps.has(undoneBy)) {
      findings.error('unknown-step', `${place}.undoneBy`, `There is no step “${undoneBy}”.`);
    } else if (!undone) {
      const message = 'No undo step undoes this, so it is never undone. Add one or remove this.';
      findings.warn('bad-undo', `${place}.undoneBy`, message);
    }
  }
}

function checkBoundaries(compiled: Compiled, step: Step, findings: Findings): void {
  const place = `steps.${step.id}.boundaries`;
  const boundaries = boundariesOf(step);
  checkNames(
    findings,
    place,
    boundaries.map(({ id }) => id),
  );
  for (const boundary of boundaries) {
    const at = `${place}.${boundary.id}`;
    if ('after' in boundary) {
      checkTime(findings, `${at}.after`, boundary.after);
      continue;
    }
    checkSignal(findings, at, boundary.signal);
    checkTakes(compiled, findings, `${at}.takes`, boundary.takes);
    if (step.type === 'await' && step.signal === boundary.signal) {
      const message =
        'The step waits for this very signal: its boundary and it would both take it.';
      findings.error('bad-signal', at, message);
    }
  }
}

function checkTakes(
  compiled: Compiled,
  findings: Findings,
  place: string,
  takes: readonly Take[] | undefined,
): void {
  for (const { ours, theirs } of takes ?? []) {
    requireFact(compiled, findings, ours, { place, source: 'run' });
    checkName(findings, place, theirs);
  }
}

function checkSignal(findings: Findings, place: string, signal: string): void {
  checkName(findings, `${place}.signal`, signal);
}

function checkName(findings: Findings, place: string, name: string): void {
  if (!isFactName(name)) findings.error('bad-name', place, `“${name}” is not a name.`);
}

function checkTell(
  compiled: Compiled,
  step: Step & { readonly type: 'tell' },
  findings: Findings,
): void {
  const place = `steps.${step.id}`;
  const { roles = [], people = [], title, text } = step;
  if (roles.length + people.length === 0) {
    findings.error('bad-signal', place, 'Nobody is told. Name roles, or facts that hold people.');
  }
  for (const role of roles) {
    if (!/^[a-z]+\.[a-z_]+$/.test(role)) {
      findings.error('bad-name', `${place}.roles`, `“${role}” is not a role.`);
    }
  }
  for (const name of people) {
    const wanted = { place: `${place}.people`, kinds: ['person', 'people'] } as const;
    requireFact(compiled, findings, name, wanted);
  }
  for (const name of factsInText(`${title} ${text}`)) {
    requireFact(compiled, findings, name, { place: `${place}.text` });
  }
}

function checkEnough(
  { steps }: Compiled,
  step: Step & { readonly type: 'join' },
  findings: Findings,
): void {
  const parallel = steps.get(step.closes);
  if (!step.enough || !('count' in step.enough) || parallel?.type !== 'parallel') return;
  const { count } = step.enough;
  const most = parallel.branches.length;
  if (!Number.isInteger(count) || count < 1 || count > most) {
    const message = `So many branches must arrive: a whole number from 1 to ${most}.`;
    findings.error('bad-number', `steps.${step.id}.enough`, message);
  }
}

/** What undoes a step must lead back, or the steps finished before it stay as they are. */
function checkUndo(
  { steps }: Compiled,
  step: Step & { readonly type: 'undo' },
  findings: Findings,
): void {
  const place = `steps.${step.id}.steps`;
  for (const id of step.steps ?? []) {
    const other = steps.get(id);
    if (!other) findings.error('unknown-step', place, `There is no step “${id}”.`);
    else if (!('undoneBy' in other) || other.undoneBy === undefined) {
      findings.error('bad-undo', place, `“${id}” does not say which step undoes it.`);
    }
  }
  const undoing = exitsOf(step, steps).filter(({ by }) => by === 'undo');
  if (undoing.length === 0) {
    findings.warn('bad-undo', place, 'No step says what undoes it: there is nothing to undo.');
  }
  for (const { to, key } of undoing) {
    if (!steps.has(to) || reaches(to, step.id, steps)) continue;
    const message = `“${to}”, which undoes “${key}”, does not lead back here.`;
    findings.error('bad-undo', place, message);
  }
}

/** Checks an amount of time. */
export function checkTime(findings: Findings, place: string, { amount }: Due): void {
  if (!Number.isFinite(amount) || amount < 0 || amount > 10_000) {
    findings.error('bad-number', place, 'A time must be between 0 and 10,000.');
  }
}
