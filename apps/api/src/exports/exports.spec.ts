import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  evidenceItemSchema,
  exportSchema,
  page,
  readinessAnswerSchema,
  requirementGroupSchema,
  verificationKeysSchema,
  type Export,
  type Proposal,
} from '@plumbline/contracts';
import { text, unzip, verifyPackFile } from '@plumbline/evidence';
import type { MemberRole } from '@plumbline/policies';
import type { Test } from 'supertest';
import { answerOf, problemOf } from '../../test/support/answers.ts';
import { AtWork } from '../../test/support/at-work.ts';
import { officeCopilot } from '../../test/support/office-copilot.ts';
import { startTestApi, type TestApi } from '../../test/support/test-api.ts';
import {
  aMember,
  anEngagement,
  anOrganisation,
  type TestOrganisation,
} from '../../test/support/world.ts';
import { createApplication } from '../application.ts';
import { newId } from '../platform/ids.ts';
import { ExportJobs, NoLongerWanted } from './export-job.ts';

// Real processes and a real database: slow where many tests run at once.
jest.setTimeout(120_000);

describe('evidence packs and readiness', () => {
  let api: TestApi;
  const processes: INestApplicationContext[] = [];
  let ours: TestOrganisation;
  let firm: TestOrganisation;
  let ana: AtWork;
  let priya: AtWork;
  let system: string;

  const start = async (role: 'worker' | 'notary') => {
    const app = await createApplication(api.database.configurationOf(role));
    await app.init();
    processes.push(app);
  };
  const person = async (name: string, ...roles: MemberRole[]): Promise<AtWork> => {
    const id = await aMember(api, ours, roles, name);
    return new AtWork(await api.signIn(id, { steppedUp: true }), ours);
  };
  const ask = async (who: AtWork, aiSystemId: string | null = null) =>
    answerOf(exportSchema, await who.client.post(who.path('exports'), { aiSystemId }).expect(202));
  const look = async (id: string): Promise<Export> =>
    answerOf(exportSchema, await priya.client.get(priya.path(`exports/${id}`)).expect(200));
  const until = async (id: string, state: Export['state']): Promise<Export> => {
    for (;;) {
      const found = await look(id);
      if (found.state === state) return found;
      if (found.state === 'failed') throw new Error(found.failure ?? '');
      await delay(50);
    }
  };
  const bytes = async (test: Test): Promise<Buffer> => {
    const answer = await test.buffer(true).parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks)));
    });
    return answer.body as Buffer;
  };
  const readiness = async () =>
    answerOf(readinessAnswerSchema, await priya.client.get(priya.path('requirements')).expect(200))
      .items;
  const sum = (rows: Awaited<ReturnType<typeof readiness>>, state: 'said' | 'shown' | 'checked') =>
    rows.reduce((total, { counts }) => total + counts[state], 0);

  beforeAll(async () => {
    api = await startTestApi();
    ours = await anOrganisation(api);
    firm = await anOrganisation(api, { kind: 'firm', name: 'Harbour & Co' });
    ana = await person('Ana Ruiz', 'client.staff', 'client.system_owner');
    priya = await person('Priya Shah', 'client.aims_manager');
  });
  afterAll(async () => {
    for (const app of processes) await app.close();
    await api.close();
  });

  it('counts what was said, shown and checked, and nothing without an entry', async () => {
    const before = await readiness();
    expect(before).toHaveLength(16);
    expect(before.reduce((total, { counts }) => total + counts.total, 0)).toBe(70);
    expect([sum(before, 'said'), sum(before, 'shown'), sum(before, 'checked')]).toEqual([0, 0, 0]);
    expect(before[0]!.biggestGap).toMatch(/^4\.1 .*: nothing here yet\.$/);

    const proposal = (
      await ana.client.post(ana.path('proposals'), { name: 'Office copilot' }).expect(201)
    ).body as Proposal;
    system = proposal.aiSystemId;
    expect(sum(await readiness(), 'said')).toBe(0);
    const task = await ana.task(proposal.taskId);
    const added = await ana.client
      .post(ana.path('evidence'), {
        shows: '=1+1 minutes',
        link: 'https://example.org/minutes',
        taskId: proposal.taskId,
      })
      .expect(201);
    const evidence = answerOf(evidenceItemSchema, added);
    const shown = await readiness();
    expect(sum(shown, 'shown')).toBeGreaterThan(0);
    expect(sum(shown, 'said')).toBe(sum(shown, 'shown'));
    expect(sum(shown, 'checked')).toBe(0);

    const answers = ana.answersTo(task, {
      ...officeCopilot,
      ...{ owner: ana.personId, ownerAccepts: true },
    });
    await ana.submit(proposal.taskId, answers).expect(200);
    const said = await readiness();
    expect(sum(said, 'said')).toBeGreaterThanOrEqual(sum(shown, 'said'));
    expect(sum(said, 'checked')).toBe(0);
    await priya.decides('Decide: Can Office copilot be used?');
    const checked = await readiness();
    expect(sum(checked, 'checked')).toBe(sum(shown, 'shown'));

    const served = checked.find(({ counts }) => counts.checked > 0)!;
    const group = answerOf(
      requirementGroupSchema,
      await priya.client.get(priya.path(`requirements/${served.group}`)).expect(200),
    );
    expect(group.items.find((item) => item.checked)!.evidence).toEqual([
      { id: evidence.id, reference: 'EVD-0001', shows: '=1+1 minutes' },
    ]);
    await priya.client.get(priya.path('requirements/A.99')).expect(404);
    await priya.client.get(priya.path('requirements/x')).expect(404);
  });

  it('needs the password again, the right role, and a system of this organisation', async () => {
    const stale = new AtWork(await api.signIn(priya.personId), ours);
    const refused = await stale.client.post(stale.path('exports'), {}).expect(401);
    expect(problemOf(refused).code).toBe('step-up-required');
    const staff = await person('Sam Staff', 'client.staff');
    await staff.client.post(staff.path('exports'), {}).expect(403);
    for (const aiSystemId of [newId(), firm.id]) {
      await priya.client.post(priya.path('exports'), { aiSystemId }).expect(404);
    }
    await priya.client.get(priya.path(`exports/${newId()}`)).expect(404);
    await priya.client.get(priya.path('exports/nonsense')).expect(404);
  });

  it('is cancelled before anybody has begun, once', async () => {
    const { id } = await ask(priya, system);
    const path = priya.path(`exports/${id}/cancel`);
    const cancelled = answerOf(exportSchema, await priya.client.post(path).expect(200));
    expect(cancelled).toMatchObject({ state: 'cancelled', progress: null });
    await priya.client.post(path).expect(409);
    await priya.client.get(priya.path(`exports/${id}/file`)).expect(409);
  });

  it('is made anew after its worker died, verifies offline, and is given out, counted and recorded', async () => {
    const asked = await ask(priya, system);
    expect(asked).toMatchObject({ state: 'waiting', scope: 'ai-system', downloads: 0 });
    await priya.client.get(priya.path(`exports/${asked.id}/file`)).expect(409);
    // A worker that began and was killed in the middle of a file.
    const jobs = api.app.get(ExportJobs, { strict: false });
    const dead = (await jobs.begin(ours.id, asked.id))!;
    const left = join(api.database.dataDir, 'exports', `${asked.id}.1`);
    mkdirSync(left, { recursive: true });
    writeFileSync(join(left, 'half'), 'half a fi');

    await start('notary');
    await start('worker');
    const made = await until(asked.id, 'done');
    expect(made).toMatchObject({ downloads: 0, failure: null, progress: null });
    expect(made.gaps).toEqual([
      {
        what: 'EVD-0001 version 1: https://example.org/minutes',
        why: expect.stringContaining('It is a link'),
      },
    ]);
    expect(existsSync(left)).toBe(false);
    // The worker says that it is done first, and tidies up then.
    while (readdirSync(join(api.database.dataDir, 'exports')).length > 0) await delay(50);
    // The dead worker wakes up again: it can neither report nor finish.
    await expect(jobs.progress(dead, 'Packing', 1, 1)).rejects.toBeInstanceOf(NoLongerWanted);
    await expect(
      jobs.finish(dead, {
        fileName: 'x',
        reference: 'x',
        sha256: '',
        size: 0,
        files: 0,
        gaps: [],
      }),
    ).rejects.toBeInstanceOf(NoLongerWanted);

    const archive = await bytes(priya.client.get(priya.path(`exports/${asked.id}/file`)));
    expect(archive).toHaveLength(made.size!);
    const keys = answerOf(
      verificationKeysSchema,
      await api.anonymous.get('/api/verification-keys').expect(200),
    );
    const report = await verifyPackFile(new Uint8Array(archive), keys.pack);
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({ ok: true, result: 'genuine' });
    expect(report.entries.total).toBeGreaterThan(3);

    const files = await unzip(new Uint8Array(archive));
    const json = (path: string): unknown => JSON.parse(text(files.get(path)!));
    expect(json('data/about.json')).toMatchObject({
      aiSystem: { id: system },
      madeBy: 'Priya Shah',
      exceptions: [],
    });
    expect(json('data/ai-systems/AIS-0001.json')).toMatchObject({
      stage: 'live',
      owner: 'Ana Ruiz',
    });
    expect([...files.keys()].filter((path) => path.endsWith('.capsule.json'))).toHaveLength(1);
    const requirements = json('data/requirements.json') as { checked: boolean }[];
    expect(requirements).toHaveLength(70);
    expect(requirements.some(({ checked }) => checked)).toBe(true);

    const file = join(api.database.dataDir, 'pack.zip');
    writeFileSync(file, archive);
    writeFileSync(join(api.database.dataDir, 'key.pem'), keys.pack);
    writeFileSync(join(api.database.dataDir, 'verify.sh'), files.get('verify.sh')!);
    const said = execFileSync('bash', [
      join(api.database.dataDir, 'verify.sh'),
      ...[file, join(api.database.dataDir, 'key.pem')],
    ]).toString();
    expect(said).toContain('This pack is genuine');

    expect(await look(asked.id)).toMatchObject({ downloads: 1 });
    const events = await api.admin<{ action: string }>(
      `select action from app.record_event where entity_id = $1 order by ord`,
      [asked.id],
    );
    expect(events.map(({ action }) => action)).toEqual([
      ...['export.created', 'export.made', 'export.downloaded'],
    ]);
    const news = await api.admin('select 1 from app.notification where key = $1', [
      `export-${asked.id}`,
    ]);
    expect(news).toHaveLength(1);
  });

  it('covers the whole client; an adviser may ask for it, and gets nothing once access is revoked', async () => {
    const adviserId = await aMember(api, firm, ['firm.lead'], 'Lee Harbour');
    const adviser = new AtWork(await api.signIn(adviserId, { steppedUp: true }), ours);
    await adviser.client.post(adviser.path('exports'), {}).expect(404);
    await anEngagement(api, ours, firm);
    const asked = await ask(adviser);
    const made = await until(asked.id, 'done');
    expect(made).toMatchObject({
      scope: 'client',
      aiSystem: null,
      createdBy: { name: 'Lee Harbour' },
    });
    const path = adviser.path(`exports/${made.id}/file`);
    const archive = await bytes(adviser.client.get(path).expect(200));
    const files = await unzip(new Uint8Array(archive));
    expect(files.has('data/ai-systems/AIS-0001.json')).toBe(true);
    expect(files.has('data/workflows/WF-INTAKE-v1.json')).toBe(true);

    await api.admin('update app.engagement set revoked_at = now() where firm_id = $1', [firm.id]);
    await adviser.client.get(path).expect(404);
    await adviser.client.get(adviser.path('exports')).expect(404);
  });

  it('is not shown to another organisation, and expires', async () => {
    const theirs = await anOrganisation(api, { name: 'Sibling' });
    const other = new AtWork(
      await api.signIn(await aMember(api, theirs, ['client.aims_manager']), { steppedUp: true }),
      theirs,
    );
    const { items } = answerOf(
      page(exportSchema),
      await priya.client.get(priya.path('exports?limit=2')).expect(200),
    );
    expect(items).toHaveLength(2);
    const { id } = items.find(({ state }) => state === 'done')!;
    for (const rest of ['', '/file'])
      await other.client.get(other.path(`exports/${id}${rest}`)).expect(404);
    await other.client.post(other.path(`exports/${id}/cancel`)).expect(404);

    await api.admin(
      `update app.export set expires_at = now() - interval '1 second' where id = $1`,
      [id],
    );
    await api.admin(
      `update app.outbox set run_at = now() where topic = 'export-expiry' and key = $1`,
      [id],
    );
    expect(await look(id)).toMatchObject({ state: 'expired' });
    const gone = await priya.client.get(priya.path(`exports/${id}/file`)).expect(410);
    expect(problemOf(gone).detail).toContain('Make a new one');
    const kept = (sha256: string) =>
      existsSync(join(api.database.dataDir, 'files/kept', ours.id, sha256.slice(0, 2), sha256));
    const { sha256 } = await look(id);
    while (kept(sha256!)) await delay(50);
  });
});
