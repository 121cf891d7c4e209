import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inRoot, root } from '../run/places.mjs';

/**
 * Each fence of the architecture is tried with a violation planted in a copy beside the real tree:
 * a fence that lets it through fails here. The copy lies inside the repository, so that packages
 * are found, in a folder that no tool looks into.
 */
let folder: string;

beforeAll(() => {
  mkdirSync(inRoot('tmp'), { recursive: true });
  folder = mkdtempSync(inRoot('tmp/planted-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const env = { ...process.env, NODE_OPTIONS: '', NX_DAEMON: 'false' };

function plant(base: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), text);
  }
}

describe('the compiler', () => {
  const compile = (name: string, code: string) => {
    const project = join(folder, name);
    plant(project, {
      'planted.ts': code,
      'tsconfig.json': JSON.stringify({
        extends: inRoot('libs/metrics/tsconfig.json'),
        include: ['*.ts'],
        exclude: [],
      }),
    });
    const tsc = inRoot('node_modules/typescript/bin/tsc');
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', project], {
      encoding: 'utf8',
      env,
    });
    return { status, stdout };
  };

  it('lets a pure library be written', () => {
    expect(compile('pure', 'export const half = (x: number): number => x / 2;\n')).toEqual({
      status: 0,
      stdout: '',
    });
  });

  it.each([
    [
      'a Node built-in',
      `import 'node:fs';\nimport { readFileSync } from 'node:fs';\nexport { readFileSync };\n`,
      'node:fs',
    ],
    ['the process', `export const home = process.env['HOME'];\n`, "'process'"],
    ['a timer', `setTimeout(() => undefined, 1);\nexport {};\n`, "'setTimeout'"],
    ['an enum', `export enum Colour { Red }\n`, 'erasableSyntaxOnly'],
    [
      "another package's inside",
      `export * from '@plumbline/workflow-engine/src/run/run.ts';\n`,
      '@plumbline/workflow-engine/src/run/run.ts',
    ],
  ])('refuses %s in a pure library', (_what, code, named) => {
    const { status, stdout } = compile('refused', code);
    expect(status).not.toBe(0);
    expect(stdout).toContain(named);
  });
});

describe('the linter', () => {
  const BOUNDARY = '@nx/enforce-module-boundaries';
  const five =
    'readonly a: string, readonly b: string, readonly c: string, readonly d: string, readonly e: string';
  const cases = [
    {
      what: 'a framework in a pure library',
      path: 'libs/metrics/src/planted.ts',
      code: `import { Injectable } from '@nestjs/common';\nexport { Injectable };\n`,
      rule: BOUNDARY,
    },
    {
      what: 'a framework in the contracts',
      path: 'libs/contracts/src/planted.ts',
      code: `import { signal } from '@angular/core';\nexport { signal };\n`,
      rule: BOUNDARY,
    },
    {
      what: 'the engine knowing the contracts',
      path: 'libs/workflow-engine/src/planted.ts',
      code: `import * as contracts from '@plumbline/contracts';\nexport { contracts };\n`,
      rule: BOUNDARY,
    },
    {
      what: 'the contracts knowing the engine',
      path: 'libs/contracts/src/planted.ts',
      code: `import * as engine from '@plumbline/workflow-engine';\nexport { engine };\n`,
      rule: BOUNDARY,
    },
    {
      what: 'the web importing the API',
      path: 'apps/web/src/planted.ts',
      code: `export * from '../../api/src/app.module.ts';\n`,
      rule: BOUNDARY,
    },
    {
      what: 'the API importing Angular',
      path: 'apps/api/src/planted.ts',
      code: `import { signal } from '@angular/core';\nexport { signal };\n`,
      rule: BOUNDARY,
    },
    {
      what: 'a relative path into another project',
      path: 'libs/policies/src/planted.ts',
      code: `export * from '../../contracts/src/index.ts';\n`,
      rule: BOUNDARY,
    },
    {
      what: 'a driver outside the platform',
      path: 'apps/api/src/runs/planted.ts',
      code: `import pg from 'pg';\nexport { pg };\n`,
      rule: '@typescript-eslint/no-restricted-imports',
    },
    {
      what: 'a pool outside the platform',
      path: 'apps/api/src/runs/planted.ts',
      code: `declare const Pool: new () => object;\nexport const pool = new Pool();\n`,
      rule: 'no-restricted-syntax',
    },
    {
      what: 'a class with six collaborators',
      path: 'apps/api/src/runs/planted.ts',
      code: `export class God { constructor(${five}, readonly f: string) {} }\n`,
      rule: '@typescript-eslint/max-params',
    },
    {
      what: 'a focused test',
      path: 'apps/api/src/runs/planted.spec.ts',
      code: `it.only('alone', () => undefined);\n`,
      rule: 'no-restricted-syntax',
    },
    {
      what: 'a pool inside the platform (allowed)',
      path: 'apps/api/src/platform/database/planted.ts',
      code: `import pg from 'pg';\nexport const pool = new pg.Pool();\n`,
      rule: null,
    },
    {
      what: 'a class with five collaborators (allowed)',
      path: 'apps/api/src/runs/planted.ts',
      code: `export class Five { constructor(${five}) {} }\n`,
      rule: null,
    },
  ];
  let broken: string[][];

  beforeAll(() => {
    // The boundaries rule reads the project graph that Nx keeps; this makes sure it is there.
    execFileSync(process.execPath, [inRoot('node_modules/nx/dist/bin/nx.js'), 'show', 'projects'], {
      cwd: root,
      env,
    });
    const script = inRoot('infra/checks/planted-lint.mjs');
    const list = JSON.stringify(cases.map(({ path, code }) => ({ path, code })));
    broken = JSON.parse(
      execFileSync(process.execPath, [script, list], { cwd: root, env, encoding: 'utf8' }),
    ) as string[][];
  }, 60_000);

  it.each(cases.map((planted, index) => ({ ...planted, index })))(
    'judges $what',
    ({ rule, index }) => {
      expect(broken[index]).toEqual(rule ? [rule] : []);
    },
  );
});

describe('dependency-cruiser', () => {
  const api = 'apps/api/src';
  const clean = {
    [`${api}/platform/database/pool.ts`]: `import pg from 'pg';\nexport const pool = pg.Pool;\n`,
    [`${api}/runs/index.ts`]: `export { Runs } from './runs.ts';\n`,
    [`${api}/runs/runs.ts`]: `import { pool } from '../platform/database/pool.ts';\nexport class Runs { p = pool; }\n`,
    [`${api}/runs/runs.controller.ts`]: `import { Runs } from './runs.ts';\nexport class RunsController { r = new Runs(); }\n`,
    [`${api}/runs/runs.module.ts`]: `import { RunsController } from './runs.controller.ts';\nexport const controllers = [RunsController];\n`,
    [`${api}/tasks/tasks.ts`]: `import { Runs } from '../runs/index.ts';\nexport class Tasks { r = new Runs(); }\n`,
    'apps/web/src/main.ts': `export const web = 1;\n`,
    'libs/ui/src/index.ts': `import { Component } from '@angular/core';\nexport { Component };\n`,
  };
  const violations: Record<string, Record<string, string>> = {
    'no-cycles': {
      [`${api}/tasks/a.ts`]: `import { b } from './b.ts';\nexport const a = (): unknown => b;\n`,
      [`${api}/tasks/b.ts`]: `import { a } from './a.ts';\nexport const b = (): unknown => a;\n`,
    },
    'platform-knows-no-capability': {
      [`${api}/platform/queue.ts`]: `import { Runs } from '../runs/index.ts';\nexport { Runs };\n`,
    },
    'capabilities-meet-at-the-door': {
      [`${api}/tasks/sneak.ts`]: `import { Runs } from '../runs/runs.ts';\nexport { Runs };\n`,
    },
    'edges-are-leaves': {
      [`${api}/runs/inner.ts`]: `import { RunsController } from './runs.controller.ts';\nexport { RunsController };\n`,
    },
    'only-platform-database-imports-pg': {
      [`${api}/runs/own.ts`]: `import pg from 'pg';\nexport const own = pg.Pool;\n`,
    },
    'web-never-imports-api': {
      'apps/web/src/reach.ts': `export * from '../../api/src/runs/index.ts';\n`,
    },
    'libraries-know-no-application': {
      'libs/ui/src/app.ts': `export * from '../../../apps/web/src/main.ts';\n`,
    },
    'ui-knows-no-url': {
      'libs/ui/src/http.ts': `import { HttpClient } from '@angular/common/http';\nexport { HttpClient };\n`,
    },
    'nothing-unresolved': {
      [`${api}/tasks/lost.ts`]: `export * from './nowhere.ts';\n`,
    },
  };

  function rulesBroken(name: string, files: Record<string, string>): string[] {
    const tree = join(folder, name);
    plant(tree, { ...files, 'package.json': '{ "type": "module" }' });
    copyFileSync(inRoot('tsconfig.base.json'), join(tree, 'tsconfig.base.json'));
    symlinkSync(inRoot('node_modules'), join(tree, 'node_modules'));
    const cruiser = inRoot('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const { stdout } = spawnSync(
      process.execPath,
      [
        cruiser,
        '--config',
        inRoot('.dependency-cruiser.mjs'),
        '--output-type',
        'json',
        'apps',
        'libs',
      ],
      { cwd: tree, encoding: 'utf8', env },
    );
    const { summary } = JSON.parse(stdout) as {
      summary: { violations: { rule: { name: string } }[] };
    };
    return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
  }

  it('lets the tree as drawn pass', () => {
    expect(rulesBroken('clean', clean)).toEqual([]);
  });

  it('finds each planted violation', () => {
    const all = Object.values(violations).reduce((sum, files) => ({ ...sum, ...files }), {});
    expect(rulesBroken('planted', { ...clean, ...all })).toEqual(Object.keys(violations).sort());
  });
});
