import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROLES } from '@plumbline/policies';
import { fromBpmn, fromText } from '@plumbline/workflow-exchange';
import { Trouble } from '../run/trouble.mjs';

/** Larger than any definition; what is larger is not read. */
const LARGEST = 5 * 1024 * 1024;

/** The text of a file; a Trouble when there is none, or too much. */
export function readText(file) {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new Trouble(`There is no file ${file}.`, 'look the path over.');
  if (found.size > LARGEST) throw new Trouble(`${file} is larger than 5 MB.`, 'split it.');
  return readFileSync(file, 'utf8');
}

/** What a JSON file says; a Trouble when it is not JSON. */
export function readJson(file) {
  try {
    return JSON.parse(readText(file));
  } catch (error) {
    if (error instanceof Trouble) throw error;
    throw new Trouble(`${file} is not JSON (${error.message}).`, 'mend it, or export it again.');
  }
}

/**
 * The workflow in a file: YAML, JSON or BPMN 2.0. Every command reads definitions here; a file may
 * hold the definition itself or, as drafts do, have it as `definition`.
 */
export async function readFile(file) {
  const text = readText(file);
  return text.trimStart().startsWith('<') ? fromBpmn(text, { roles: ROLES }) : fromText(text);
}

/** The definition in a file, or what is wrong with its shape. */
export async function readWorkflow(file) {
  const { document, problems } = await readFile(file);
  return { definition: document?.definition ?? null, problems };
}

/** The definition in a file; a Trouble with the first problem when it cannot be read. */
export async function requireWorkflow(file) {
  const { definition, problems } = await readWorkflow(file);
  if (definition) return definition;
  const [{ place, message }] = problems;
  throw new Trouble(
    `${file} is no workflow definition: ${place ? `${place}: ` : ''}${message}`,
    `npm run plumbline -- workflow validate ${file} lists everything.`,
  );
}

/** The files that a path stands for: itself, or the definitions in a folder by name. */
export function filesAt(path) {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const files = readdirSync(path).filter((file) => /\.(json|ya?ml|bpmn)$/.test(file));
  if (files.length === 0) throw new Trouble(`There is no definition in ${path}.`, 'name a file.');
  return files.sort().map((file) => join(path, file));
}
