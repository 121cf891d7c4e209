import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';

/**
 * What a browser must fetch (kilobytes, Brotli), by the build's own account of what imports what:
 * before the first page can show, and for the pages that bring most, on top of the frame around
 * every page of a client. What a page asks for only later does not count.
 */
const BUDGETS = [
  { name: 'Initial scripts and styles', of: ['main.ts'], target: 180, limit: 200 },
  {
    name: 'The designer, opened on the graph',
    of: [
      'workflows/designer/designer-page.ts',
      'workflows/graph/design-graph.ts',
      'workflows/inspector/inspector.ts',
    ],
    beside: ['main.ts', 'shell/shell.ts'],
    target: 100,
    limit: 110,
  },
];

const dist = fileURLToPath(new URL('../../apps/web/dist', import.meta.url));
const { outputs } = JSON.parse(readFileSync(join(dist, 'browser-stats.json'), 'utf8'));
const html = readFileSync(join(dist, 'browser/index.html'), 'utf8');
const named = [...html.matchAll(/(?:src|href)="\/?([\w-]+\.(?:js|css))"/g)].map(([, name]) => name);

/** The files that hold these modules, and all that these import at once. */
function filesOf(modules) {
  const pending = modules.flatMap((module) => {
    if (module === 'main.ts') return named;
    const found = Object.entries(outputs).find(([, { entryPoint }]) =>
      entryPoint?.endsWith(`/src/app/${module}`),
    );
    if (!found) throw new Error(`The build has no chunk of its own for ${module}.`);
    return [found[0]];
  });
  const files = new Set();
  for (let name = pending.pop(); name; name = pending.pop()) {
    if (files.has(name)) continue;
    files.add(name);
    for (const { kind, path } of outputs[name]?.imports ?? [])
      if (kind === 'import-statement') pending.push(path);
  }
  return files;
}

const kilobytes = (bytes) => Math.round(bytes / 100) / 10;
for (const { name, of, beside = [], target, limit } of BUDGETS) {
  const there = filesOf(beside);
  const contents = [...filesOf(of)]
    .filter((file) => !there.has(file))
    .map((file) => readFileSync(join(dist, 'browser', file)));
  const raw = contents.reduce((sum, { length }) => sum + length, 0);
  const sent = contents.reduce((sum, content) => sum + brotliCompressSync(content).length, 0);
  console.log(
    `${name}: ${kilobytes(sent)} kB Brotli (${kilobytes(raw)} kB raw); ` +
      `target ${target} kB, limit ${limit} kB.`,
  );
  if (sent === 0) {
    console.error('Nothing was measured. Build the web first: npx nx build web.');
    process.exitCode = 1;
  } else if (sent > limit * 1000) {
    console.error('Too much: load what is not needed to open the page in a lazy chunk.');
    process.exitCode = 1;
  }
}
