import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseDefinition } from '@plumbline/workflow-engine';
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
 * The definition in a file, or what is wrong with its shape. Every command reads definitions here;
 * a file may hold the definition itself or, as drafts do, have it as `definition`.
 */
export function readWorkflow(file) {
  const value = readJson(file);
  const isDraft = typeof value?.definition === 'object' && value.definition !== null;
  return parseDefinition(isDraft ? value.definition : value);
}

/** The definition in a file; a Trouble with the first problem when it cannot be read. */
export function requireWorkflow(file) {
  const { definition, problems } = readWorkflow(file);
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
  const files = readdirSync(path).filter((file) => file.endsWith('.json'));
  if (files.length === 0) throw new Trouble(`There is no definition in ${path}.`, 'name a file.');
  return files.sort().map((file) => join(path, file));
}
