import { parseDefinition } from '@plumbline/workflow-engine';
import { parseDocument, stringify } from 'yaml';
import {
  field,
  maxFileLength,
  readLayout,
  type ReadFile,
  unreadable,
  type WorkflowDocument,
} from './document.ts';

/** The workflow as YAML: for people to read and compare. */
export const toYaml = (document: WorkflowDocument): string => writeYaml(fileOf(document));

/** Plain data as YAML, as workflows are written. */
export function writeYaml(value: object): string {
  return stringify(value, {
    aliasDuplicateObjects: false,
    lineWidth: 100,
  });
}

/** The workflow as JSON. */
export function toJson(document: WorkflowDocument): string {
  return `${JSON.stringify(fileOf(document), null, 2)}\n`;
}

/** Without the layout when nobody moved anything. */
const fileOf = ({ definition, layout }: WorkflowDocument) =>
  Object.keys(layout.places).length > 0 ? { ...definition, layout } : definition;

/**
 * Reads a workflow from YAML or JSON (which is YAML). Never throws: what is wrong comes with the
 * line or the place in the definition. Aliases are refused, so that a small file stays small.
 */
export function fromText(text: string): ReadFile {
  const parsed = plainOf(text);
  if ('refused' in parsed) return parsed.refused;
  const { value } = parsed;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return unreadable('', 'This is no workflow: it must hold a key, a name, steps and facts.');
  }
  const { layout, ...rest } = value as Readonly<Record<string, unknown>>;
  // A document as the API gives it is read, too.
  const inner = field(rest, 'definition');
  const { definition, problems } = parseDefinition(inner ?? rest);
  if (!definition) return { document: null, notes: [], problems };
  return {
    document: { definition, layout: readLayout(layout) },
    ...{ notes: [], taken: {}, problems: [] },
  };
}

/** Plain data, or why there is none. */
export type Plain = { readonly value: unknown } | { readonly refused: ReadFile };

/** The plain data in YAML or JSON, whatever it means: the first part of {@link fromText}. */
export function plainOf(text: string): Plain {
  if (text.length > maxFileLength) {
    const message = 'The file is larger than 5 MB. No workflow is; choose another file.';
    return { refused: unreadable('', message) };
  }
  return asJson(text) ?? asYaml(text);
}

function asJson(text: string): Plain | null {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // Then it may be YAML in braces; if it is not, that reader tells the line.
    return null;
  }
}

function asYaml(text: string): Plain {
  if (deepestIndent(text) > 400) {
    return { refused: unreadable('', 'The file is nested too deeply to be a workflow.') };
  }
  try {
    const document = parseDocument(text, { merge: false, uniqueKeys: true, prettyErrors: true });
    const [error] = document.errors;
    if (error) {
      const [at] = error.linePos ?? [];
      const line = at ? `Line ${at.line}: ` : '';
      return {
        refused: unreadable(at ? `line ${at.line}` : '', `${line}${firstLine(error.message)}`),
      };
    }
    return { value: document.toJS({ maxAliasCount: 0 }) as unknown };
  } catch (error) {
    const message = error instanceof Error ? firstLine(error.message) : 'it is not YAML';
    return { refused: unreadable('', `The file cannot be read: ${message}.`) };
  }
}

/** How deep the text is nested: by indentation, or by brackets in one line. */
function deepestIndent(text: string): number {
  let [deepest, brackets] = [0, 0];
  for (const char of text) {
    if (char === '[' || char === '{') deepest = Math.max(deepest, (brackets += 1));
    else if (char === ']' || char === '}') brackets = Math.max(0, brackets - 1);
  }
  for (const line of text.split('\n')) {
    const indent = line.length - line.trimStart().length;
    // Two spaces, or a dash and a space, for each level.
    if (line.trim() !== '') deepest = Math.max(deepest, Math.ceil(indent / 2));
    deepest = Math.max(deepest, (/^(?:\s*- )+/.exec(line)?.[0].match(/-/g) ?? []).length);
  }
  return deepest;
}

const firstLine = (message: string): string => message.split('\n')[0] ?? '';
