import { openAsBlob, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Trouble } from '../trouble.mjs';
import { connect, readArguments } from './connection.mjs';

export const summary = 'brings an inventory of AI systems in: import <file.csv|file.xlsx> …';
export const usage = `
  The file is mapped, checked and brought in, all of it or nothing, as the import page does.
    --firm <short name>       where to import; may be left out by whoever works for one firm only
    --client <short name>     import at a client itself instead
    --new-firm <name>         create a firm first and enter it (on the machine that runs Plumbline)
    --create-organisations    add the clients that the file names and the firm does not have
    --map <file.json>         a mapping of your own: { "columns": [{ "column", "target", "values" }],
                              "identity": […] }; without it the suggested one is used
    --problems <file.csv>     where to write the rows with problems (default: in this folder)
    --dry-run                 check only
  Ends with 0 when all is in (or would be), 2 when rows have problems, 1 when something else is wrong.
`;

const OPTIONS = {
  firm: { type: 'string' },
  client: { type: 'string' },
  'new-firm': { type: 'string' },
  'create-organisations': { type: 'boolean', default: false },
  map: { type: 'string' },
  problems: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
};

/** As the API: what is larger is refused there as well, but only after it was sent. */
const LARGEST = 50 * 1024 * 1024;
/** How often a running import is looked at (milliseconds). */
const LOOK_AGAIN = 300;
const WORKING = new Set(['reading', 'checking', 'committing']);
const PHASES = { reading: 'Reading', checking: 'Checking', committing: 'Importing' };

const count = (number, one, many = `${one}s`) =>
  `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;

/** Brings a file in, through the API, and says how it went. */
export async function run(args) {
  const { values, positionals } = readArguments(args, OPTIONS);
  const file = fileOf(positionals);
  const own = values.map ? readMapping(values.map) : null;
  const began = performance.now();
  const { client, organisation } = await enter(values);
  console.log(`\n  Importing ${basename(file)} into ${organisation.name} …`);
  const path = `/organisations/${organisation.slug}/imports`;

  const read = await work(client, path, await upload(client, path, file));
  const mapping = { ...(own ?? read.mapping) };
  mapping.createOrganisations = values['create-organisations'] || !!mapping.createOrganisations;
  const checked = await work(client, path, await put(client, `${path}/${read.id}`, read, mapping));
  const problems = await keepProblems(client, path, checked, values.problems ?? here(file));
  if (checked.outcome.errors > 0) {
    tell(checked, problems, began);
    console.log(
      `\n  Nothing was imported: ${count(checked.outcome.errors, 'error')} to mend first.\n`,
    );
    return 2;
  }
  if (values['dry-run']) {
    tell(checked, problems, began);
    console.log('\n  This was a check: nothing was imported.\n');
    return 0;
  }
  const headers = { 'if-match': `"${checked.version}"` };
  const confirmed = await client.post(`${path}/${checked.id}/commit`, {}, { headers });
  tell(await work(client, path, confirmed), problems, began);
  console.log('');
  return 0;
}

function fileOf(positionals) {
  const [file] = positionals;
  if (positionals.length !== 1) {
    throw new Trouble(
      'Name one file to import.',
      'for example: npm run plumbline -- import inventory.csv --create-organisations',
    );
  }
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new Trouble(`There is no file ${file}.`, 'look the path over.');
  if (found.size > LARGEST) {
    throw new Trouble(
      `${file} is larger than 50 MB. Nothing was sent.`,
      'split it into several files, or leave out what is not needed.',
    );
  }
  return resolve(file);
}

function readMapping(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Trouble(`The mapping ${file} cannot be read (${error.message}).`, 'mend it.');
  }
}

/** Signs in, to the organisation that is meant. */
async function enter(values) {
  if (values['new-firm']) return enterNewFirm(values);
  const client = await connect(values);
  const { organisations } = await client.get('/sessions/current');
  const slug = values.client ?? values.firm;
  const kind = values.client ? 'client' : 'firm';
  const mine = organisations.filter((one) => one.kind === kind);
  const found = slug ? mine.find((one) => one.slug === slug) : mine.length === 1 ? mine[0] : null;
  if (found) return { client, organisation: found };
  const known = mine.map((one) => one.slug).join(', ') || 'none';
  throw new Trouble(
    slug ? `You cannot enter the ${kind} “${slug}”.` : 'It is not clear where to import.',
    `give --${kind} with one of: ${known}.`,
  );
}

/** Creates the firm as its operator, then accepts the invitation of its first person. */
async function enterNewFirm(values) {
  const { found } = await import('./founding.mjs');
  const { anonymous, credentialsOf } = await import('./connection.mjs');
  const { email, password } = credentialsOf(values);
  const name = email.split('@', 1)[0];
  const { slug, link } = found('firm', values['new-firm'], name, email, password);
  const client = anonymous(values);
  await client.post('/invitations/accept', { token: link.split('/').at(-1), name, password });
  return { client, organisation: { slug, name: values['new-firm'] } };
}

async function upload(client, path, file) {
  const body = new FormData();
  body.set('file', await openAsBlob(file), basename(file));
  return client.json('POST', path, { body });
}

const put = (client, path, { version }, body) =>
  client.json('PUT', `${path}/mapping`, { body, headers: { 'if-match': `"${version}"` } });

/** Waits until the worker is done with the import; says how far it is. */
async function work(client, path, started) {
  let now = started;
  let said = '';
  while (WORKING.has(now.state)) {
    await wait(LOOK_AGAIN);
    now = await client.get(`${path}/${started.id}`);
    said = progress(now, said);
  }
  if (now.state === 'refused') throw new Trouble('The import was refused.', now.refusal);
  if (now.state === 'cancelled') {
    throw new Trouble('Somebody cancelled the import.', 'nothing was imported; start it again.');
  }
  return now;
}

/** One line per phase, and one for each further tenth of it. */
function progress({ state, progress: at }, said) {
  if (!at?.total) return said;
  const line = `${PHASES[state]}: ${Math.floor((at.done / at.total) * 10) * 10} %`;
  if (line !== said && at.done > 0) {
    console.log(`    ${line} (${at.done.toLocaleString('en-GB')} of ${count(at.total, 'row')})`);
  }
  return line;
}

const here = (file) => resolve(`${basename(file).replace(/\.[^.]+$/, '')}.problems.csv`);

/** Writes the rows with problems to a file; answers its path, or null when there are none. */
async function keepProblems(client, path, { id, outcome }, file) {
  if (outcome.errors + outcome.warnings === 0) return null;
  const response = await client.request('GET', `${path}/${id}/problems.csv`);
  try {
    writeFileSync(file, Buffer.from(await response.arrayBuffer()));
  } catch (error) {
    throw new Trouble(
      `The problems cannot be written to ${file} (${error.code}).`,
      'give another place with --problems.',
    );
  }
  return file;
}

function tell({ outcome, rows, problems, encoding }, file, began) {
  const made = outcome.newOrganisations.length;
  const lines = [
    ['Rows', `${rows.toLocaleString('en-GB')}${encoding ? ` (${encoding})` : ''}`],
    ['AI systems', count(outcome.create + outcome.update + outcome.unchanged, 'system')],
    ['  new', String(outcome.create)],
    ['  changed', String(outcome.update)],
    ['  unchanged', String(outcome.unchanged)],
    ['  incomplete', String(outcome.incomplete)],
    ['Organisations', `${outcome.organisations}${made ? ` (${made} new)` : ''}`],
    ['Impacting', `${outcome.impacting} touch rights or safety`],
    ['Problems', `${count(outcome.errors, 'error')}, ${count(outcome.warnings, 'warning')}`],
    ['Seconds', ((performance.now() - began) / 1000).toFixed(1)],
  ];
  if (file) lines.push(['Listed in', file]);
  console.log('');
  for (const [name, value] of lines) console.log(`    ${name.padEnd(15)} ${value}`);
  const worst = problems.filter(({ severity }) => severity === 'error').slice(0, 10);
  for (const { row, column, problem, cure } of worst) {
    console.log(`\n    Row ${row}${column ? `, ${column}` : ''}: ${problem}\n      ${cure}`);
  }
}
