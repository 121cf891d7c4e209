import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's own folder, absolute. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** An absolute path inside the repository. */
export const inRoot = (...parts) => join(root, ...parts);

/** Where this installation keeps its data: `DATA_DIR`, or `.data` beside the sources. */
export const dataDirectory = () => resolve(process.env.DATA_DIR ?? inRoot('.data'));
