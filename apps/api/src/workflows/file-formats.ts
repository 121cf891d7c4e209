import type { ExportWorkflowQuery, ImportedWorkflow, WorkflowProblem } from '@plumbline/contracts';

type Content = Readonly<Record<string, unknown>>;

/** A workflow outside the product: what runs, and where its steps are drawn. */
export interface WorkflowFile {
  readonly definition: Content;
  readonly layout: Content;
}

/** A file that was read, or what keeps it from being read. */
export type ReadWorkflow =
  | { readonly file: WorkflowFile; readonly notTaken: ImportedWorkflow['notTaken'] }
  | { readonly file: null; readonly problems: readonly WorkflowProblem[] };

/** One format that workflows are written in. Further ones have their row here and below. */
export interface FileFormat {
  readonly mediaType: string;
  readonly extension: string;
  write(file: WorkflowFile): string;
}

export const FORMATS: Readonly<Record<ExportWorkflowQuery['format'], FileFormat>> = {
  json: {
    mediaType: 'application/json',
    extension: 'json',
    write: ({ definition, layout }) => {
      const beside = Object.keys(layout).length > 0 ? { layout } : {};
      return `${JSON.stringify({ ...definition, ...beside }, null, 2)}\n`;
    },
  },
};

/** Reads a workflow from a file. What it means is judged by whoever makes a draft of it. */
export function readWorkflow(text: string): ReadWorkflow {
  const value = asJson(text);
  if (!isRecord(value))
    return unreadable('This file is no JSON object. Export a workflow to see one.');
  const { layout = {}, ...rest } = value;
  // A version as the API answers it has its definition inside.
  const definition = isRecord(rest['definition']) ? rest['definition'] : rest;
  if (!isRecord(layout)) return unreadable('“layout” must be an object, or be left out.');
  return { file: { definition, layout }, notTaken: [] };
}

const unreadable = (message: string): ReadWorkflow => ({
  file: null,
  problems: [{ code: 'bad-shape', severity: 'error', place: '', message }],
});

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whatever it is, it is not JSON: said by the caller.
    return null;
  }
}

const isRecord = (value: unknown): value is Content =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
