import type { Condition } from '../expressions/condition.ts';
import type {
  Due,
  DueOn,
  DueRule,
  EscalationLevel,
  Step,
  StepId,
  WorkflowDefinition,
} from '../definition/definition.ts';
import { roleInWords } from './authority.ts';

const units = {
  'business-days': ['business day', 'business days'],
  'business-hours': ['business hour', 'business hours'],
  'calendar-days': ['calendar day', 'calendar days'],
} as const;

const signs = {
  equal: 'is',
  'not-equal': 'is not',
  in: 'is one of',
  'not-in': 'is none of',
  includes: 'includes',
  'at-least': 'is at least',
  'at-most': 'is at most',
  above: 'is above',
  below: 'is below',
  known: 'is known',
  unknown: 'is not known',
  empty: 'is empty',
  'not-empty': 'is not empty',
} as const;

/** What kind a step is, with its article: “a form”. */
export const stepKinds: Readonly<Record<Step['type'], string>> = {
  form: 'a form',
  task: 'a task',
  approval: 'a decision',
  check: 'a check',
  table: 'a decision table',
  timer: 'a wait',
  await: 'a wait for a signal',
  signal: 'a signal',
  tell: 'a message',
  undo: 'a step that undoes',
  'sub-workflow': 'a sub-workflow',
  parallel: 'a split into branches',
  join: 'a meeting of branches',
  'path-end': 'an end of a side path',
  end: 'an ending',
};

/** Plain words for the parts of one definition, its questions by their labels. */
export class Words {
  private readonly labels: ReadonlyMap<string, string>;
  private readonly names: ReadonlyMap<StepId, string>;

  constructor(definition: WorkflowDefinition) {
    const fields = definition.steps.flatMap((step) =>
      'form' in step ? step.form.sections.flatMap((section) => section.fields) : [],
    );
    this.labels = new Map(fields.map(({ key, label }) => [key, label]));
    this.names = new Map(definition.steps.map(({ id, name }) => [id, name]));
  }

  /** “Describe the use”, with its quotation marks. */
  step(id: StepId): string {
    return quoted(this.names.get(id) ?? id);
  }

  /** A fact by the label of its question, else by its name. */
  fact(name: string): string {
    return quoted(this.labels.get(name) ?? nameInWords(name));
  }

  facts(names: readonly string[] = []): string {
    return names.length === 0 ? 'nothing' : listed(names.map((name) => this.fact(name)));
  }

  /** A condition: “Score” is at least 14 and “Tier” is not “high”. */
  condition(condition: Condition): string {
    if ('all' in condition) return this.group(condition.all, 'and', 'always');
    if ('any' in condition) return this.group(condition.any, 'or', 'never');
    if ('not' in condition) return `not (${this.condition(condition.not)})`;
    if ('cel' in condition) return `${quoted(condition.cel)} holds`;
    const { fact, is, value } = condition;
    const said = `${this.fact(fact)} ${signs[is]}`;
    return value === undefined ? said : `${said} ${valueInWords(value)}`;
  }

  /** When something happens that has a condition or none: “always”, “when … ”. */
  when(condition: Condition | undefined): string {
    return condition ? `when ${this.condition(condition)}` : 'always';
  }

  /** A deadline: “in 3 business days”, “on “Start date””. */
  due(due: Due | DueOn): string {
    return 'on' in due ? `on ${this.fact(due.on)}` : `in ${dueInWords(due)}`;
  }

  /** All rules of a deadline together. */
  dueRules(rules: readonly DueRule[] = []): string {
    if (rules.length === 0) return 'not due at any time';
    const said = rules.map(
      ({ due, when, pauses }) =>
        this.due(due) +
        (when ? ` when ${this.condition(when)}` : '') +
        (pauses === false ? ' (also while on hold)' : ''),
    );
    return `due ${said.join(', else ')}`;
  }

  /** What a level of an escalation chain does. */
  level(level: EscalationLevel): string {
    switch (level.action) {
      case 'remind':
        return 'its people are reminded';
      case 'tell':
        return `${roleName(level.role)} is told`;
      case 'reassign': {
        const to = level.role === undefined ? this.fact(level.assignee ?? '') : null;
        return `it goes to ${to ?? roleName(level.role ?? '')}`;
      }
      case 'settle':
        return `it is settled as ${quoted(level.outcome)}`;
    }
  }

  private group(parts: readonly Condition[], by: 'and' | 'or', none: string): string {
    if (parts.length === 0) return none;
    return parts
      .map((part) =>
        ('all' in part || 'any' in part) && parts.length > 1
          ? `(${this.condition(part)})`
          : this.condition(part),
      )
      .join(` ${by} `);
  }
}

/** A length of time: “3 business days”. */
export function dueInWords({ amount, unit }: Due): string {
  return `${amount} ${units[unit][amount === 1 ? 0 : 1]}`;
}

/** A role in quotation marks: “risk owner”. */
export function roleName(role: string): string {
  return quoted(roleInWords(role));
}

export function quoted(text: string): string {
  return `“${text}”`;
}

/** “a, b and c”. */
export function listed(items: readonly string[]): string {
  const [last, ...others] = [...items].reverse();
  return others.length === 0 ? (last ?? '') : `${others.reverse().join(', ')} and ${last ?? ''}`;
}

/** A value as people read it. */
export function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return 'not known';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) {
    return value.length === 0 ? 'nothing' : listed(value.map((item) => valueInWords(item)));
  }
  return JSON.stringify(value);
}

/** `residualLevel` as “residual level”. */
function nameInWords(name: string): string {
  return name
    .replaceAll(/[._-]/g, ' ')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
}
