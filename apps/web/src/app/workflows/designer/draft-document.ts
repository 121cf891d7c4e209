import { parseDefinition, type WorkflowDefinition } from '@plumbline/workflow-engine';
import type { Design, Layout, Place } from '../model/design.ts';

/** A definition and a layout as the API keeps them. */
export interface KeptDocument {
  readonly definition: Readonly<Record<string, unknown>>;
  readonly layout: Readonly<Record<string, unknown>>;
}

/**
 * The design in a kept document; null when it is none at all. A document with flaws in its parts
 * opens all the same: the check says what is wrong with it, and it can be mended here.
 */
export function readDesign({ definition, layout }: KeptDocument): Design | null {
  const read = parseDefinition(definition).definition ?? (isNearly(definition) ? definition : null);
  return read ? { definition: read, layout: readLayout(layout) } : null;
}

/** The document to keep. */
export function writeDesign({ definition, layout }: Design): KeptDocument {
  return { definition: { ...definition }, layout: { places: layout } };
}

function isNearly(value: object): value is WorkflowDefinition {
  const lists = ['steps', 'facts', 'stages'].map((key): unknown => Reflect.get(value, key));
  const [steps] = lists;
  return (
    lists.every(Array.isArray) &&
    Array.isArray(steps) &&
    steps.every(
      (step: unknown) =>
        typeof step === 'object' &&
        step !== null &&
        'id' in step &&
        'type' in step &&
        'name' in step,
    )
  );
}

function readLayout({ places }: Readonly<Record<string, unknown>>): Layout {
  if (typeof places !== 'object' || places === null) return {};
  const kept = Object.entries(places).filter((entry): entry is [string, Place] =>
    isPlace(entry[1]),
  );
  return Object.fromEntries(kept.map(([id, { x, y }]) => [id, { x, y }]));
}

const isPlace = (value: unknown): value is Place =>
  typeof value === 'object' &&
  value !== null &&
  'x' in value &&
  Number.isFinite(value.x) &&
  'y' in value &&
  Number.isFinite(value.y);
