import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  differenceOf,
  generateCases,
  parseCases,
  runCases,
  validateDefinition,
} from '@plumbline/workflow-engine';
import { toBpmn, toJson, toYaml } from '@plumbline/workflow-exchange';
import { runMain, Trouble } from '../run/trouble.mjs';
import { filesAt, readFile, readJson, readWorkflow, requireWorkflow } from './read-workflow.mjs';

const OPTIONS = {
  library: { type: 'string', multiple: true, default: [] },
  json: { type: 'boolean', default: false },
};
const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;
const print = (value) => console.log(JSON.stringify(value, null, 2));

function read(args, options = {}) {
  try {
    return parseArgs({ args, options: { ...OPTIONS, ...options }, allowPositionals: true });
  } catch (error) {
    throw new Trouble(error.message, 'npm run plumbline -- help workflow shows what it takes.');
  }
}

/** The workflows that may be called; `undefined` (calls are not checked) when none is given. */
async function libraryOf({ library }) {
  if (library.length === 0) return undefined;
  return Promise.all(library.flatMap(filesAt).map(requireWorkflow));
}

async function validate(args) {
  const { values, positionals } = read(args);
  if (positionals.length === 0) {
    throw new Trouble('Name a definition.', 'npm run plumbline -- workflow validate <file> …');
  }
  const library = await libraryOf(values);
  const results = [];
  for (const file of positionals.flatMap(filesAt)) {
    const { definition, problems } = await readWorkflow(file);
    const found = definition
      ? validateDefinition(definition, library && [definition, ...library])
      : problems;
    const errors = found.filter(({ severity }) => severity === 'error').length;
    results.push({
      file,
      key: definition?.key ?? null,
      name: definition?.name ?? null,
      errors,
      problems: found,
    });
  }
  if (values.json) print(results);
  else results.forEach(tellProblems);
  return results.some(({ errors }) => errors > 0) ? 1 : 0;
}

function tellProblems({ file, name, errors, problems }) {
  const warnings = problems.length - errors;
  const parts = [
    ...(errors > 0 ? [count(errors, 'error')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
  ];
  console.log(`\n  ${file}${name ? ` (${name})` : ''}: ${parts.join(', ') || 'no problems'}`);
  for (const { severity, place, message, code, trace } of problems) {
    console.log(
      `\n    ${severity === 'error' ? 'ERROR  ' : 'warning'} ${place || 'the file'} [${code}]`,
    );
    console.log(`            ${message}`);
    if (trace?.length) console.log(`            This happens after: ${trace.join(' → ')}`);
  }
}

async function simulate(args) {
  const { values, positionals } = read(args, {
    cases: { type: 'string' },
    'write-cases': { type: 'string' },
    least: { type: 'string', default: '0' },
  });
  const least = Number(values.least);
  if (positionals.length !== 1 || !(least >= 0 && least <= 100)) {
    throw new Trouble(
      positionals.length === 1 ? '--least takes a percentage.' : 'Name one definition.',
      'npm run plumbline -- workflow simulate <file> --cases <file> --least 80',
    );
  }
  const definition = await requireWorkflow(positionals[0]);
  const library = (await libraryOf(values)) ?? [];
  const cases = values.cases
    ? readCases(values.cases)
    : generateCases(definition, { library }).cases;
  if (values['write-cases']) {
    writeFileSync(values['write-cases'], `${JSON.stringify(cases, null, 2)}\n`);
  }
  const result = runCases(definition, cases, library);
  const percent = Math.floor((result.covered / Math.max(1, result.coverage.length)) * 100);
  if (values.json) print({ ...result, percent });
  else tellCases(result, percent);
  return result.passed && percent >= least ? 0 : 1;
}

function readCases(file) {
  const { cases, problems } = parseCases(readJson(file));
  if (cases) return cases;
  const lines = problems.map(({ place, message }) => `\n    ${place}: ${message}`);
  throw new Trouble(`${file} holds no cases:${lines.join('')}`, 'mend these, then try again.');
}

function tellCases({ cases, covered, coverage, uncovered }, percent) {
  console.log('');
  for (const { name, passed, failures, ending } of cases) {
    console.log(`  ${passed ? 'ok    ' : 'FAILED'} ${name}${ending ? ` → ${ending}` : ''}`);
    for (const failure of failures) console.log(`           ${failure}`);
  }
  const failed = cases.filter(({ passed }) => !passed).length;
  console.log(
    `\n  ${count(cases.length, 'case')}, ${failed} failed. ` +
      `Covered: ${covered} of ${coverage.length} (${percent} %).`,
  );
  if (uncovered.length > 0) console.log('\n  Not covered:');
  for (const { place, text } of uncovered) console.log(`    ${text}  [${place}]`);
}

async function diff(args) {
  const { values, positionals } = read(args, { 'exit-code': { type: 'boolean', default: false } });
  if (positionals.length !== 2) {
    throw new Trouble(
      'Name two definitions.',
      'npm run plumbline -- workflow diff <before> <after>',
    );
  }
  const [before, after] = await Promise.all(positionals.map(requireWorkflow));
  const difference = differenceOf(before, after);
  if (values.json) print(difference);
  else tellDifference(difference);
  return values['exit-code'] && difference.changes.length > 0 ? 1 : 0;
}

function tellDifference({ changes, noticeable }) {
  console.log(
    `\n  ${changes.length === 0 ? 'No differences.' : `${count(changes.length, 'change')}:`}`,
  );
  for (const { text, place } of changes) console.log(`    ${text}  [${place}]`);
  if (changes.length === 0) return;
  console.log(
    `\n  ${noticeable.length > 0 ? 'What people will notice:' : 'People will notice nothing.'}`,
  );
  for (const line of noticeable) console.log(`    ${line}`);
}

const WRITERS = { yaml: toYaml, json: toJson, bpmn: toBpmn };

/** Writes a workflow in another format; what could not be taken over is told beside it. */
async function convert(args) {
  const { values, positionals } = read(args, {
    format: { type: 'string', default: 'yaml' },
    out: { type: 'string' },
  });
  const write = Object.hasOwn(WRITERS, values.format) ? WRITERS[values.format] : null;
  if (positionals.length !== 1 || !write) {
    throw new Trouble(
      write ? 'Name one file.' : '--format takes yaml, json or bpmn.',
      'npm run plumbline -- workflow export <file> --format bpmn --out <file>',
    );
  }
  const { document, notes, problems } = await readFile(positionals[0]);
  if (!document) {
    const [{ place, message }] = problems;
    throw new Trouble(
      `${positionals[0]} cannot be read: ${place ? `${place}: ` : ''}${message}`,
      'mend it, then try again.',
    );
  }
  const text = await write(document);
  if (values.out) writeFileSync(values.out, text);
  else process.stdout.write(text);
  for (const { what, kind, name, id, message } of notes) {
    console.error(
      `  ${what === 'left' ? 'left out' : 'changed '} ${kind} “${name || id}”: ${message}`,
    );
  }
  return 0;
}

const commands = { validate, simulate, diff, export: convert, import: convert };

await runMain(async () => {
  const [name, ...args] = process.argv.slice(2);
  process.exitCode = await commands[name](args);
});
