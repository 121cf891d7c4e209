import { BpmnModdle, type ModdleElement } from 'bpmn-moddle';
import type { WorkflowDocument } from '../document.ts';
import { type Drawing, type DrawnFlow, type DrawnNode, draw } from './drawing.ts';
import { DEFINITION, NAMESPACE } from './namespace.ts';
import { type Box, boxesOf } from './places.ts';

/**
 * The workflow as BPMN 2.0 XML with its picture, for other tools. What BPMN has no element for
 * (forms, tables, roles, deadlines …) is kept inside as an extension, so that reading the file again
 * gives the same workflow.
 */
export async function toBpmn(document: WorkflowDocument): Promise<string> {
  const drawing = draw(document.definition);
  const { xml } = await new Writer(document, drawing).definitions();
  return xml;
}

class Writer {
  private readonly moddle = new BpmnModdle();
  private readonly elements = new Map<string, ModdleElement>();
  private readonly signals = new Map<string, ModdleElement>();

  private readonly document: WorkflowDocument;
  private readonly drawing: Drawing;

  constructor(document: WorkflowDocument, drawing: Drawing) {
    this.document = document;
    this.drawing = drawing;
  }

  definitions(): Promise<{ readonly xml: string }> {
    const { key, name } = this.document.definition;
    const process = this.moddle.create('bpmn:Process', {
      ...{ id: `process.${key}`, name, isExecutable: true },
      extensionElements: this.moddle.create('bpmn:ExtensionElements', { values: [this.kept()] }),
    });
    const flowElements = [
      ...this.drawing.nodes.map((node) => this.node(node)),
      ...this.drawing.flows.map((flow) => this.flow(flow)),
    ];
    for (const element of flowElements) element.$parent = process;
    Object.assign(process, { flowElements });
    const definitions = this.moddle.create('bpmn:Definitions', {
      ...{ id: 'definitions', targetNamespace: NAMESPACE, exporter: 'Plumbline' },
      rootElements: [...this.signals.values(), process],
      diagrams: [this.diagram(process)],
    });
    return this.moddle.toXML(definitions, { format: true });
  }

  /** The whole document, as our own reader takes it up. */
  private kept(): ModdleElement {
    return this.moddle.createAny(DEFINITION, NAMESPACE, { $body: JSON.stringify(this.document) });
  }

  private node(node: DrawnNode): ModdleElement {
    const { id, name, kind, text, repeats } = node;
    const element = this.moddle.create(`bpmn:${kind}`, {
      ...{ id, name },
      ...(kind === 'CallActivity' && { calledElement: node.calls }),
      ...(text !== '' && { documentation: [this.moddle.create('bpmn:Documentation', { text })] }),
      ...(repeats && {
        loopCharacteristics: this.moddle.create('bpmn:MultiInstanceLoopCharacteristics', {
          isSequential: repeats === 'one-by-one',
        }),
      }),
      ...(node.event && { eventDefinitions: [this.event(node.event)] }),
      ...(node.attachedTo !== null && {
        attachedToRef: this.elements.get(node.attachedTo),
        cancelActivity: node.interrupts,
      }),
    });
    this.elements.set(id, element);
    return element;
  }

  private event({ kind, text }: NonNullable<DrawnNode['event']>): ModdleElement {
    const event = this.moddle.create(`bpmn:${kind}EventDefinition`, {
      ...(kind === 'Timer' && { timeDuration: this.expression(text) }),
      ...(kind === 'Signal' && { signalRef: this.signal(text) }),
    });
    return event;
  }

  private signal(name: string): ModdleElement {
    const known = this.signals.get(name);
    if (known) return known;
    const id = `signal.${this.signals.size + 1}`;
    const signal = this.moddle.create('bpmn:Signal', { id, name });
    this.signals.set(name, signal);
    return signal;
  }

  private expression(body: string): ModdleElement {
    return this.moddle.create('bpmn:FormalExpression', { body });
  }

  private flow({ id, from, to, name, condition, isDefault }: DrawnFlow): ModdleElement {
    const [sourceRef, targetRef] = [this.elements.get(from), this.elements.get(to)];
    const flow = this.moddle.create('bpmn:SequenceFlow', {
      ...{ id, sourceRef, targetRef },
      ...(name !== '' && { name }),
      ...(condition !== '' && { conditionExpression: this.expression(condition) }),
    });
    this.elements.set(id, flow);
    if (isDefault && sourceRef) Object.assign(sourceRef, { default: flow });
    for (const [element, list] of [
      [sourceRef, 'outgoing'],
      [targetRef, 'incoming'],
    ] as const) {
      const flows = element?.get(list);
      if (Array.isArray(flows)) flows.push(flow);
    }
    return flow;
  }

  private diagram(process: ModdleElement): ModdleElement {
    const boxes = boxesOf(this.drawing, this.document.layout);
    const shapes = this.drawing.nodes.map(({ id }) =>
      this.moddle.create('bpmndi:BPMNShape', {
        ...{ id: `${id}.di`, bpmnElement: this.elements.get(id) },
        bounds: this.moddle.create('dc:Bounds', { ...boxes.get(id) }),
      }),
    );
    const edges = this.drawing.flows.map(({ id, from, to }) =>
      this.moddle.create('bpmndi:BPMNEdge', {
        ...{ id: `${id}.di`, bpmnElement: this.elements.get(id) },
        waypoint: waypoints(boxes.get(from), boxes.get(to)).map((point) =>
          this.moddle.create('dc:Point', { ...point }),
        ),
      }),
    );
    const plane = this.moddle.create('bpmndi:BPMNPlane', {
      ...{ id: 'plane', bpmnElement: process, planeElement: [...shapes, ...edges] },
    });
    return this.moddle.create('bpmndi:BPMNDiagram', { id: 'diagram', plane });
  }
}

/** From side to side when the next stands to the right, else around below. */
function waypoints(
  from: Box | undefined,
  to: Box | undefined,
): readonly { x: number; y: number }[] {
  if (!from || !to) return [];
  const [fromY, toY] = [from.y + from.height / 2, to.y + to.height / 2];
  if (from.x + from.width <= to.x) {
    return [
      { x: from.x + from.width, y: fromY },
      { x: to.x, y: toY },
    ];
  }
  const below = Math.max(from.y + from.height, to.y + to.height) + 30;
  const [fromX, toX] = [from.x + from.width / 2, to.x + to.width / 2];
  return [
    { x: fromX, y: from.y + from.height },
    { x: fromX, y: below },
    { x: toX, y: below },
    { x: toX, y: to.y + to.height },
  ];
}
