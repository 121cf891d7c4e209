import type { ModdleElement } from 'bpmn-moddle';
import { type Note, type Place } from '../document.ts';
import { elementIn, elementsIn, kindOf, textIn } from './moddle.ts';

/** A flow node as the file has it; nodes of sub-processes stand beside the others. */
export interface PictureNode {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly text: string;
  readonly attachedTo: string | null;
  readonly interrupts: boolean;
  readonly event: { readonly kind: string; readonly text: string } | null;
  readonly calls: string;
  readonly repeats: 'together' | 'one-by-one' | null;
  /** The name of its innermost lane; empty without one. */
  readonly lane: string;
  /** The sub-process around it. */
  readonly within: string | null;
}

export interface PictureFlow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly name: string;
  readonly condition: string;
  readonly isDefault: boolean;
}

/** One process of a BPMN file as plain data, and what was seen and is not in it. */
export interface Picture {
  readonly id: string;
  readonly name: string;
  readonly nodes: readonly PictureNode[];
  readonly flows: readonly PictureFlow[];
  readonly places: ReadonlyMap<string, Place>;
  readonly notes: readonly Note[];
  readonly process: ModdleElement;
}

const NODES = /(?:Task|Gateway|Event|CallActivity)$/;
const CONTAINERS = new Set(['SubProcess', 'AdHocSubProcess', 'Transaction']);

/** The process that has the most in it, with everything else of the file as notes; null: there is none. */
export function pictureOf(root: ModdleElement): Picture | null {
  const processes = elementsIn(root, 'rootElements').filter((one) => kindOf(one) === 'Process');
  const largest = [...processes].sort((a, b) => sizeOf(b) - sizeOf(a))[0];
  if (!largest) return null;
  const reader = new Reader();
  for (const other of elementsIn(root, 'rootElements')) {
    if (other !== largest) reader.outside(other);
  }
  reader.lanes(largest);
  reader.container(largest);
  return {
    ...{ id: largest.id ?? 'process', name: largest.name ?? '', process: largest },
    ...{ nodes: reader.nodes, flows: reader.flows, notes: reader.notes },
    places: placesIn(root),
  };
}

function sizeOf(container: ModdleElement): number {
  return elementsIn(container, 'flowElements').reduce(
    (sum, one) => sum + 1 + (CONTAINERS.has(kindOf(one)) ? sizeOf(one) : 0),
    0,
  );
}

class Reader {
  readonly nodes: PictureNode[] = [];
  readonly flows: PictureFlow[] = [];
  readonly notes: Note[] = [];
  private readonly laneOf = new Map<string, string>();

  note(element: ModdleElement, what: Note['what'], message: string): void {
    const { id = '', name = '' } = element;
    this.notes.push({ id, name: name.trim(), kind: kindOf(element), what, message });
  }

  /** Whatever stands beside the process. */
  outside(element: ModdleElement): void {
    const kind = kindOf(element);
    if (kind === 'Collaboration') {
      for (const part of ['participants', 'messageFlows', 'artifacts', 'textAnnotations']) {
        for (const one of elementsIn(element, part)) {
          this.note(one, 'left', 'A workflow has no pools and no messages between them.');
        }
      }
      return;
    }
    if (kind === 'Process') {
      this.note(element, 'left', 'One process is taken from a file. Import this one by itself.');
      for (const one of everythingIn(element)) {
        this.note(one, 'left', `It belongs to the process “${element.name ?? element.id ?? ''}”.`);
      }
      return;
    }
    this.note(element, 'left', 'It is a definition that only other tools use.');
  }

  lanes(process: ModdleElement): void {
    const read = (set: ModdleElement): void => {
      for (const lane of elementsIn(set, 'lanes')) {
        for (const { id } of elementsIn(lane, 'flowNodeRef')) {
          if (id !== undefined) this.laneOf.set(id, (lane.name ?? '').trim());
        }
        for (const inner of elementsIn(lane, 'childLaneSet')) read(inner);
      }
    };
    for (const set of elementsIn(process, 'laneSets')) read(set);
  }

  container(container: ModdleElement): void {
    for (const element of elementsIn(container, 'flowElements')) this.element(element);
    for (const artifact of elementsIn(container, 'artifacts')) {
      this.note(artifact, 'left', 'Notes and groups of the picture are not part of a workflow.');
    }
  }

  private element(element: ModdleElement): void {
    const kind = kindOf(element);
    if (kind === 'SequenceFlow') this.flow(element);
    else if (CONTAINERS.has(kind)) this.subProcess(element);
    else if (NODES.test(kind)) this.node(element);
    else this.note(element, 'left', 'Data objects are not taken over: answers become facts here.');
  }

  private subProcess(element: ModdleElement): void {
    if (element.get('triggeredByEvent') === true) {
      this.note(element, 'left', 'Event sub-processes are not known here: use a boundary instead.');
      for (const one of everythingIn(element)) {
        this.note(one, 'left', 'It belongs to an event sub-process.');
      }
      return;
    }
    this.node(element);
    this.container(element);
  }

  private node(element: ModdleElement): void {
    const { id = '', name = '' } = element;
    const kind = kindOf(element);
    const loop = elementIn(element, 'loopCharacteristics');
    if (loop && kindOf(loop) === 'StandardLoopCharacteristics') {
      this.note(element, 'changed', 'It repeats while something holds: draw the way back instead.');
    }
    const repeats =
      loop && kindOf(loop) === 'MultiInstanceLoopCharacteristics'
        ? loop.get('isSequential') === true
          ? 'one-by-one'
          : 'together'
        : null;
    this.nodes.push({
      ...{ id, kind, name: name.replaceAll(/\s+/g, ' ').trim(), repeats },
      text: elementsIn(element, 'documentation')
        .map((one) => textIn(one, 'text'))
        .join('\n'),
      attachedTo: elementIn(element, 'attachedToRef')?.id ?? null,
      interrupts: element.get('cancelActivity') !== false,
      event: this.event(element),
      calls: textIn(element, 'calledElement'),
      lane: this.laneOf.get(id) ?? parentLane(element, this.laneOf),
      within: containerOf(element),
    });
  }

  private event(element: ModdleElement): PictureNode['event'] {
    const [definition, ...more] = elementsIn(element, 'eventDefinitions');
    if (more.length > 0) this.note(element, 'changed', 'Only its first event is taken over.');
    if (!definition) return messageOf(element);
    const kind = kindOf(definition).replace('EventDefinition', '');
    const timer = elementIn(definition, 'timeDuration');
    const named = elementIn(definition, `${kind.toLowerCase()}Ref`);
    return {
      kind,
      text: timer ? textIn(timer, 'body') : (named?.name ?? textIn(definition, 'name')),
    };
  }

  private flow(element: ModdleElement): void {
    const [from, to] = ['sourceRef', 'targetRef'].map((end) => elementIn(element, end)?.id);
    if (from === undefined || to === undefined) {
      this.note(element, 'left', 'It leads nowhere.');
      return;
    }
    const source = elementIn(element, 'sourceRef');
    this.flows.push({
      ...{ id: element.id ?? '', from, to, name: (element.name ?? '').trim() },
      condition: textIn(elementIn(element, 'conditionExpression'), 'body'),
      isDefault: elementIn(source, 'default') === element,
    });
  }
}

/** A task that sends or receives names its message. */
function messageOf(element: ModdleElement): PictureNode['event'] {
  const message = elementIn(element, 'messageRef');
  return message ? { kind: 'Message', text: message.name ?? '' } : null;
}

function containerOf({ $parent }: ModdleElement): string | null {
  return $parent && CONTAINERS.has(kindOf($parent)) ? ($parent.id ?? null) : null;
}

/** The lane of the sub-process around it. */
function parentLane(element: ModdleElement, lanes: ReadonlyMap<string, string>): string {
  for (let around = element.$parent; around; around = around.$parent) {
    const lane = around.id === undefined ? undefined : lanes.get(around.id);
    if (lane !== undefined) return lane;
  }
  return '';
}

function everythingIn(container: ModdleElement): readonly ModdleElement[] {
  return [
    ...elementsIn(container, 'flowElements').flatMap((one) => [one, ...everythingIn(one)]),
    ...elementsIn(container, 'artifacts'),
  ];
}

/** The upper left corners of what is drawn, by the id of the element. */
function placesIn(root: ModdleElement): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const diagram of elementsIn(root, 'diagrams')) {
    for (const shape of elementsIn(elementIn(diagram, 'plane'), 'planeElement')) {
      const bounds = elementIn(shape, 'bounds');
      const id = elementIn(shape, 'bpmnElement')?.id;
      const [x, y] = [bounds?.get('x'), bounds?.get('y')];
      if (id !== undefined && typeof x === 'number' && typeof y === 'number')
        places.set(id, { x, y });
    }
  }
  return places;
}
