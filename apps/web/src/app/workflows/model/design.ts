import type { Step, StepId, WorkflowDefinition } from '@plumbline/workflow-engine';

/** The upper left corner of a step on the canvas. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Places of steps that somebody moved by hand; empty: the canvas is laid out by itself. */
export type Layout = Readonly<Record<StepId, Place>>;

/** What the designer edits: the definition, and beside it where its steps stand. Never changed in place. */
export interface Design {
  readonly definition: WorkflowDefinition;
  readonly layout: Layout;
}

/** What an edit did, or why it did nothing: a key of `said.*` in the words, with its values. */
export interface Said {
  readonly key: SaidKey;
  readonly values: Readonly<Record<string, string | number>>;
}

export type SaidKey =
  | 'added'
  | 'addedLoose'
  | 'addedBetween'
  | 'branchAdded'
  | 'cannotConnect'
  | 'cannotMove'
  | 'cannotRemove'
  | 'cannotWrap'
  | 'changed'
  | 'connected'
  | 'alreadyConnected'
  | 'disconnected'
  | 'fixed'
  | 'moved'
  | 'movedEarlier'
  | 'movedLater'
  | 'nothing'
  | 'outcomeAdded'
  | 'pasted'
  | 'patternUsed'
  | 'removed'
  | 'removedMany'
  | 'renamed'
  | 'retargeted'
  | 'sentBack'
  | 'staged'
  | 'tidied'
  | 'unwrapped'
  | 'wrapped';

/** The result of an edit. The same design as before: it was not possible, and `said` tells why. */
export interface Edit {
  readonly design: Design;
  readonly said: Said;
  /** The step to look at afterwards. */
  readonly select?: StepId | null;
}

/** An edit: a pure function. Undoing is going back to the design it was given. */
export type Command = (design: Design) => Edit;

/** An edit that changes nothing and says why. */
export function refused(design: Design, key: SaidKey, values: Said['values'] = {}): Edit {
  return { design, said: { key, values } };
}

/** The step of this id. */
export function stepOf({ definition }: Design, id: StepId): Step | undefined {
  return definition.steps.find((step) => step.id === id);
}

/** The name that a step goes by; its id while it has none. */
export function nameOf(design: Design, id: StepId): string {
  return stepOf(design, id)?.name.trim() || id;
}

/** The design with other steps. */
export function withSteps(design: Design, steps: readonly Step[]): Design {
  return { ...design, definition: { ...design.definition, steps } };
}

/** The design with this step in the place of the one of its id. */
export function withStep(design: Design, step: Step): Design {
  return withSteps(
    design,
    design.definition.steps.map((one) => (one.id === step.id ? step : one)),
  );
}

/** A name made of this text that none of the taken ones is: letters, digits and hyphens. */
export function freeName(text: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  const stem = words || 'step';
  for (let at = 1; ; at += 1) {
    const name = at === 1 ? stem : `${stem}-${at}`;
    if (!used.has(name)) return name;
  }
}

/** An id for a new step of this name. */
export function freeId({ definition }: Design, name: string): StepId {
  return freeName(
    name,
    definition.steps.map(({ id }) => id),
  );
}
