import { readdirSync } from 'node:fs';

/** Files here that are not commands themselves. */
const OURS = new Set(['commands.mjs', 'client.mjs', 'connection.mjs', 'founding.mjs']);

/** The names of all commands: each file of this folder is one. */
export const commandNames = () =>
  readdirSync(new URL('.', import.meta.url))
    .filter((file) => file.endsWith('.mjs') && !OURS.has(file))
    .map((file) => file.replace(/\.mjs$/, ''))
    .sort();

/**
 * The command of this name, or null. A command exports `summary` (one line), optionally `usage`
 * (many), and `run(args)`, which answers the exit code (nothing means 0).
 */
export const findCommand = async (name) =>
  commandNames().includes(name) ? import(new URL(`${name}.mjs`, import.meta.url)) : null;
