import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importedWorkflowSchema } from '@plumbline/contracts';
import { standardLibrary } from '@plumbline/frameworks';
import { fromBpmn, fromText, toBpmn, toJson, toYaml } from '@plumbline/workflow-exchange';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import { startTestApi, type Client, type TestApi } from '../../test/support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from '../../test/support/world.ts';

describe('the standard library', () => {
  it.each(standardLibrary.map((definition) => [definition.key, definition] as const))(
    '%s comes back from YAML, JSON and BPMN as it was',
    async (_, definition) => {
      const document = { definition, layout: { places: {} } };
      expect(fromText(toYaml(document)).document?.definition).toEqual(definition);
      expect(fromText(toJson(document)).document?.definition).toEqual(definition);
      const read = await fromBpmn(await toBpmn(document));
      expect(read.notes).toEqual([]);
      expect(read.document?.definition).toEqual(definition);
    },
  );
});

describe('workflow files', () => {
  let api: TestApi;
  let ours: TestOrganisation;
  let priya: Client;

  beforeAll(async () => {
    api = await startTestApi();
    ours = await anOrganisation(api);
    priya = await api.signIn(await aMember(api, ours, ['client.aims_manager']));
  });
  afterAll(() => api.close());

  const at = (path: string, { slug } = ours): string =>
    `/api/organisations/${slug}/workflows${path}`;
  const send = (text: string, name: string) =>
    priya.upload(at('/import'), { bytes: Buffer.from(text), name });

  it.each(['json', 'yaml', 'bpmn'])(
    'a version as %s becomes a draft of the same content',
    async (format) => {
      const [row] = (await priya.get(at('')).expect(200)).body.items;
      const version = `/${row.key}/versions/${row.published.version}`;
      const file = await priya.get(at(`${version}/export?format=${format}`)).responseType('blob');
      expect(file.status).toBe(200);
      expect(file.headers['content-disposition']).toBe(
        `attachment; filename="${row.key}-v${row.published.version}.${format}"`,
      );
      const text = String(file.body);
      const { draft, notTaken } = answerOf(
        importedWorkflowSchema,
        await send(text, `workflow.${format}`).expect(201),
      );
      expect(notTaken).toEqual([]);
      const { body } = await priya.get(at(version)).expect(200);
      expect({ ...draft.definition, key: row.key }).toEqual(body.definition);
      // The key is taken: the draft has one of its own.
      expect(draft.key).not.toBe(row.key);
      const again = await priya
        .get(at(`/${draft.key}/draft/export?format=json`))
        .responseType('blob');
      expect(JSON.parse(String(again.body))).toMatchObject({ key: draft.key });
    },
  );

  it('of another tool become a draft, with what could not be taken over', async () => {
    const { draft, notTaken } = answerOf(
      importedWorkflowSchema,
      await send(
        `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
         <process id="p" name="Check a supplier"><startEvent id="s"/><serviceTask id="a" name="Look it up"/>
         <endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="a"/>
         <sequenceFlow id="f2" sourceRef="a" targetRef="e"/></process></definitions>`,
        'supplier.bpmn',
      ).expect(201),
    );
    expect(draft.key).toBe('check-a-supplier');
    expect(notTaken).toEqual([
      {
        ...{ id: 'a', name: 'Look it up', kind: 'ServiceTask', what: 'changed' },
        why: 'What a program did is a task for a person now.',
      },
    ]);
  });

  it.each([
    ['an entity', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>', 422],
    ['depth', `${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`, 422],
    ['no text', '\u0000\u0001', 422],
  ])('with %s are refused and nothing is kept', async (_, text, status) => {
    const before = await api.admin('select count(*) from app.workflow_draft');
    expect(problemOf(await send(text, 'file.bpmn').expect(status)).code).toBe('cannot-import');
    expect(await api.admin('select count(*) from app.workflow_draft')).toEqual(before);
  });

  it('that are too large or missing are refused', async () => {
    await send('x'.repeat(6 * 1024 * 1024), 'large.yaml').expect(413);
    await priya.post(at('/import')).expect(400);
  });

  it('of an organisation are found by nobody else', async () => {
    const theirs = await anOrganisation(api, { name: 'Birch Care' });
    await priya.get(at('/WF-INTAKE/versions/1/export', theirs)).expect(404);
  });
});
