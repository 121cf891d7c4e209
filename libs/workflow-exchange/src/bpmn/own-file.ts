import { parseDefinition, type Step, type WorkflowDefinition } from '@plumbline/workflow-engine';
import { field, readLayout, type WorkflowDocument } from '../document.ts';
import { draw } from './drawing.ts';
import { elementIn, elementsIn, textIn } from './moddle.ts';
import { DEFINITION } from './namespace.ts';
import type { Picture } from './picture.ts';

/** A workflow that we wrote into a BPMN file, and whether its picture is still the one we drew. */
export interface OwnFile {
  readonly document: WorkflowDocument;
  readonly unchanged: boolean;
}

/** The workflow inside a file that came from here; null for a file of another tool. */
export function ownFileIn(picture: Picture): OwnFile | null {
  const kept = elementsIn(elementIn(picture.process, 'extensionElements'), 'values').find(
    ({ $type }) => $type === DEFINITION,
  );
  const value = jsonIn(textIn(kept ?? null, '$body'));
  const { definition } = parseDefinition(field(value, 'definition'));
  if (!definition) return null;
  const document = { definition, layout: readLayout(field(value, 'layout')) };
  return { document, unchanged: saysTheSame(picture, definition) };
}

function jsonIn(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Somebody wrote into our extension: what is left of the file is read as any other.
    return null;
  }
}

/** Whether the picture's nodes and ways are those that we would draw. */
function saysTheSame(picture: Picture, definition: WorkflowDefinition): boolean {
  const drawing = draw(definition);
  const nodes = (list: readonly { id: string; kind: string; name: string }[]): string =>
    list
      .map(({ id, kind, name }) => JSON.stringify([id, kind, tidy(name)]))
      .sort()
      .join('\n');
  const flows = (list: readonly { from: string; to: string; name: string; condition: string }[]) =>
    list
      .map(({ from, to, name, condition }) =>
        JSON.stringify([from, to, tidy(name), condition.trim()]),
      )
      .sort()
      .join('\n');
  return (
    nodes(picture.nodes) === nodes(drawing.nodes) && flows(picture.flows) === flows(drawing.flows)
  );
}

const tidy = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** What a step asked for before another tool changed the picture: kept where the step still is one like it. */
export function withDetails(made: Step, was: Step | undefined): Step {
  if (!was) return made;
  if (
    (made.type === 'form' || made.type === 'task') &&
    (was.type === 'form' || was.type === 'task')
  ) {
    const { form, role, due, separation, requirements, evidence, assignee } = was;
    return {
      ...{ ...made, type: was.type, form, role },
      ...(due && { due }),
      ...(separation && { separation }),
      ...(requirements && { requirements }),
      ...(evidence && { evidence }),
      ...(assignee !== undefined && { assignee }),
    };
  }
  if (made.type === 'timer' && was.type === 'timer') return { ...made, wait: was.wait };
  return made;
}
