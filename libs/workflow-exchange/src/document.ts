import type { DefinitionProblem, StepId, WorkflowDefinition } from '@plumbline/workflow-engine';

/** The upper left corner of a step on the canvas. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where people put the steps of a workflow; empty: it is laid out by itself. */
export interface Layout {
  readonly places: Readonly<Record<StepId, Place>>;
}

/** What a file holds: a definition, and beside it where its steps stand. */
export interface WorkflowDocument {
  readonly definition: WorkflowDefinition;
  readonly layout: Layout;
}

/** Something in a file that could not be taken over as it is. */
export interface Note {
  /** The element's id and name in the file; its kind in the words of the file's format. */
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  /** `changed`: taken over as something else. `left`: not taken over. */
  readonly what: 'changed' | 'left';
  /** Why, and what to do, in plain words. */
  readonly message: string;
}

/** A file that was read, with everything that it said and ours does not; or why it cannot be read. */
export type ReadFile =
  | {
      readonly document: WorkflowDocument;
      readonly notes: readonly Note[];
      /** The step that each element of the file became, by the element's id. */
      readonly taken: Readonly<Record<string, StepId>>;
      readonly problems: readonly [];
    }
  | {
      readonly document: null;
      readonly notes: readonly [];
      readonly problems: readonly DefinitionProblem[];
    };

/** The largest file that is read, in characters. */
export const maxFileLength = 5_000_000;

/** A refusal of a whole file. */
export function unreadable(place: string, message: string): ReadFile {
  const problem: DefinitionProblem = { code: 'bad-shape', severity: 'error', place, message };
  return { document: null, notes: [], problems: [problem] };
}

/** Places that can be used, whatever a file calls a layout. */
export function readLayout(value: unknown): Layout {
  const given = field(value, 'places');
  const places: Record<StepId, Place> = {};
  for (const [id, place] of Object.entries(given ?? {}).slice(0, 1000)) {
    const [x, y] = [field(place, 'x'), field(place, 'y')];
    if (typeof x === 'number' && typeof y === 'number' && Number.isFinite(x) && Number.isFinite(y))
      places[id] = { x, y };
  }
  return { places };
}

/** An own property of an object of any kind. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
