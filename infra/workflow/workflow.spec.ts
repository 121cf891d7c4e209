import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { Difference, WorkflowDefinition } from '@plumbline/workflow-engine';

const cli = fileURLToPath(new URL('../run/cli.mjs', import.meta.url));

// Each command is a process of its own.
jest.setTimeout(60_000);

const review: WorkflowDefinition = {
  ...{ key: 'WF-REVIEW', name: 'Review', purpose: 'Reviews.', subject: 'ai-system', facts: [] },
  stages: [{ key: 'main', name: 'Main' }],
  start: 'write',
  steps: [
    {
      ...{ type: 'task', id: 'write', stage: 'main', name: 'Write it', role: 'client.staff' },
      form: { sections: [] },
      due: [{ due: { amount: 3, unit: 'business-days' } }],
      next: [{ to: 'decide' }],
    },
    {
      ...{ type: 'approval', id: 'decide', stage: 'main', name: 'Agree', role: 'client.approver' },
      ...{ question: 'Is it right?', separation: [], shows: [] },
      outcomes: (
        [
          ['yes', 'approve', 'agreed'],
          ['no', 'reject', 'refused'],
        ] as const
      ).map(([key, effect, to]) => ({
        ...{ key, label: key, effect, to, reasonRequired: false, consequence: '' },
      })),
    },
    { type: 'end', id: 'agreed', stage: 'main', name: 'Agreed', outcome: 'agreed' },
    { type: 'end', id: 'refused', stage: 'main', name: 'Refused', outcome: 'refused' },
  ],
};

describe('npm run plumbline -- workflow', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-workflow-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (name: string, content: unknown): string => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'workflow', ...args], {
      encoding: 'utf8',
    });
    return { status, out: stdout + stderr, stdout };
  };
  const withStep = (id: string, change: object): WorkflowDefinition => ({
    ...review,
    steps: review.steps.map((step) => (step.id === id ? { ...step, ...change } : step)),
  });
  const good = file('good/review.json', review);
  const lost = file('lost.json', withStep('write', { next: [{ to: 'nowhere' }] }));

  it('validates definitions, drafts and folders of them', () => {
    const draft = file('good/draft.json', { definition: review, layout: {} });
    expect(run('validate', good)).toMatchObject({
      ...{ status: 0, out: expect.stringContaining('(Review): no problems') },
    });
    const both = run('validate', join(folder, 'good'), '--json');
    expect(JSON.parse(both.stdout)).toMatchObject([
      { file: draft, errors: 0 },
      { file: good, key: 'WF-REVIEW', problems: [] },
    ]);
  });

  it('ends with 1 and names the place of what is wrong', () => {
    const { status, out } = run('validate', good, lost);
    expect(out).toContain('ERROR   steps.write.next.0 [unknown-step]');
    expect(status).toBe(1);
    const shapeless = file('shapeless.json', { ...review, extra: 1 });
    expect(run('validate', shapeless)).toMatchObject({
      ...{ status: 1, out: expect.stringContaining('There is no “extra” here') },
    });
  });

  it('plays saved cases and tells what they cover', () => {
    const cases = file('cases.json', [
      { name: 'Agreed', facts: {}, steps: [{ step: 'write' }, { step: 'decide', outcome: 'yes' }] },
    ]);
    const { status, out } = run('simulate', good, '--cases', cases);
    expect(out).toContain('ok     Agreed → agreed');
    expect(out).toContain('1 case, 0 failed. Covered: 4 of 6 (66 %).');
    expect(out).toContain('“Agree” is decided as “no”.  [steps.decide.outcomes.no]');
    expect(status).toBe(0);
    expect(run('simulate', good, '--cases', cases, '--least', '80').status).toBe(1);
  });

  it('ends with 1 when a case fails, and says why', () => {
    const cases = file('failing.json', [
      { name: 'Stops', facts: {}, steps: [{ step: 'write' }], expects: { ending: 'agreed' } },
    ]);
    const { status, out } = run('simulate', good, '--cases', cases);
    expect(out).toContain('FAILED Stops');
    expect(out).toContain('The run had no ending; expected was the ending “agreed”.');
    expect(status).toBe(1);
    const { stdout } = run('simulate', good, '--cases', cases, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ passed: false, cases: [{ name: 'Stops' }] });
  });

  it('makes cases up that can be kept and played again', () => {
    const kept = join(folder, 'made.json');
    const made = run('simulate', good, '--write-cases', kept);
    expect(made).toMatchObject({ status: 0, out: expect.stringContaining('6 of 6 (100 %)') });
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toHaveLength(2);
    expect(run('simulate', good, '--cases', kept, '--least', '100').status).toBe(0);
  });

  it('tells what changed and what people will notice', () => {
    const later = file(
      'later.json',
      withStep('write', { due: [{ due: { amount: 5, unit: 'business-days' } }], minutes: 10 }),
    );
    const said =
      '“Write it” is now due in 5 business days, was due in 3 business days.  [steps.write.due]';
    const { status, out } = run('diff', good, later);
    expect(out).toContain(said);
    expect(out).toContain('What people will notice:');
    expect(status).toBe(0);
    expect(run('diff', good, later, '--exit-code').status).toBe(1);
    expect(run('diff', good, good, '--exit-code')).toMatchObject({
      ...{ status: 0, out: expect.stringContaining('No differences.') },
    });
    const { changes } = JSON.parse(run('diff', good, later, '--json').stdout) as Difference;
    expect(changes).toHaveLength(2);
  });

  it.each(['yaml', 'json', 'bpmn'])('writes and reads %s', (format) => {
    const out = file(`converted.${format}`, '');
    expect(run('export', good, '--format', format, '--out', out)).toMatchObject({
      status: 0,
      out: '',
    });
    expect(run('diff', good, out, '--exit-code').status).toBe(0);
  });

  it('tells what of another tool could not be taken over', () => {
    const picture = file(
      'picture.bpmn',
      `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
       <process id="p"><startEvent id="s"/><serviceTask id="a" name="Look it up"/>
       <sequenceFlow id="f" sourceRef="s" targetRef="a"/></process></definitions>`,
    );
    const { status, out } = run('import', picture);
    expect(out).toContain('key: imported-workflow');
    expect(out).toContain('changed  ServiceTask “Look it up”');
    expect(status).toBe(0);
  });

  it.each<[string, readonly string[], string]>([
    ['nothing to do', [], 'Say what to do with a workflow.'],
    ['something unknown', ['fly'], 'There is no “workflow fly”.'],
    ['no file', ['validate'], 'Name a definition.'],
    ['a missing file', ['simulate', 'none.json'], 'There is no file none.json.'],
    ['a file of text', ['diff', file('text.json', 'hello'), good], 'is no workflow definition'],
    ['an unknown format', ['export', good, '--format', 'docx'], '--format takes yaml'],
    ['a broken definition', ['simulate', file('empty.json', {})], 'is no workflow definition'],
    ['an unknown option', ['diff', good, good, '--quick'], '--quick'],
    [
      'broken cases',
      ['simulate', good, '--cases', file('c.json', {})],
      'cases: This must be a list.',
    ],
    ['a strange percentage', ['simulate', good, '--least', 'all'], '--least takes a percentage.'],
  ])('says what is wrong: %s', (_, args, words) => {
    const { status, out } = run(...args);
    expect(out).toContain(words);
    expect(status).toBe(1);
  });
});
