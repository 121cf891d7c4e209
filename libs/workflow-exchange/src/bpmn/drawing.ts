import {
  type Boundary,
  conditionToCel,
  type Condition,
  type Dictionary,
  dictionaryOf,
  ExpressionFailure,
  type Step,
  type StepId,
  type Transition,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';
import { durationOf } from './duration.ts';

/** What a flow node is in BPMN, as far as we draw and read it. */
export interface DrawnNode {
  readonly id: string;
  /** The BPMN element without its prefix: `UserTask`, `ExclusiveGateway` … */
  readonly kind: string;
  readonly name: string;
  /** The step that it stands for; null for the start and for gateways that only lead on. */
  readonly step: StepId | null;
  readonly attachedTo: string | null;
  readonly interrupts: boolean;
  /** The event of an event: a duration (ISO 8601), a signal's name, or an empty text. */
  readonly event: { readonly kind: string; readonly text: string } | null;
  readonly calls: string;
  readonly repeats: 'together' | 'one-by-one' | null;
  readonly text: string;
}

export interface DrawnFlow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly name: string;
  /** CEL, as the engine evaluates it. */
  readonly condition: string;
  readonly isDefault: boolean;
}

/** A definition as a BPMN picture says it; what has no element there is not in it. */
export interface Drawing {
  readonly nodes: readonly DrawnNode[];
  readonly flows: readonly DrawnFlow[];
}

export const nodeOf = (step: StepId): string => `s.${step}`;
const gateOf = (step: StepId): string => `g.${step}`;
const boundaryOf = (step: StepId, boundary: string): string => `b.${step}.${boundary}`;

/** Draws a definition: one element for each step, and a gateway after those with several ways on. */
export function draw(definition: WorkflowDefinition): Drawing {
  const pen = new Pen(dictionaryOf(definition.facts));
  pen.node({ id: 'start', kind: 'StartEvent', name: 'Start' });
  pen.flow('start', nodeOf(definition.start));
  for (const step of definition.steps) drawStep(pen, step);
  return { nodes: pen.nodes, flows: pen.flows };
}

class Pen {
  readonly nodes: DrawnNode[] = [];
  readonly flows: DrawnFlow[] = [];
  private readonly dictionary: Dictionary;

  constructor(dictionary: Dictionary) {
    this.dictionary = dictionary;
  }

  /** A condition as text; empty for none, and for one of a draft that cannot be read. */
  cel(when: Condition | undefined): string {
    if (!when) return '';
    try {
      return conditionToCel(when, this.dictionary);
    } catch (error) {
      if (error instanceof ExpressionFailure) return '';
      throw error;
    }
  }

  node(node: Pick<DrawnNode, 'id' | 'kind' | 'name'> & Partial<DrawnNode>): void {
    const blank = { step: null, attachedTo: null, interrupts: true, event: null };
    this.nodes.push({ ...blank, calls: '', repeats: null, text: '', ...node });
  }

  flow(from: string, to: string, way: Partial<DrawnFlow> = {}): void {
    const id = `f.${this.flows.length + 1}`;
    this.flows.push({ id, from, to, name: '', condition: '', isDefault: false, ...way });
  }
}

function drawStep(pen: Pen, step: Step): void {
  const id = nodeOf(step.id);
  pen.node({
    ...{ id, name: nameOf(step), step: step.id, kind: kindOfStep(step), event: eventOf(step) },
    calls: step.type === 'sub-workflow' ? step.calls : '',
    repeats: 'each' in step && step.each ? step.each.order : null,
    text: textOf(pen, step),
  });
  drawWays(pen, step);
  if ('boundaries' in step) {
    for (const boundary of step.boundaries ?? []) drawBoundary(pen, step.id, boundary);
  }
  if ('failed' in step && step.failed !== undefined) {
    const failed = boundaryOf(step.id, 'failed');
    const event = { kind: 'Error', text: '' };
    pen.node({ id: failed, kind: 'BoundaryEvent', name: 'Failed', attachedTo: id, event });
    pen.flow(failed, nodeOf(step.failed));
  }
}

/** Every way on: straight, or from a gateway after the step when there are several. */
function drawWays(pen: Pen, step: Step): void {
  const ways = waysOf(pen, step);
  const [only] = ways;
  if (only && ways.length === 1 && only.condition === '') {
    pen.flow(nodeOf(step.id), nodeOf(only.to), { name: only.name });
    return;
  }
  if (step.type === 'parallel') {
    for (const { to, name, condition } of ways)
      pen.flow(nodeOf(step.id), nodeOf(to), { name, condition });
    return;
  }
  if (ways.length === 0) return;
  const gate = gateOf(step.id);
  pen.node({
    id: gate,
    kind: 'ExclusiveGateway',
    name: step.type === 'approval' ? step.question : '',
  });
  pen.flow(nodeOf(step.id), gate);
  for (const [at, { to, name, condition }] of ways.entries()) {
    const isDefault = at === ways.length - 1 && condition === '' && step.type !== 'approval';
    pen.flow(gate, nodeOf(to), { name, condition, isDefault });
  }
}

interface Way {
  readonly to: StepId;
  readonly name: string;
  readonly condition: string;
}

function waysOf(pen: Pen, step: Step): readonly Way[] {
  switch (step.type) {
    case 'approval':
      return step.outcomes.map(({ to, label, key }) => ({
        to,
        name: label,
        condition: `outcome == "${key}"`,
      }));
    case 'parallel':
      return step.branches.map(({ start, label, when }) => ({
        to: start,
        name: label ?? '',
        condition: pen.cel(when),
      }));
    case 'form':
    case 'task':
      return [
        ...(step.sendBackTo ?? []).map((to) => ({
          to,
          name: 'Send back',
          condition: `sentBackTo == "${to}"`,
        })),
        ...transitions(pen, step.next),
      ];
    case 'end':
    case 'path-end':
      return [];
    default:
      return transitions(pen, step.next);
  }
}

const transitions = (pen: Pen, next: readonly Transition[]): readonly Way[] =>
  next.map(({ to, label, when }) => ({ to, name: label ?? '', condition: pen.cel(when) }));

function drawBoundary(pen: Pen, step: StepId, boundary: Boundary): void {
  const id = boundaryOf(step, boundary.id);
  const event =
    'after' in boundary
      ? { kind: 'Timer', text: durationOf(boundary.after) }
      : { kind: 'Signal', text: boundary.signal };
  pen.node({
    ...{ id, kind: 'BoundaryEvent', name: boundary.label, attachedTo: nodeOf(step), event },
    interrupts: boundary.interrupts,
  });
  pen.flow(id, nodeOf(boundary.to));
}

const KINDS: Readonly<Record<Step['type'], string>> = {
  form: 'UserTask',
  approval: 'UserTask',
  task: 'ManualTask',
  check: 'ScriptTask',
  table: 'BusinessRuleTask',
  timer: 'IntermediateCatchEvent',
  await: 'IntermediateCatchEvent',
  signal: 'IntermediateThrowEvent',
  tell: 'SendTask',
  undo: 'IntermediateThrowEvent',
  'sub-workflow': 'CallActivity',
  parallel: 'ParallelGateway',
  join: 'ParallelGateway',
  'path-end': 'EndEvent',
  end: 'EndEvent',
};

function kindOfStep(step: Step): string {
  const inclusive = step.type === 'parallel' && step.branches.some(({ when }) => when);
  return inclusive ? 'InclusiveGateway' : KINDS[step.type];
}

function eventOf(step: Step): DrawnNode['event'] {
  switch (step.type) {
    case 'timer':
      return { kind: 'Timer', text: durationOf(step.wait) };
    case 'await':
    case 'signal':
      return { kind: 'Signal', text: step.signal };
    case 'undo':
      return { kind: 'Compensate', text: '' };
    case 'end':
      return { kind: 'Terminate', text: '' };
    default:
      return null;
  }
}

const nameOf = (step: Step): string =>
  step.type === 'approval' ? `Decide: ${step.name}` : step.name;

function textOf(pen: Pen, { description, when }: Step): string {
  const skipped = when ? `Only when ${pen.cel(when)}.` : '';
  return [description ?? '', skipped].filter((part) => part !== '').join('\n');
}
