import { ROLE_LABELS } from '@plumbline/policies';
import type {
  FactDeclaration,
  Facts,
  FactValue,
  Field,
  RunEvent,
  WorkflowDefinition,
} from '@plumbline/workflow-engine';

/** Names of people by id, for texts that mention them. */
export type Names = ReadonlyMap<string, { readonly name: string }>;

const date = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `2026-11-25` or an instant as “25 November 2026”, in the given time zone for an instant. */
export function dateInWords(iso: string, timeZone?: string): string {
  const at = new Date(iso);
  if (timeZone === undefined || !iso.includes('T')) return date.format(at);
  return at.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone,
  });
}

/** What a role is called on screens. */
export const roleInWords = (role: string): string =>
  Object.entries(ROLE_LABELS).find(([key]) => key === role)?.[1] ?? plain(role);

/** `off-the-shelf-tool` as “Off the shelf tool”: a key where no label is written down. */
const plain = (key: string): string => {
  const text = key.replace(/^.*\./, '').replaceAll(/[-_]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** How a run ended, in words. */
export const outcomeInWords = (outcome: string): string => plain(outcome).toLowerCase();

/** All questions of a definition by the fact that each answer becomes. */
function fieldsOf(definition: WorkflowDefinition): ReadonlyMap<string, Field> {
  return new Map(
    definition.steps
      .flatMap((step) => ('form' in step ? step.form.sections : []))
      .flatMap(({ fields }) => fields)
      .map((field) => [field.key, field]),
  );
}

const optionLabels = new WeakMap<WorkflowDefinition, ReadonlyMap<string, Field>>();

function fieldOf(definition: WorkflowDefinition, name: string): Field | undefined {
  let fields = optionLabels.get(definition);
  if (!fields) optionLabels.set(definition, (fields = fieldsOf(definition)));
  return fields.get(name);
}

/** What a fact is called: its description, else the question that it answers, else its name. */
export function factLabel(definition: WorkflowDefinition, name: string): string {
  const declared = definition.facts.find((fact) => fact.name === name);
  return declared?.description ?? fieldOf(definition, name)?.label ?? plain(name);
}

/** A fact's value in words; an unknown one is said to be unknown. */
export function factInWords(
  definition: WorkflowDefinition,
  name: string,
  value: FactValue | undefined,
  names: Names,
): string {
  if (value === null || value === undefined || value === '') return 'Not known';
  const declared = definition.facts.find((fact) => fact.name === name);
  return inWords(value, declared, fieldOf(definition, name), names);
}

function inWords(
  value: FactValue,
  declared: FactDeclaration | undefined,
  field: Field | undefined,
  names: Names,
): string {
  if (value === null) return 'Not known';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'number') return scaleLabel(value, field);
  if (typeof value === 'string') return textInWords(value, declared, field, names);
  if (value.length === 0) return 'None';
  return value
    .map((item) =>
      typeof item === 'string'
        ? textInWords(item, declared, field, names)
        : rowInWords(item, field, names),
    )
    .join(declared?.type.kind === 'list' ? '; ' : ', ');
}

function scaleLabel(value: number, field: Field | undefined): string {
  const label = field?.type === 'scale' ? field.labels[value - field.min] : undefined;
  return label === undefined ? String(value) : `${value} (${label})`;
}

function textInWords(
  value: string,
  declared: FactDeclaration | undefined,
  field: Field | undefined,
  names: Names,
): string {
  const kind = declared?.type.kind;
  if (kind === 'person' || kind === 'people') return names.get(value)?.name ?? 'Someone';
  if (kind === 'date') return dateInWords(value);
  if (kind === 'choice' || kind === 'choices') {
    const options = field && 'options' in field ? field.options : [];
    return options.find(({ key }) => key === value)?.label ?? plain(value);
  }
  if (kind === 'evidence') return 'Evidence attached';
  return value;
}

function rowInWords(
  row: Readonly<Record<string, FactValue>>,
  field: Field | undefined,
  names: Names,
): string {
  const fields = field?.type === 'repeat' ? field.fields : [];
  return Object.entries(row)
    .filter(([, value]) => value !== null && value !== '')
    .map(([key, value]) => {
      const question = fields.find((known) => known.key === key);
      const kind = question?.type === 'person' ? ({ kind: 'person' } as const) : undefined;
      const declared = kind && { name: key, type: kind, source: 'form' as const };
      return inWords(value, declared, question, names);
    })
    .join(' · ');
}

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
      return say(`“${stepName(event.step)}” waits until ${dateInWords(event.dueAt)}`);
    case 'timer-fired':
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
      return null;
  }
}

const waivedInWords = (waived: readonly string[]): string | null =>
  waived.length === 0 ? null : `Allowed by a declared exception to ${waived.join(', ')}`;
