import type { Condition } from '../expressions/condition.ts';
import type { Change, ChangedPart } from './difference.ts';
import type { StepId } from '../definition/definition.ts';
import type { Words } from '../people/words.ts';

/** Collects changes, in the words of both versions. */
export class Report {
  readonly changes: Change[] = [];
  /** The words of the version before and of the one after. */
  readonly was: Words;
  readonly now: Words;

  constructor(was: Words, now: Words) {
    this.was = was;
    this.now = now;
  }

  add(change: Change): void {
    this.changes.push(change);
  }

  /** Reports about one step, or about the workflow as a whole. */
  at(step: StepId | null): Place {
    return new Place(this, step);
  }

  /** “always”, or “when …”, before and after. */
  whens(before: Condition | undefined, after: Condition | undefined): readonly [string, string] {
    return [this.was.when(before), this.now.when(after)];
  }
}

/** One step in a report. */
export class Place {
  readonly report: Report;
  readonly was: Words;
  readonly now: Words;
  private readonly step: StepId | null;

  constructor(report: Report, step: StepId | null) {
    this.report = report;
    this.was = report.was;
    this.now = report.now;
    this.step = step;
  }

  /** A change that people who work with the workflow notice. */
  noticed(kind: Change['kind'], part: ChangedPart, where: string, text: string): void {
    this.tell({ kind, part, place: this.placeOf(where), text, noticeable: true });
  }

  /** A change that shows only in the definition. */
  quiet(kind: Change['kind'], part: ChangedPart, where: string, text: string): void {
    this.tell({ kind, part, place: this.placeOf(where), text, noticeable: false });
  }

  private tell(change: Omit<Change, 'step'>): void {
    this.report.add({ ...change, step: this.step });
  }

  private placeOf(where: string): string {
    if (this.step === null) return where;
    return where === '' ? `steps.${this.step}` : `steps.${this.step}.${where}`;
  }
}
