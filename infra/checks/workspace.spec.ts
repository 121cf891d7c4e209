import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot, root } from '../run/places.mjs';

interface Graph {
  graph: { nodes: Record<string, unknown>; dependencies: Record<string, { target: string }[]> };
}

/** The picture of docs/architecture.md: each project and what it may depend on. */
const DRAWN: Record<string, string[]> = {
  contracts: [],
  'workflow-engine': [],
  policies: ['contracts'],
  evidence: [],
  metrics: [],
  frameworks: ['contracts', 'workflow-engine'],
  'workflow-exchange': ['workflow-engine'],
  ui: ['contracts'],
  api: [
    'contracts',
    'evidence',
    'frameworks',
    'metrics',
    'policies',
    'workflow-engine',
    'workflow-exchange',
  ],
  web: ['contracts', 'evidence', 'frameworks', 'metrics', 'policies', 'ui', 'workflow-engine'],
};

describe('the workspace', () => {
  let edges: Record<string, string[]>;

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-graph-'));
    const file = join(folder, 'graph.json');
    execFileSync(
      process.execPath,
      [inRoot('node_modules/nx/dist/bin/nx.js'), 'graph', `--file=${file}`],
      { cwd: root, env: { ...process.env, NX_DAEMON: 'false', NODE_OPTIONS: '' }, stdio: 'pipe' },
    );
    const { graph } = JSON.parse(readFileSync(file, 'utf8')) as Graph;
    rmSync(folder, { recursive: true });
    edges = Object.fromEntries(
      Object.keys(graph.nodes).map((name) => [
        name,
        [...new Set((graph.dependencies[name] ?? []).map(({ target }) => target))].sort(),
      ]),
    );
  }, 60_000);

  it('has the projects and edges that the architecture draws', () => {
    expect(edges).toEqual(DRAWN);
  });
});
