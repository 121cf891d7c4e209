import type {
  Boundary,
  Condition,
  Due,
  FactDeclaration,
  Field,
  FormStep,
  Step,
  StepId,
  Transition,
} from '@plumbline/workflow-engine';
import type { Note } from '../document.ts';
import { dueOf } from './duration.ts';
import { Names } from './names.ts';
import type { PictureFlow, PictureNode } from './picture.ts';
import { sidePathEnds, type Structured } from './structure.ts';

/** The one stage of an imported workflow. */
export const STAGE = 'work';
/** Who does what no lane says. */
export const DEFAULT_ROLE = 'client.system_owner';

/** What a picture became. */
export interface MadeSteps {
  readonly start: StepId;
  readonly steps: readonly Step[];
  readonly facts: readonly FactDeclaration[];
  /** The step that each node became, or became part of. */
  readonly ids: ReadonlyMap<string, StepId>;
  readonly notes: readonly Note[];
}

/** Makes steps of a structured picture. `roles` are the keys that lanes may stand for. */
export function stepsOf(structured: Structured, roles: readonly string[]): MadeSteps {
  return new StepMaker(structured, roles).make();
}

class StepMaker {
  private readonly names = new Names();
  private readonly ids = new Map<string, StepId>();
  private readonly steps: Step[] = [];
  private readonly facts: FactDeclaration[] = [];
  private readonly notes: Note[] = [];
  private readonly lanes = new Map<string, string>();
  private readonly sideEnds: ReadonlySet<string>;
  private readonly structured: Structured;
  private readonly roles: readonly string[];

  constructor(structured: Structured, roles: readonly string[]) {
    this.structured = structured;
    this.roles = roles;
    this.sideEnds = sidePathEnds(structured.graph);
  }

  make(): MadeSteps {
    const { graph, start } = this.structured;
    const reached = graph.reachable([start]);
    for (const node of graph.nodes.values()) {
      if (reached.has(node.id)) this.ids.set(node.id, this.names.step(node.name || node.kind));
      else if (node.attachedTo === null) this.note(node, 'left', 'Nothing leads to it.');
    }
    const awaited = this.awaitedTogether();
    for (const [id, gateway] of awaited) this.ids.set(id, this.idOf(gateway));
    for (const id of reached) {
      const node = graph.nodes.get(id);
      if (node && !awaited.has(id)) this.step(node);
    }
    const { ids, steps, facts, notes } = this;
    return { start: this.idOf(start), steps, facts, ids, notes };
  }

  /** Events behind a gateway that waits for what comes first, by the event. */
  private awaitedTogether(): ReadonlyMap<string, string> {
    const { graph } = this.structured;
    const gateways = [...graph.nodes.values()].filter(({ kind }) => kind === 'EventBasedGateway');
    return new Map(
      gateways.flatMap(({ id }) =>
        graph
          .waysFrom(id)
          .filter(({ to }) => graph.waysTo(to).length === 1)
          .map(({ to }) => [to, id] as const),
      ),
    );
  }

  private step(node: PictureNode): void {
    const { kind } = node;
    if (kind === 'EndEvent') this.end(node);
    else if (kind === 'ExclusiveGateway') this.choice(node);
    else if (kind === 'EventBasedGateway') this.race(node);
    else if (kind.endsWith('Gateway')) this.gateway(node);
    else if (kind.endsWith('Event')) this.event(node);
    else this.activity(node);
  }

  private end(node: PictureNode): void {
    const base = this.base(node, 'Done');
    if (this.sideEnds.has(node.id)) this.steps.push({ ...base, type: 'path-end' });
    else this.steps.push({ ...base, type: 'end', outcome: this.names.outcome(base.name) });
  }

  private activity(node: PictureNode): void {
    const { kind, event } = node;
    const next = this.next(node);
    if (node.repeats) {
      this.note(node, 'changed', 'It is for each item of a list: choose the list in “For each”.');
    }
    if (kind === 'CallActivity' && node.calls !== '') {
      const base = this.base(node, 'Run another workflow');
      const outcomeFact = this.names.fact(`${base.id}_outcome`);
      this.facts.push({ name: outcomeFact, type: { kind: 'text' }, source: 'run' });
      const failed = this.failedWay(node);
      this.steps.push({
        ...{ ...base, type: 'sub-workflow', calls: node.calls, input: [], output: [] },
        ...{ outcomeFact, next, ...this.boundaries(node), ...(failed !== null && { failed }) },
      });
      this.note(
        node,
        'changed',
        `It runs the workflow “${node.calls}”: say which facts it is given.`,
      );
      return;
    }
    if (kind === 'SendTask') {
      this.tell(node, next);
      return;
    }
    if (kind === 'ReceiveTask') {
      this.awaits(node, event?.text || node.name, next);
      return;
    }
    if (AUTOMATIC.has(kind)) {
      this.note(node, 'changed', 'What a program did is a task for a person now.');
    }
    if (kind === 'CallActivity') {
      this.note(node, 'changed', 'It names no workflow to run. It is a task for a person now.');
    }
    const base = this.base(node, 'Do the work');
    const fact = this.names.fact(`${base.id}_note`);
    this.facts.push({ name: fact, type: { kind: 'text' }, source: 'form' });
    const field: Field = { key: fact, type: 'longtext', label: 'What was done', required: false };
    this.steps.push({
      ...{ ...base, type: kind === 'ManualTask' ? 'task' : 'form', role: this.roleOf(node) },
      ...{ form: formOf(base.name, [field]), next, ...this.boundaries(node) },
    });
  }

  private event(node: PictureNode): void {
    const next = this.next(node);
    const kind = node.event?.kind ?? '';
    if (node.kind === 'IntermediateCatchEvent') {
      if (kind !== 'Timer') {
        this.awaits(node, node.event?.text || node.name, next);
        return;
      }
      const wait = this.wait(node);
      this.steps.push({
        ...this.base(node, 'Wait'),
        type: 'timer',
        wait,
        next,
        ...this.boundaries(node),
      });
      return;
    }
    if (kind === 'Signal') {
      const signal = this.names.signal(node.event?.text || node.name);
      const base = this.base(node, 'Send a signal');
      this.steps.push({ ...base, type: 'signal', signal, to: 'ai-system', next });
      return;
    }
    if (kind !== 'Message') {
      this.note(node, 'changed', 'It tells people now. Choose whom, or take it away.');
    }
    this.tell(node, next);
  }

  private tell(node: PictureNode, next: readonly Transition[]): void {
    const base = this.base(node, 'Tell');
    const text = node.text || base.name;
    const told = { roles: [this.roleOf(node)], title: base.name.slice(0, 200), text };
    this.steps.push({ ...base, type: 'tell', ...told, next });
  }

  private awaits(node: PictureNode, name: string, next: readonly Transition[]): void {
    const signal = this.names.signal(name);
    const base = this.base(node, 'Wait for a signal');
    this.steps.push({ ...base, type: 'await', signal, next, ...this.boundaries(node) });
    this.note(node, 'changed', `It waits for the signal “${signal}”, sent by a run or the API.`);
  }

  /** A choice by conditions of another tool becomes a question to a person. */
  private choice(node: PictureNode): void {
    const ways = this.structured.graph.waysFrom(node.id);
    const base = this.base(node, 'Choose the way on');
    const fact = this.names.fact(`${base.id}_way`);
    const options = this.options(ways);
    this.facts.push({
      name: fact,
      source: 'form',
      type: { kind: 'choice', options: options.map(({ key }) => key) },
    });
    const next = ways.map((way, at): Transition => {
      const to = this.idOf(way.to);
      const label = options[at]?.label ?? '';
      if (at === ways.length - 1) return { to, label };
      return { to, label, when: { fact, is: 'equal', value: options[at]?.key ?? '' } };
    });
    this.question(
      node,
      { key: fact, type: 'select', label: base.name, options, required: true },
      next,
    );
  }

  private question(node: PictureNode, field: Field, next: readonly Transition[]): void {
    const base = this.base(node, 'Choose the way on');
    const step: FormStep = {
      ...{ ...base, type: 'form', role: this.roleOf(node), form: formOf(base.name, [field]), next },
    };
    this.steps.push(step);
    for (const { id, name, condition } of this.structured.graph.waysFrom(node.id)) {
      if (condition === '') continue;
      const message = `Its condition (${condition.slice(0, 200)}) is an answer of a person now.`;
      this.notes.push({ id, name, kind: 'SequenceFlow', what: 'changed', message });
    }
  }

  private options(ways: readonly PictureFlow[]): readonly { key: string; label: string }[] {
    const keys = new Names();
    return ways.map(({ name, isDefault }, at) => {
      const label = name || (isDefault ? 'Otherwise' : `Way ${at + 1}`);
      return { key: keys.step(label), label };
    });
  }

  /** What comes first decides: the first event is waited for, the others interrupt it. */
  private race(node: PictureNode): void {
    const { graph } = this.structured;
    const targets = graph.waysFrom(node.id).flatMap(({ to }) => graph.nodes.get(to) ?? []);
    const isTimer = ({ event }: PictureNode): boolean => event?.kind === 'Timer';
    const main = targets.find((one) => !isTimer(one)) ?? targets[0];
    if (!main) return;
    const boundaries = targets
      .filter((one) => one !== main)
      .flatMap((one, at) => {
        const [way] = graph.waysFrom(one.id);
        if (!way) return [];
        const label = one.name || `Event ${at + 2}`;
        return [
          this.boundary(one, {
            id: `event-${at + 2}`,
            label,
            to: this.idOf(way.to),
            interrupts: true,
          }),
        ];
      });
    const base = this.base(node, 'Wait for what comes first');
    const next = this.next(main);
    if (isTimer(main))
      this.steps.push({ ...base, type: 'timer', wait: this.wait(main), next, boundaries });
    else {
      const signal = this.names.signal(main.event?.text || main.name);
      this.steps.push({ ...base, type: 'await', signal, next, boundaries });
    }
    this.note(node, 'changed', 'It waits for its first event; the others interrupt it.');
  }

  private gateway(node: PictureNode): void {
    const { graph, joins } = this.structured;
    const closes = [...joins].find(([, join]) => join === node.id)?.[0];
    if (closes !== undefined) {
      const base = this.base(node, 'Join');
      this.steps.push({
        ...base,
        type: 'join',
        closes: this.splitOf(closes),
        next: this.next(node),
      });
      return;
    }
    const join = joins.get(node.id);
    const ways = graph.waysFrom(node.id);
    if (join === undefined) {
      this.choice(node);
      return;
    }
    const inclusive =
      node.kind !== 'ParallelGateway' &&
      ways.some(({ condition, name }) => condition !== '' || name !== '');
    const branchNames = new Names();
    const options = this.options(ways);
    const fact = inclusive ? this.names.fact(`${this.idOf(node.id)}_ways`) : '';
    const base = this.base(node, 'Side by side');
    this.steps.push({
      ...{ ...base, id: this.splitOf(node.id), type: 'parallel', join: this.idOf(join) },
      branches: ways.map(({ to, name }, at) => {
        const when: Condition = { fact, is: 'includes', value: options[at]?.key ?? '' };
        const branch = { id: branchNames.step(name || `branch ${at + 1}`), start: this.idOf(to) };
        return { ...branch, ...(name && { label: name }), ...(inclusive && { when }) };
      }),
    });
    if (!inclusive) return;
    this.facts.push({
      name: fact,
      source: 'form',
      type: { kind: 'choices', options: options.map(({ key }) => key) },
    });
    const field: Field = {
      key: fact,
      type: 'multiselect',
      label: base.name,
      options,
      required: true,
    };
    this.question(node, field, [{ to: this.splitOf(node.id) }]);
  }

  /** The step that splits: behind a question of its own when a person chooses the branches. */
  private splitOf(gateway: string): StepId {
    const { graph } = this.structured;
    const node = graph.nodes.get(gateway);
    const asks =
      node?.kind !== 'ParallelGateway' &&
      graph.waysFrom(gateway).some(({ condition, name }) => condition !== '' || name !== '');
    return asks ? `${this.idOf(gateway)}-split` : this.idOf(gateway);
  }

  private next(node: PictureNode): readonly Transition[] {
    return this.structured.graph
      .waysFrom(node.id)
      .slice(0, 1)
      .map(({ to, name }) => ({ to: this.idOf(to), ...(name && { label: name }) }));
  }

  private failedWay(node: PictureNode): StepId | null {
    const { graph } = this.structured;
    const error = graph.boundariesOf(node.id).find(({ event }) => event?.kind === 'Error');
    const [way] = error ? graph.waysFrom(error.id) : [];
    return way ? this.idOf(way.to) : null;
  }

  private boundaries(node: PictureNode): { readonly boundaries?: readonly Boundary[] } {
    const { graph } = this.structured;
    const names = new Names();
    const boundaries: Boundary[] = [];
    for (const one of graph.boundariesOf(node.id)) {
      const [way] = graph.waysFrom(one.id);
      const kind = one.event?.kind ?? '';
      if (kind === 'Error' && node.kind === 'CallActivity' && way) continue;
      if (!way) continue;
      const label = one.name || (kind === 'Timer' ? 'Time is up' : 'Signal');
      const { interrupts } = one;
      boundaries.push(
        this.boundary(one, { id: names.step(label), label, to: this.idOf(way.to), interrupts }),
      );
    }
    return boundaries.length > 0 ? { boundaries } : {};
  }

  private boundary(
    node: PictureNode,
    common: Pick<Boundary, 'id' | 'label' | 'to' | 'interrupts'>,
  ): Boundary {
    return node.event?.kind === 'Timer'
      ? { ...common, after: this.wait(node) }
      : { ...common, signal: this.names.signal(node.event?.text || node.name) };
  }

  private wait(node: PictureNode): Due {
    const due = dueOf(node.event?.text ?? '');
    if (due) return due;
    this.note(node, 'changed', 'Its time cannot be read. It is one day now; set the right time.');
    return { amount: 1, unit: 'calendar-days' };
  }

  private base(node: PictureNode, unnamed: string) {
    const text = node.text.slice(0, 4000);
    return {
      ...{ id: this.idOf(node.id), stage: STAGE, name: (node.name || unnamed).slice(0, 120) },
      ...(text !== '' && { description: text }),
    };
  }

  private idOf(node: string): StepId {
    return this.ids.get(node) ?? node;
  }

  /** The role that a lane stands for: one whose words are in its name. */
  private roleOf({ id, lane }: PictureNode): string {
    const known = this.lanes.get(lane);
    if (known !== undefined) return known;
    const words = lane.toLowerCase();
    const found = this.roles.find((role) => {
      const name = role.slice(role.indexOf('.') + 1).replaceAll('_', ' ');
      return words !== '' && (words.includes(name) || name.includes(words));
    });
    const role = found ?? DEFAULT_ROLE;
    this.lanes.set(lane, role);
    if (lane !== '' && !found) {
      const message = `No role is called “${lane}”. Choose who does its steps.`;
      this.notes.push({ id, name: lane, kind: 'Lane', what: 'changed', message });
    }
    return role;
  }

  private note({ id, name, kind }: PictureNode, what: Note['what'], message: string): void {
    this.notes.push({ id, name, kind, what, message });
  }
}

const AUTOMATIC = new Set(['ServiceTask', 'ScriptTask', 'BusinessRuleTask']);

const formOf = (title: string, fields: readonly Field[]) => ({
  sections: [{ key: 'main', title: title.slice(0, 120), fields }],
});
