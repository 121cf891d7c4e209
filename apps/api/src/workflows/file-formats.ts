import type { ExportWorkflowQuery, ImportedWorkflow } from '@plumbline/contracts';
import { ROLES } from '@plumbline/policies';
import { type DefinitionProblem, parseDefinition } from '@plumbline/workflow-engine';
import {
  fromBpmn,
  plainOf,
  type ReadFile,
  readLayout,
  toBpmn,
  writeYaml,
} from '@plumbline/workflow-exchange';
import { Refused } from '../platform/problems.ts';

type Content = Readonly<Record<string, unknown>>;

/** A workflow outside the product: what runs, and where its steps are drawn. */
export interface WorkflowFile {
  readonly definition: Content;
  readonly layout: Content;
}

/** A file that was read, or what keeps it from being read. */
export type ReadWorkflow =
  | { readonly file: WorkflowFile; readonly notTaken: ImportedWorkflow['notTaken'] }
  | { readonly file: null; readonly problems: readonly DefinitionProblem[] };

/** One format that workflows are written in. Further ones have their row here and below. */
export interface FileFormat {
  readonly mediaType: string;
  readonly extension: string;
  write(file: WorkflowFile): string | Promise<string>;
}

export const FORMATS: Readonly<Record<ExportWorkflowQuery['format'], FileFormat>> = {
  json: {
    mediaType: 'application/json',
    extension: 'json',
    write: (file) => `${JSON.stringify(inOne(file), null, 2)}\n`,
  },
  yaml: {
    mediaType: 'application/yaml',
    extension: 'yaml',
    write: (file) => writeYaml(inOne(file)),
  },
  bpmn: {
    mediaType: 'application/xml',
    extension: 'bpmn',
    write: ({ definition: content, layout }) => {
      const { definition, problems } = parseDefinition(content);
      if (definition) return toBpmn({ definition, layout: readLayout(layout) });
      throw new Refused(
        'bad-definition',
        'This draft is not whole yet, so it cannot be drawn. Mend what the designer shows first.',
        { found: problems },
      );
    },
  },
};

/** The layout stands in the definition's document, unless nobody moved anything. */
const inOne = ({ definition, layout }: WorkflowFile): Content =>
  Object.keys(layout).length > 0 ? { ...definition, layout } : definition;

/** Reads a workflow from a file. What it means is judged by whoever makes a draft of it. */
export async function readWorkflow(text: string): Promise<ReadWorkflow> {
  if (text.trimStart().startsWith('<')) return drawn(await fromBpmn(text, { roles: ROLES }));
  const plain = plainOf(text);
  if ('refused' in plain) return { file: null, problems: plain.refused.problems };
  const { value } = plain;
  if (!isRecord(value))
    return unreadable('This file holds no workflow. Export a workflow to see one.');
  const { layout = {}, ...rest } = value;
  // A version as the API answers it has its definition inside.
  const definition = isRecord(rest['definition']) ? rest['definition'] : rest;
  if (!isRecord(layout)) return unreadable('“layout” must be an object, or be left out.');
  return { file: { definition, layout }, notTaken: [] };
}

function drawn({ document, notes, problems }: ReadFile): ReadWorkflow {
  if (!document) return { file: null, problems };
  const { definition, layout } = document;
  return {
    file: { definition: { ...definition }, layout: { ...layout } },
    notTaken: notes.map(({ message, ...note }) => ({ ...note, why: message })),
  };
}

const unreadable = (message: string): ReadWorkflow => ({
  file: null,
  problems: [{ code: 'bad-shape', severity: 'error', place: '', message }],
});

const isRecord = (value: unknown): value is Content =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
