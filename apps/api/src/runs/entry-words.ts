import type { Facts, FactValue, RunEvent, WorkflowDefinition } from '@plumbline/workflow-engine';
import { factInWords, factLabel } from './fact-words.ts';
import { repairInWords } from './repair-words.ts';
import { dateInWords, plain, roleInWords, type Names } from './plain-words.ts';

/** Ids of people that these facts name, for looking their names up. */
export function peopleIn(definition: WorkflowDefinition, facts: Facts): string[] {
  return definition.facts
    .filter(({ type }) => type.kind === 'person' || type.kind === 'people' || type.kind === 'list')
    .flatMap(({ name }) => stringsIn(facts[name] ?? null))
    .filter((text) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text));
}

function stringsIn(value: FactValue): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return (value as readonly FactValue[]).flatMap((item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.values(item).flatMap(stringsIn)
      : stringsIn(item),
  );
}

/** One event of a run in words, or null for the machinery between them. */
export interface EntryInWords {
  readonly text: string;
  readonly detail: string | null;
}

/** What happened, as the timeline says it. */
export function entryInWords(
  event: RunEvent,
  definition: WorkflowDefinition,
  names: Names,
): EntryInWords | null {
  const stepName = (id: string) => definition.steps.find((step) => step.id === id)?.name ?? id;
  const ofKey = (key: string) => stepName(key.slice(0, key.lastIndexOf('#')));
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id)?.name ?? 'someone'));
  const say = (text: string, detail: string | null = null): EntryInWords => ({ text, detail });
  switch (event.type) {
    case 'run-started':
      return say(`${definition.name} started`);
    case 'step-skipped':
      return say(`“${stepName(event.step)}” was not needed`);
    case 'task-opened':
      return say(
        `“${stepName(event.task.step)}” waits for ${nameOf(event.task.assignee) ?? roleInWords(event.task.role)}`,
      );
    case 'task-claimed':
      return say(`“${ofKey(event.key)}” taken by ${nameOf(event.assignee) ?? 'someone'}`);
    case 'task-released':
      return say(`“${ofKey(event.key)}” given back`);
    case 'task-assigned':
      return say(
        `“${ofKey(event.key)}” given to ${nameOf(event.assignee) ?? 'everyone with the role'}`,
      );
    case 'task-submitted':
      return say(`“${stepName(event.step)}” done`, waivedInWords(event.waived));
    case 'decision-recorded': {
      const step = definition.steps.find(({ id }) => id === event.step);
      const outcomes = step?.type === 'approval' ? step.outcomes : [];
      const label = outcomes.find(({ key }) => key === event.outcome)?.label ?? event.outcome;
      const text = `“${stepName(event.step)}”: ${label}${event.final ? '' : ' (one more must decide)'}`;
      return say(text, event.reason === '' ? null : event.reason);
    }
    case 'sent-back':
      return say(`“${stepName(event.step)}” sent back to “${stepName(event.to)}”`, event.reason);
    case 'authority-changed':
      return say(`“${ofKey(event.key)}” now needs ${event.needed} × ${roleInWords(event.role)}`);
    case 'table-evaluated': {
      const outputs = Object.entries(event.outputs)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => {
          const words = factInWords(definition, name, value, names);
          return `${factLabel(definition, name)}: ${words}`;
        });
      return say(`“${stepName(event.step)}” worked out`, outputs.join('; ') || null);
    }
    case 'timer-armed':
      // Boundaries and levels of an escalation are told when they happen.
      if (event.kind !== undefined && event.kind !== 'wait') return null;
      return say(`“${stepName(event.step)}” waits until ${dateInWords(event.dueAt)}`);
    case 'timer-fired':
      if (/[!^]/.test(event.key)) return null;
      return say(`“${stepName(event.step)}”: the wait is over`);
    case 'child-started':
      return say(`“${stepName(event.step)}” started`);
    case 'child-ended':
      return say(`“${stepName(event.step)}” finished`, plain(event.outcome));
    case 'run-ended':
      return say(`${definition.name} ended: ${plain(event.outcome).toLowerCase()}`);
    case 'run-cancelled':
      return say(`${definition.name} cancelled`, event.reason);
    case 'task-closed':
      return event.why === 'cancelled' ? say(`“${ofKey(event.key)}” is no longer needed`) : null;
    default:
      return laterInWords(event, definition, names);
  }
}

/** The events of pauses, people, signals, items and repairs. */
function laterInWords(
  event: RunEvent,
  definition: WorkflowDefinition,
  names: Names,
): EntryInWords | null {
  const stepName = (id: string) => definition.steps.find((step) => step.id === id)?.name ?? id;
  const ofKey = (key: string) => `“${stepName(key.slice(0, key.lastIndexOf('#')))}”`;
  const nameOf = (id: string) => names.get(id)?.name ?? 'someone';
  const say = (text: string, detail: string | null = null): EntryInWords => ({ text, detail });
  switch (event.type) {
    case 'run-suspended':
      return say(`${definition.name} suspended`, event.reason);
    case 'run-resumed':
      return say(`${definition.name} goes on`, event.reason);
    case 'deadline-moved': {
      // An escalation moves along with its task, which tells it.
      if (event.key.includes('^')) return null;
      const why = event.cause === 'calendar' ? 'The working calendar changed.' : null;
      return say(
        `${ofKey(event.key)} is now due on ${dateInWords(event.dueAt)}`,
        event.reason ?? why,
      );
    }
    case 'task-held':
      return say(`${ofKey(event.key)} put on hold`, event.reason);
    case 'task-continued':
      return say(`${ofKey(event.key)} goes on`);
    case 'task-delegated':
      return say(`${ofKey(event.key)} handed to ${nameOf(event.assignee)}`, event.reason);
    case 'task-escalated':
      return say(`${ofKey(event.key)} ${escalated(event)}`);
    case 'step-failed':
      return say(`“${stepName(event.step)}” could not be carried out`, event.message);
    case 'boundary-fired': {
      const step = definition.steps.find(({ id }) => id === event.step);
      const all = step && 'boundaries' in step ? (step.boundaries ?? []) : [];
      const label = all.find(({ id }) => id === event.boundary)?.label ?? event.boundary;
      return say(
        `“${stepName(event.step)}”: ${label}`,
        event.interrupts ? 'The step was left for it.' : null,
      );
    }
    case 'signal-awaited':
      return /!/.test(event.key)
        ? null
        : say(`“${stepName(event.step)}” waits for the signal “${plain(event.signal)}”`);
    case 'signal-received':
      return say(
        `Signal “${plain(event.signal)}” received`,
        event.kept ? 'Kept for the step that waits for it.' : null,
      );
    case 'signal-sent':
      return say(`Signal “${plain(event.signal)}” sent`);
    case 'people-told':
      return say(`“${stepName(event.step)}”: ${event.title}`, event.text);
    case 'items-started':
      return say(`“${stepName(event.step)}” started for ${event.items.length} items`);
    case 'step-undone':
      return say(`“${stepName(event.step)}” undone`);
    case 'run-repaired':
      return say(`Repaired: ${repairInWords(event.action, definition)}`, event.reason);
    case 'run-migrated':
      return say('Moved to another version of the workflow', event.reason);
    default:
      return null;
  }
}

function escalated({ action, level, ...event }: RunEvent & { type: 'task-escalated' }): string {
  const role = event.role === null ? 'someone else' : roleInWords(event.role);
  switch (action) {
    case 'remind':
      return `escalated, level ${level}: reminded`;
    case 'tell':
      return `escalated, level ${level}: ${role} told`;
    case 'reassign':
      return `escalated, level ${level}: given to ${role}`;
    case 'settle':
      return `escalated, level ${level}: settled as ${plain(event.outcome ?? '').toLowerCase()}`;
  }
}

const waivedInWords = (waived: readonly string[]): string | null =>
  waived.length === 0 ? null : `Allowed by a declared exception to ${waived.join(', ')}`;
