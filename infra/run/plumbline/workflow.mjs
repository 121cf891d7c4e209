import { spawnSync } from 'node:child_process';
import { node24 } from '../node24.mjs';
import { inRoot } from '../places.mjs';
import { Trouble } from '../trouble.mjs';

export const summary = 'checks, tries and compares workflows offline: workflow validate <file> …';

export const usage = `  Works on definitions in files (YAML, JSON, BPMN 2.0), as they are exported; nothing is sent anywhere and nothing needs
  to run. A folder stands for every definition in it.

    workflow validate <file> …            everything wrong with each definition
    workflow simulate <file>              plays cases and tells what they cover
      --cases <file>                      saved cases, a list of them in JSON; without it cases are
                                          made up that cover as much as can be found
      --write-cases <file>                writes the cases that were made up
      --least <percent>                   fails when less than this is covered
    workflow diff <before> <after>        what changed, and what people will notice
      --exit-code                         ends with 1 when something changed
    workflow export <file>                the same workflow in another format
    workflow import <file>                the same for a file of another tool; what could not be
                                          taken over is listed
      --format <yaml|json|bpmn>           YAML unless said otherwise
      --out <file>                        where to; without it to the screen

    --library <file>                      a workflow that may be called; may be given more than once
    --json                                the result as JSON, for other programs

  Ends with 0 when all is well and 1 when a definition has an error, a case fails, too little is
  covered, or a file cannot be read. Warnings alone do not fail.
`;

/** Runs the command with the same engine as the product; answers the exit code. */
export function run(args) {
  if (!['validate', 'simulate', 'diff', 'export', 'import'].includes(args[0])) {
    throw new Trouble(
      args[0] ? `There is no “workflow ${args[0]}”.` : 'Say what to do with a workflow.',
      'npm run plumbline -- help workflow shows what there is.',
    );
  }
  // The engine is TypeScript, which the bundled Node runs as it is and older ones do not.
  const { status, error } = spawnSync(
    node24(),
    ['--disable-warning=ExperimentalWarning', inRoot('infra/workflow/main.mjs'), ...args],
    { stdio: 'inherit' },
  );
  if (error) throw error;
  return status ?? 1;
}
