import { describe, expect, it } from '@jest/globals';
import { BpmnModdle } from 'bpmn-moddle';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validateDefinition, walk, type WorkflowDefinition } from '@plumbline/workflow-engine';
import { fromBpmn, type ReadFile, toBpmn } from '../index.ts';
import { everyWord } from '../testing/every-word.data.ts';

const layout = { places: { ask: { x: 40, y: 60 }, decide: { x: 400, y: 60 } } };

const read = async (xml: string, roles: readonly string[] = []) => {
  const file = await fromBpmn(xml, { roles });
  if (!file.document) throw new Error(file.problems[0]?.message);
  return file;
};

const bpmn = (process: string, beside = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
   <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
     xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="t">
     ${beside}<process id="p" name="Check a supplier">${process}</process></definitions>`;
const flow = (from: string, to: string, rest = ''): string =>
  `<sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}" ${rest}/>`;

const stepsOf = ({ steps }: WorkflowDefinition): Record<string, string> =>
  Object.fromEntries(steps.map(({ id, type }) => [id, type]));

describe('our own workflows in BPMN', () => {
  it('come back as they were, with their layout', async () => {
    const document = { definition: everyWord, layout };
    const file = await read(await toBpmn(document));
    expect(file.document).toEqual(document);
    expect(file.notes).toEqual([]);
  });

  it('are read by others without a warning, every step and every way with its shape', async () => {
    const xml = await toBpmn({ definition: everyWord, layout });
    const { warnings } = await new BpmnModdle().fromXML(xml);
    expect(warnings).toEqual([]);
    for (const { id } of everyWord.steps) expect(xml).toContain(`bpmnElement="s.${id}"`);
    const flows = xml.match(/<bpmn:sequenceFlow /g)?.length;
    expect(xml.match(/<bpmndi:BPMNEdge /g)).toHaveLength(flows ?? -1);
  });

  it('that another tool redrew take its ways, and keep the forms of steps that are still there', async () => {
    const xml = await toBpmn({ definition: everyWord, layout: { places: {} } });
    const redrawn = xml.replace('name="Remind"', 'name="Remind them"');
    const { document, notes } = await read(redrawn);
    expect(notes[0]).toMatchObject({
      what: 'changed',
      message: expect.stringMatching(/^Another tool/),
    });
    const asked = document.definition.steps.find(({ name }) => name === 'Ask');
    expect(asked).toMatchObject({
      form: everyWord.steps[0] && 'form' in everyWord.steps[0] && everyWord.steps[0].form,
    });
  });
});

describe('processes of other tools', () => {
  const lanes = `<laneSet id="l"><lane id="l1" name="Approver"><flowNodeRef>ask</flowNodeRef></lane>
    <lane id="l2" name="The moon"><flowNodeRef>look</flowNodeRef></lane></laneSet>`;
  const loop = bpmn(
    `${lanes}<startEvent id="s"/><userTask id="ask" name="Ask for papers"/>
     <exclusiveGateway id="ok" name="Good enough?" default="ok-done"/><serviceTask id="look" name="Look it up"/>
     <endEvent id="done" name="Taken on"/>${flow('s', 'ask')}${flow('ask', 'look')}${flow('look', 'ok')}
     <sequenceFlow id="no" sourceRef="ok" targetRef="ask" name="No"><conditionExpression
       xsi:type="tFormalExpression">\${score &lt; 3}</conditionExpression></sequenceFlow>
     ${flow('ok', 'done', 'name="Yes"')}`,
  );

  it('become drafts: tasks, questions instead of conditions, roles of lanes', async () => {
    const { document, notes, taken } = await read(loop, ['client.system_owner', 'client.approver']);
    const { definition } = document;
    expect(definition).toMatchObject({ key: 'check-a-supplier', name: 'Check a supplier' });
    expect(stepsOf(definition)).toEqual({
      'ask-for-papers': 'form',
      'look-it-up': 'form',
      'good-enough': 'form',
      'taken-on': 'end',
    });
    expect(definition.steps[0]).toMatchObject({ role: 'client.approver' });
    expect(taken).toMatchObject({ s: 'ask-for-papers', look: 'look-it-up' });
    expect(notes.map(({ kind, name }) => [kind, name])).toEqual([
      ['ServiceTask', 'Look it up'],
      ['Lane', 'The moon'],
      ['SequenceFlow', 'No'],
    ]);
    expect(validateDefinition(definition)).toEqual([]);
    const answers = { 'good-enough': { good_enough_way: 'yes' } };
    expect(walk(definition, { answers }).state.status).toBe('ended');
  });

  it('that go several ways at once pass an inclusive join once', async () => {
    const { document } = await read(
      bpmn(`<startEvent id="s"/><inclusiveGateway id="split" name="Which checks?"/>
        <userTask id="a" name="Law"/><userTask id="b" name="Money"/><inclusiveGateway id="join"/>
        <userTask id="c" name="Sum up"/><endEvent id="e"/>${flow('s', 'split')}
        ${flow('split', 'a', 'name="Law"')}${flow('split', 'b', 'name="Money"')}
        ${flow('a', 'join')}${flow('b', 'join')}${flow('join', 'c')}${flow('c', 'e')}`),
    );
    const { definition } = document;
    expect(validateDefinition(definition)).toEqual([]);
    const { events, state } = walk(definition, {
      answers: { 'which-checks': { which_checks_ways: ['law', 'money'] } },
    });
    const entered = events.flatMap((event) => (event.type === 'step-entered' ? [event.step] : []));
    expect(state.status).toBe('ended');
    expect(entered.filter((step) => step === 'sum-up')).toHaveLength(1);
    expect(entered).toEqual(expect.arrayContaining(['law', 'money']));
  });

  it.each<[string, string, Record<string, string>]>([
    [
      'branches that end by themselves are joined before the end',
      `<startEvent id="s"/><parallelGateway id="g"/><task id="a" name="A"/><task id="b" name="B"/>
       <endEvent id="e1"/><endEvent id="e2"/>${flow('s', 'g')}${flow('g', 'a')}${flow('g', 'b')}
       ${flow('a', 'e1')}${flow('b', 'e2')}`,
      {
        parallelgateway: 'parallel',
        a: 'form',
        b: 'form',
        'parallelgateway-2': 'join',
        done: 'end',
      },
    ],
    [
      'a sub-process stands in the workflow itself',
      `<startEvent id="s"/><subProcess id="sub" name="Inside"><startEvent id="s2"/><task id="a" name="A"/>
       <endEvent id="e2"/>${flow('s2', 'a')}${flow('a', 'e2')}</subProcess><task id="b" name="B"/><endEvent id="e"/>
       ${flow('s', 'sub')}${flow('sub', 'b')}${flow('b', 'e')}`,
      { a: 'form', b: 'form', done: 'end' },
    ],
    [
      'what comes first of two events decides',
      `<startEvent id="s"/><eventBasedGateway id="g"/><intermediateCatchEvent id="m" name="Answer"><messageEventDefinition/>
       </intermediateCatchEvent><intermediateCatchEvent id="t" name="A week"><timerEventDefinition><timeDuration
       xsi:type="tFormalExpression">P7D</timeDuration></timerEventDefinition></intermediateCatchEvent>
       <endEvent id="e1" name="Answered"/><endEvent id="e2" name="No answer"/>${flow('s', 'g')}${flow('g', 'm')}
       ${flow('g', 't')}${flow('m', 'e1')}${flow('t', 'e2')}`,
      { 'wait-for-what-comes-first': 'await', answered: 'end', 'no-answer': 'end' },
    ],
    [
      'a boundary that does not interrupt starts a side path',
      `<startEvent id="s"/><userTask id="a" name="A"/><boundaryEvent id="b" attachedToRef="a" cancelActivity="false">
       <timerEventDefinition><timeDuration xsi:type="tFormalExpression">PT4H</timeDuration></timerEventDefinition>
       </boundaryEvent><sendTask id="r" name="Remind"/><endEvent id="e1"/><endEvent id="e2"/>${flow('s', 'a')}
       ${flow('a', 'e1')}${flow('b', 'r')}${flow('r', 'e2')}`,
      { a: 'form', remind: 'tell', done: 'end', 'done-2': 'path-end' },
    ],
  ])('%s', async (_, process, expected) => {
    const { document } = await read(bpmn(process));
    const kinds = stepsOf(document.definition);
    expect(Object.values(kinds).sort()).toEqual(Object.values(expected).sort());
    expect(
      validateDefinition(document.definition).filter(({ severity }) => severity === 'error'),
    ).toEqual([]);
    expect(walk(document.definition, {}).state.status).toBe('ended');
  });

  it('say what has no place in a workflow', async () => {
    const { notes } = await read(
      bpmn(
        `<startEvent id="s"/><task id="a" name="A"/><endEvent id="e"/><task id="lost" name="Lost"/>
         <dataObject id="o" name="Papers"/><textAnnotation id="n"><text>Hm.</text></textAnnotation>
         <boundaryEvent id="x" attachedToRef="a"><escalationEventDefinition/></boundaryEvent>
         ${flow('s', 'a')}${flow('a', 'e')}`,
        '<collaboration id="c"><participant id="pool" name="Us" processRef="p"/></collaboration>',
      ),
    );
    expect(notes.map(({ id }) => id).sort()).toEqual(['lost', 'n', 'o', 'pool', 'x']);
    expect(notes.every(({ what, message }) => what === 'left' && message.endsWith('.'))).toBe(true);
  });
});

describe('hostile files', () => {
  const deep = `${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`;
  const many = Array.from({ length: 5000 }, (_, at) => `<task id="t${at}"/>`).join('');
  it.each([
    ['an outside entity', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'],
    ['an entity bomb', '<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><d>&b;</d>'],
    ['depth 20,000', deep],
    ['50 MB', `<a>${' '.repeat(50_000_000)}</a>`],
    ['5,000 steps', bpmn(many)],
    ['no process', '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'],
    ['no BPMN', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['half a file', bpmn('<task id="a"/>').slice(0, 150)],
    ['no XML', 'PK\u0003\u0004'],
    ['nothing', ''],
    ['a loop without a beginning', bpmn('')],
  ])('%s is refused with the reason', async (_, xml) => {
    const { document, problems } = await fromBpmn(xml);
    expect(document).toBeNull();
    expect(problems[0]?.message).toMatch(/\.$/);
  });
});

const samples = process.env['BPMN_SAMPLES'] ?? '';
const files =
  samples !== '' && existsSync(samples)
    ? readdirSync(samples).filter((file) => file.endsWith('.bpmn'))
    : [];

/** The reference models of the BPMN Model Interchange Working Group, or any others: see BPMN_SAMPLES. */
(files.length > 0 ? describe : describe.skip)('the files in BPMN_SAMPLES', () => {
  it.each(files.length > 0 ? files : ['none'])(
    '%s: every element is a step or is named',
    async (name) => {
      const xml = readFileSync(join(samples, name), 'utf8');
      const file: ReadFile = await fromBpmn(xml);
      if (!file.document) throw new Error(file.problems[0]?.message);
      const accounted = new Set([...Object.keys(file.taken), ...file.notes.map(({ id }) => id)]);
      const elements =
        /<(?:\w+:)?(?:\w*[tT]ask|\w*Gateway|\w*Event|subProcess|callActivity|participant|dataObject|textAnnotation)\b[^>]*? id="([^"]+)"/g;
      const lost = [...xml.matchAll(elements)]
        .map(([, id]) => id ?? '')
        .filter((id) => !accounted.has(id));
      expect(lost).toEqual([]);
      if (validateDefinition(file.document.definition).some(({ severity }) => severity === 'error'))
        return;
      expect(walk(file.document.definition, {}).state.status).toBe('ended');
    },
  );
});
