import type { FactDeclaration, Step, StepId } from '@plumbline/workflow-engine';
import {
  type Command,
  type Design,
  freeName,
  nameOf,
  type Place,
  refused,
  stepOf,
  withSteps,
} from './design.ts';
import { factUses } from './facts.ts';
import { mainWay, withTargets } from './ways.ts';

/** Steps on the clipboard, with the facts that they speak of. */
export interface Clip {
  readonly plumbline: 'workflow-steps';
  readonly steps: readonly Step[];
  readonly facts: readonly FactDeclaration[];
  readonly places: Readonly<Record<StepId, Place>>;
}

/** The steps as text for the clipboard. A split brings its join, and a join its split. */
export function copySteps(
  design: Design,
  ids: readonly StepId[],
  places: ReadonlyMap<StepId, Place>,
): string {
  const wanted = new Set(ids);
  for (const step of design.definition.steps) {
    if (step.type === 'parallel' && (wanted.has(step.id) || wanted.has(step.join))) {
      wanted.add(step.id).add(step.join);
    }
  }
  const steps = design.definition.steps.filter(({ id }) => wanted.has(id));
  const uses = factUses({ ...design.definition, steps });
  const facts = design.definition.facts.filter(({ name }) => {
    const use = uses.get(name);
    return use && use.setBy.length + use.readBy.length > 0;
  });
  const at = Object.fromEntries(
    steps.flatMap(({ id }) => {
      const place = places.get(id);
      return place ? [[id, place]] : [];
    }),
  );
  const clip: Clip = { plumbline: 'workflow-steps', steps, facts, places: at };
  return JSON.stringify(clip);
}

/** What the clipboard holds, if it holds steps. */
export function readClip(text: string): Clip | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null; // Any other text: not ours.
  }
  const ours =
    typeof value === 'object' &&
    value !== null &&
    'plumbline' in value &&
    value.plumbline === 'workflow-steps' &&
    'steps' in value &&
    Array.isArray(value.steps) &&
    value.steps.every(isStep) &&
    'facts' in value &&
    Array.isArray(value.facts);
  return ours ? (value as Clip) : null;
}

const isStep = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'type' in value &&
  typeof value.type === 'string';

/**
 * Pastes steps under ids of their own: after `after` on its way on, else with nothing leading there.
 * Ways to steps that were not copied go; facts that are not declared here come along.
 */
export function pasteSteps(clip: Clip, after: StepId | null): Command {
  return (design) => {
    const { definition } = design;
    if (clip.steps.length === 0) return refused(design, 'nothing');
    const taken = definition.steps.map(({ id }) => id);
    const ids = new Map<StepId, StepId>();
    for (const { id } of clip.steps) {
      const free = freeName(id, taken);
      taken.push(free);
      ids.set(id, free);
    }
    const stages = new Set(definition.stages.map(({ key }) => key));
    const anchor = after === null ? undefined : stepOf(design, after);
    const stage = anchor?.stage ?? definition.stages[0]?.key ?? '';
    const pasted = clip.steps.map((step): Step => {
      const moved = renumbered(step, ids);
      return stages.has(moved.stage) ? moved : { ...moved, stage };
    });
    const known = new Set(definition.facts.map(({ name }) => name));
    const facts = clip.facts.filter(({ name }) => !known.has(name));
    const way = anchor && anchor.type !== 'parallel' ? mainWay(anchor) : null;
    const head = pasted[0];
    const tail = pasted.findLast((step) => 'next' in step || step.type === 'approval');
    const linked = way && head && tail ? way : null;
    const steps = [...definition.steps, ...pasted].map((step) => {
      if (linked && step.id === linked.from && head) {
        return withTargets(step, (one) => (one.id === linked.id ? head.id : one.to));
      }
      if (linked && step === tail && 'next' in step && step.next.length === 0) {
        return { ...step, next: [{ to: linked.to }] };
      }
      return step;
    });
    const lost = !definition.steps.some(({ id }) => id === definition.start);
    const start = lost && head ? head.id : definition.start;
    const withThem = withSteps(
      { ...design, definition: { ...definition, start, facts: [...definition.facts, ...facts] } },
      steps,
    );
    return {
      design: { ...withThem, layout: pastedLayout(design, clip, ids) },
      said: {
        key: 'pasted',
        values: { count: pasted.length, after: after === null ? '' : nameOf(design, after) },
      },
      select: head?.id ?? null,
    };
  };
}

function renumbered(step: Step, ids: ReadonlyMap<StepId, StepId>): Step {
  const own = (id: StepId): StepId => ids.get(id) ?? id;
  let moved = withTargets({ ...step, id: own(step.id) }, (way) => ids.get(way.to) ?? null);
  if (moved.type === 'parallel') moved = { ...moved, join: own(moved.join) };
  if (moved.type === 'join') moved = { ...moved, closes: own(moved.closes) };
  if ('separation' in moved && moved.separation) {
    const separation = moved.separation.map((rule) =>
      rule.steps ? { ...rule, steps: rule.steps.flatMap((id) => ids.get(id) ?? []) } : rule,
    );
    moved = { ...moved, separation };
  }
  if (moved.type === 'undo' && moved.steps) {
    moved = { ...moved, steps: moved.steps.flatMap((id) => ids.get(id) ?? []) };
  }
  return moved;
}

/** On a canvas that people arranged, pasted steps stand a little beside where they were copied. */
function pastedLayout(
  { layout }: Design,
  { places }: Clip,
  ids: ReadonlyMap<StepId, StepId>,
): Design['layout'] {
  if (Object.keys(layout).length === 0) return layout;
  const own = Object.entries(places).map(([id, { x, y }]) => {
    return [ids.get(id) ?? id, { x: x + 40, y: y + 40 }] as const;
  });
  return { ...layout, ...Object.fromEntries(own) };
}
