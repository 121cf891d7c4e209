import type { Step, StepId } from '@plumbline/workflow-engine';
import { type Design, freeName } from './design.ts';

/** What the palette offers: verbs, each a kind of step. A split brings its join and two branches. */
export const VERBS = [
  'form',
  'task',
  'approval',
  'check',
  'table',
  'timer',
  'await',
  'signal',
  'tell',
  'sub-workflow',
  'parallel',
  'undo',
  'path-end',
  'end',
] as const;
export type Verb = (typeof VERBS)[number];

/** Texts that new steps start with, in the language of the author. */
export interface StarterWords {
  readonly names: Readonly<Record<Verb | 'join' | 'partOne' | 'partTwo', string>>;
  readonly section: string;
  readonly yes: string;
  readonly no: string;
  readonly yesThen: string;
  readonly noThen: string;
  readonly question: string;
}

/** The role that new work is offered to: it must be somebody, and the inspector asks who. */
const FIRST_ROLE = 'client.system_owner';
const FIRST_APPROVER = 'client.approver';

export interface NewStep {
  readonly id: StepId;
  readonly stage: string;
  readonly name: string;
  /** Where it goes on; null: nowhere yet. */
  readonly to: StepId | null;
  /** Where a decision sends back to. */
  readonly back: StepId | null;
}

/** A new step of this kind, complete but for what only its author can say. */
export function newStep(verb: Exclude<Verb, 'parallel'>, at: NewStep, words: StarterWords): Step {
  const { id, stage, name, to, back } = at;
  const base = { id, stage, name };
  const next = to === null ? [] : [{ to }];
  switch (verb) {
    case 'form':
    case 'task':
      return {
        ...base,
        type: verb,
        role: FIRST_ROLE,
        form: { sections: [{ key: 'main', title: words.section, fields: [] }] },
        next,
      };
    case 'approval':
      return {
        ...base,
        type: 'approval',
        role: FIRST_APPROVER,
        question: words.question,
        shows: [],
        separation: [],
        outcomes: [
          ...(to === null
            ? []
            : [
                {
                  ...{ key: 'yes', label: words.yes, effect: 'approve' as const, to },
                  ...{ reasonRequired: false, consequence: words.yesThen },
                },
              ]),
          ...((back ?? to) === null
            ? []
            : [
                {
                  ...{ key: 'no', label: words.no, effect: 'ask-for-changes' as const },
                  ...{ to: back ?? to ?? id, reasonRequired: true, consequence: words.noThen },
                },
              ]),
        ],
      };
    case 'check':
      return { ...base, type: 'check', set: [], next };
    case 'table':
      return {
        ...base,
        type: 'table',
        table: { key: id, name, hit: 'first', inputs: [], outputs: [], rules: [] },
        next,
      };
    case 'timer':
      return { ...base, type: 'timer', wait: { amount: 5, unit: 'business-days' }, next };
    case 'await':
      return { ...base, type: 'await', signal: '', next };
    case 'signal':
      return { ...base, type: 'signal', signal: '', to: 'ai-system', next };
    case 'tell':
      return { ...base, type: 'tell', roles: [FIRST_ROLE], title: name, text: '', next };
    case 'sub-workflow':
      return {
        ...base,
        type: 'sub-workflow',
        ...{ calls: '', input: [], output: [], outcomeFact: '' },
        next,
      };
    case 'undo':
      return { ...base, type: 'undo', next };
    case 'path-end':
      return { ...base, type: 'path-end' };
    case 'end':
      return { ...base, type: 'end', outcome: id };
  }
}

/** A new parallel block: its split, a piece of work in each of two branches, and its join. */
export function newBlock(
  design: Design,
  at: { readonly stage: string; readonly to: StepId | null },
  words: StarterWords,
): readonly [split: Step, one: Step, two: Step, join: Step] {
  const taken: string[] = design.definition.steps.map(({ id }) => id);
  const id = (name: string): StepId => {
    const free = freeName(name, taken);
    taken.push(free);
    return free;
  };
  const { names } = words;
  const split = id(names.parallel);
  const one = id(names.partOne);
  const two = id(names.partTwo);
  const join = id(names.join);
  const { stage } = at;
  const part = (partId: StepId, name: string): Step =>
    newStep('task', { id: partId, stage, name, to: join, back: null }, words);
  return [
    {
      ...{ id: split, stage, name: names.parallel, type: 'parallel', join },
      branches: [
        { id: 'a', start: one, label: names.partOne },
        { id: 'b', start: two, label: names.partTwo },
      ],
    },
    part(one, names.partOne),
    part(two, names.partTwo),
    {
      ...{ id: join, stage, name: names.join, type: 'join', closes: split },
      next: at.to === null ? [] : [{ to: at.to }],
    },
  ];
}
