import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import { startTestApi, type TestApi } from './support/test-api.ts';
import { aMember, anOrganisation, type TestOrganisation } from './support/world.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const CLI = here('../../../infra/run/cli.mjs');
const INVENTORY = here('../../../test/fixtures/use-case-inventory.csv');
const PASSWORD = 'a long enough password';

// Each command is a process of its own.
jest.setTimeout(60_000);

describe('the import command', () => {
  let api: TestApi;
  let url: string;
  let firm: TestOrganisation;
  let email: string;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-import-'));
    api = await startTestApi({ worker: true });
    url = await api.listen();
    firm = await anOrganisation(api, { kind: 'firm', name: 'Quay' });
    const personId = await aMember(api, firm, ['firm.lead']);
    email = `${personId}@example.org`;
    await api.admin('update app.person set password_hash = $1 where id = $2', [
      await hash(PASSWORD),
      personId,
    ]);
  });
  afterAll(async () => {
    await api.close();
    rmSync(folder, { recursive: true });
  });

  const command = (...args: string[]) =>
    new Promise<{ code: number | null; said: string }>((resolve) => {
      const env = { ...process.env, PLUMBLINE_URL: url, PLUMBLINE_EMAIL: email };
      const child = spawn(process.execPath, [CLI, 'import', ...args], {
        cwd: folder,
        env: { ...env, PLUMBLINE_PASSWORD: PASSWORD },
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (text: Buffer) => {
          said += text.toString();
        });
      }
      child.on('close', (code) => {
        resolve({ code, said });
      });
    });
  const systems = async () => (await api.admin('select 1 from app.ai_system')).length;

  it('checks, imports, and finds everything again the second time', async () => {
    const check = await command(INVENTORY, '--create-organisations', '--dry-run');
    expect(check.said).toMatch(/new +9\n/);
    expect(check.code).toBe(0);
    expect(await systems()).toBe(0);

    const first = await command(INVENTORY, '--firm', firm.slug, '--create-organisations');
    expect(first.said).toMatch(/AI systems +9 systems/);
    expect(first.said).toMatch(/Organisations +2 \(2 new\)/);
    expect(first.said).toMatch(/Impacting +5 /);
    expect(first.code).toBe(0);
    expect(await systems()).toBe(9);
    const problems = readFileSync(join(folder, 'use-case-inventory.problems.csv'), 'utf8');
    expect(problems.split('\r\n')).toHaveLength(5);

    const second = await command(INVENTORY, '--create-organisations');
    expect(second.said).toMatch(/new +0\n/);
    expect(second.said).toMatch(/unchanged +9\n/);
    expect(await systems()).toBe(9);
  });

  it('imports nothing while rows have problems, and says so by its exit code', async () => {
    const before = await systems();
    const { code, said } = await command(INVENTORY, '--map', mapping());
    expect(said).toMatch(/no value of “Stage”/);
    expect(said).toMatch(/Nothing was imported/);
    expect(code).toBe(2);
    expect(await systems()).toBe(before);
  });

  it.each([
    ['a file that is not there', ['nowhere.csv'], /There is no file/],
    ['no file', [], /Name one file/],
    ['a firm of others', [INVENTORY, '--firm', 'elsewhere'], /cannot enter the firm “elsewhere”/],
    ['a file that is none', [CLI], /import was refused/],
    ['an option that is none', [INVENTORY, '--fast'], /Unknown option/],
  ])('refuses %s with what to do', async (_, args, reason) => {
    const { code, said } = await command(...args);
    expect(said).toMatch(reason);
    expect(said).toMatch(/What to do: \w/);
    expect(code).toBe(1);
  });

  /** A mapping that knows none of the file's stages. */
  function mapping(): string {
    const path = join(folder, 'mapping.json');
    const columns = [
      { column: 'Use Case Name', target: 'name' },
      { column: 'Agency', target: 'organisation' },
      { column: 'Stage of Development', target: 'stage' },
    ];
    writeFileSync(path, JSON.stringify({ columns }));
    return path;
  }
});
