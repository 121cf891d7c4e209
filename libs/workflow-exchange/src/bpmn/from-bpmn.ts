import { BpmnModdle, type ModdleElement } from 'bpmn-moddle';
import {
  parseDefinition,
  type Step,
  type StepId,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';
import { type Note, type Place, type ReadFile, unreadable } from '../document.ts';
import { refusalOf } from './guard.ts';
import { nodeOf } from './drawing.ts';
import { kindOf } from './moddle.ts';
import { Names } from './names.ts';
import { type OwnFile, ownFileIn, withDetails } from './own-file.ts';
import { type Picture, pictureOf } from './picture.ts';
import { STAGE, type MadeSteps, stepsOf } from './steps.ts';
import { structured } from './structure.ts';

/** As many elements as a workflow may have steps. */
const maxNodes = 300;
const maxWarnings = 50;

export interface BpmnOptions {
  /** Keys of the roles that lanes may stand for. */
  readonly roles?: readonly string[];
}

/**
 * Reads a workflow from BPMN 2.0 XML. A file that came from here and was not redrawn gives the same
 * workflow. Of others, the largest process is taken: what has a counterpart becomes a step, and
 * everything else is named in the notes. The result is a draft: where BPMN leaves open who decides
 * what, there is a question to a person. Never throws; a hostile file is refused before it is read.
 */
export async function fromBpmn(xml: string, { roles = [] }: BpmnOptions = {}): Promise<ReadFile> {
  const refusal = refusalOf(xml);
  if (refusal !== null) return unreadable('', refusal);
  let read: Awaited<ReturnType<BpmnModdle['fromXML']>>;
  try {
    read = await new BpmnModdle().fromXML(xml);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    return unreadable('', `This is no BPMN 2.0 file: ${reason || 'it cannot be read'}.`);
  }
  const picture = pictureOf(read.rootElement);
  if (!picture || picture.nodes.length === 0) {
    return unreadable('', 'The file holds no process with steps. Choose another file.');
  }
  if (picture.nodes.length > maxNodes) {
    const message = `The process has ${picture.nodes.length} elements; a workflow may have ${maxNodes}. Split it.`;
    return unreadable('process', message);
  }
  const own = ownFileIn(picture);
  if (own?.unchanged) {
    const { steps } = own.document.definition;
    const taken = Object.fromEntries(steps.map(({ id }) => [nodeOf(id), id]));
    return { document: own.document, notes: [], taken, problems: [] };
  }
  const warned = read.warnings.slice(0, maxWarnings).map(({ message }): Note => ({
    ...{ id: '', name: '', kind: 'XML', what: 'left' },
    message: message.replaceAll(/\s+/g, ' ').slice(0, 300),
  }));
  return take(picture, { own, warned, roles, root: read.rootElement });
}

interface Taking {
  readonly own: OwnFile | null;
  readonly warned: readonly Note[];
  readonly roles: readonly string[];
  readonly root: ModdleElement;
}

function take(picture: Picture, { own, warned, roles, root }: Taking): ReadFile {
  const shape = structured(picture);
  if (!shape) return unreadable('process', 'The process has nothing to begin with.');
  const made = stepsOf(shape, roles);
  const { definition, problems } = parseDefinition(definitionOf(picture, made, own));
  if (!definition) return { document: null, notes: [], problems };
  const changed: readonly Note[] = own
    ? [
        {
          ...{ id: picture.id, name: picture.name, kind: kindOf(root), what: 'changed' },
          message:
            'Another tool changed what was drawn here. Ways come from the picture; forms, roles and ' +
            'deadlines of steps that are still there were kept.',
        },
      ]
    : [];
  return {
    document: { definition, layout: { places: placesOf(picture, made) } },
    notes: [...changed, ...warned, ...picture.notes, ...shape.notes, ...made.notes],
    taken: takenFrom(picture, made, shape.standIn),
    problems: [],
  };
}

function definitionOf(picture: Picture, made: MadeSteps, own: OwnFile | null): WorkflowDefinition {
  const before = new Map(own?.document.definition.steps.map((step) => [`s.${step.id}`, step]));
  const nodes = nodesOf(made);
  const steps = made.steps.map((step): Step =>
    withDetails(step, before.get(nodes.get(step.id) ?? '')),
  );
  const name = picture.name || 'Imported workflow';
  const facts = [...(own?.document.definition.facts ?? []), ...made.facts];
  return {
    ...{ key: own?.document.definition.key ?? new Names().step(name), name: name.slice(0, 120) },
    ...{ purpose: own?.document.definition.purpose ?? 'Imported from BPMN.', subject: 'ai-system' },
    facts: [...new Map(facts.map((fact) => [fact.name, fact])).values()],
    stages: [{ key: STAGE, name: 'Work' }],
    ...{ start: made.start, steps },
  };
}

/** The first node that became each step. */
const nodesOf = ({ ids }: MadeSteps): ReadonlyMap<StepId, string> =>
  new Map([...ids].reverse().map(([node, step]) => [step, node]));

/** What each node became: itself, or where it led to. Boundaries became part of their step. */
function takenFrom(
  { nodes }: Picture,
  made: MadeSteps,
  standIn: (id: string) => string,
): Readonly<Record<string, StepId>> {
  const taken: Record<string, StepId> = {};
  for (const { id, attachedTo } of nodes) {
    const step = made.ids.get(standIn(attachedTo ?? id));
    if (step !== undefined) taken[id] = step;
  }
  return taken;
}

/** Where the file drew what became steps; nothing when it drew less than half of them. */
function placesOf({ places }: Picture, made: MadeSteps): Readonly<Record<string, Place>> {
  const nodes = nodesOf(made);
  const placed: Record<string, Place> = {};
  for (const { id } of made.steps) {
    const place = places.get(nodes.get(id) ?? '');
    // Our steps are wider than BPMN's.
    if (place) placed[id] = { x: Math.round(place.x * 1.8), y: Math.round(place.y * 1.2) };
  }
  return Object.keys(placed).length * 2 < made.steps.length ? {} : placed;
}
