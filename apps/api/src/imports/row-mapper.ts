import {
  aiSystemFieldsSchema,
  type AiSystemFields,
  type ImportMapping,
  type RowProblem,
} from '@plumbline/contracts';
import type { TableRow } from './table-file.ts';
import { comparable, optionNamed, targets, type Target } from './targets.ts';

/** A row as its mapping understands it; people and the organisation are still names. */
export interface MappedRow {
  readonly row: number;
  readonly organisation: string;
  readonly externalId: string;
  readonly identity: readonly string[];
  readonly name: string;
  readonly fields: AiSystemFields;
  /** Names or mail addresses of people, by field. */
  readonly people: Readonly<Record<'owner' | 'overseer', string>>;
  readonly stage: string | null;
  readonly tier: string | null;
  readonly impacting: string | null;
  readonly extra: Readonly<Record<string, string>>;
  readonly problems: readonly RowProblem[];
}

interface Plan {
  readonly at: number;
  readonly column: string;
  readonly target: Target;
  readonly values: ReadonlyMap<string, string | null>;
}

const tidy = (value: string): string => value.replaceAll(/\s+/g, ' ').trim();

/** Turns rows into AI systems by one mapping. Pure: the same row always becomes the same. */
export class RowMapper {
  private readonly plans: readonly Plan[];
  private readonly identity: readonly number[];

  constructor(columns: readonly string[], mapping: ImportMapping) {
    this.plans = mapping.columns.flatMap(({ column, target, values }) => {
      const at = columns.indexOf(column);
      const known = target === null ? undefined : targets.get(target);
      if (at < 0 || !known) return [];
      const comparableValues = Object.entries(values).map(
        ([value, option]) => [comparable(value), option] as const,
      );
      return [{ at, column, target: known, values: new Map(comparableValues) }];
    });
    const named = mapping.identity.map((column) => columns.indexOf(column));
    const name = this.plans.find(({ target }) => target.key === 'name');
    this.identity = named.length > 0 ? named : name ? [name.at] : [];
  }

  map({ row, cells }: TableRow): MappedRow {
    const problems: RowProblem[] = [];
    const extra: Record<string, string> = {};
    const values: Record<string, unknown> = {};
    for (const plan of this.plans) {
      const raw = cells[plan.at] ?? '';
      if (raw.trim() === '') continue;
      const reading = new Reading(plan, row, raw, problems);
      if (plan.target.key === 'extra') extra[plan.column] = reading.text();
      else values[plan.target.key] = reading.value() ?? undefined;
      if (reading.cut) extra[plan.column] = raw.trim().slice(0, 20_000);
    }
    const { name, organisation, stage, tier, impacting, owner, overseer, ...fields } = values;
    const externalId = values['external-id'];
    delete fields['external-id'];
    if (textOr(name) === '') {
      problems.push({
        ...{ row, column: null, value: null, severity: 'error' },
        problem: 'This row has no name.',
        cure: 'Write the name of the AI system, or delete the row.',
      });
    }
    return {
      row,
      organisation: textOr(organisation),
      externalId: textOr(externalId),
      identity: this.identity.map((at) => tidy(cells[at] ?? '')),
      name: textOr(name),
      fields: aiSystemFieldsSchema.parse(fields),
      people: { owner: textOr(owner), overseer: textOr(overseer) },
      stage: textOr(stage) || null,
      tier: textOr(tier) || null,
      impacting: textOr(impacting) || null,
      extra,
      problems,
    };
  }
}

const textOr = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One cell on its way to its target. */
class Reading {
  /** Whether the value was longer than its target holds. */
  cut = false;

  constructor(
    private readonly plan: Plan,
    private readonly row: number,
    private readonly raw: string,
    private readonly problems: RowProblem[],
  ) {}

  value(): string | readonly string[] | null {
    const { target } = this.plan;
    switch (target.kind) {
      case 'text':
        return this.text();
      case 'person':
      case 'people':
        return tidy(this.raw);
      case 'date':
        return this.date();
      case 'choice':
        return this.choice(this.raw);
      case 'choices':
        return this.choices();
    }
  }

  text(): string {
    const { target } = this.plan;
    const oneLine =
      target.key === 'extra' || target.maxLength > 300 ? this.raw.trim() : tidy(this.raw);
    if (oneLine.length <= target.maxLength) return oneLine;
    this.cut = target.key !== 'extra';
    this.note(
      'warning',
      `The text has ${oneLine.length} characters; ${target.maxLength} are kept.`,
      this.cut
        ? 'Shorten it later: the whole text is kept beside the system.'
        : 'Shorten the text in the file if its end matters.',
    );
    return oneLine.slice(0, target.maxLength - 1).trimEnd() + '…';
  }

  private choice(raw: string): string | null {
    const { target, values } = this.plan;
    const value = comparable(raw);
    if (values.has(value)) return values.get(value) ?? null;
    const option = optionNamed(target.options ?? [], raw);
    if (option === null) {
      const allowed = (target.options ?? []).map(({ label }) => label).join(', ');
      this.note(
        'error',
        `“${tidy(raw).slice(0, 80)}” is no value of “${target.label}”.`,
        `Say in the mapping what it means, or use one of: ${allowed}.`,
      );
    }
    return option;
  }

  private choices(): readonly string[] | null {
    // A whole cell may be mapped; otherwise each of its parts is.
    if (this.plan.values.has(comparable(this.raw))) {
      const whole = this.choice(this.raw);
      return whole === null ? null : [whole];
    }
    const parts = this.raw.split(/[;|\n]/).filter((part) => part.trim() !== '');
    const found = parts.map((part) => this.choice(part)).filter((part) => part !== null);
    return found.length > 0 ? [...new Set(found)] : null;
  }

  private date(): string | null {
    const value = tidy(this.raw);
    const date = readDate(value);
    if (date === null) {
      this.note(
        'error',
        `“${value.slice(0, 40)}” cannot be read as a date.`,
        'Write it like 2026-11-25 or 25 November 2026.',
      );
    }
    return date;
  }

  private note(severity: RowProblem['severity'], problem: string, cure: string): void {
    const value = this.raw.trim().slice(0, 200);
    this.problems.push({ row: this.row, column: this.plan.column, value, severity, problem, cure });
  }
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** A date that can be read one way only; `3/4/2026` cannot. */
export function readDate(text: string): string | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text);
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const words = /^(\d{1,2})\.? ([A-Za-z]{3,9})\.?,? (\d{4})$/.exec(text);
  if (!words) return null;
  const wanted = words[2]!.toLowerCase();
  const month = MONTHS.findIndex((name) => name.startsWith(wanted)) + 1;
  return month > 0 ? dateOf(Number(words[3]), month, Number(words[1])) : null;
}

function dateOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real && year >= 1900 && year <= 2200 ? date.toISOString().slice(0, 10) : null;
}
