import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';

/**
 * What a browser must fetch before the first page can show: the scripts and styles that index.html
 * names, and every chunk that these import at once. Fails above the limit (kilobytes, Brotli).
 */
const TARGET = 180;
const LIMIT = 200;
const page = fileURLToPath(new URL('../../apps/web/dist/browser/index.html', import.meta.url));

/** Static imports only: `import("…")` is fetched later. */
const IMPORTS = /(?:import|from)\s*["'`](\.\/[\w-]+\.js)["'`]/g;

function initialFiles(index) {
  const folder = dirname(index);
  const html = readFileSync(index, 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/?([\w-]+\.(?:js|css))"/g)].map(
    ([, name]) => name,
  );
  const files = new Map();
  const visit = (name) => {
    if (files.has(name)) return;
    const content = readFileSync(join(folder, name));
    files.set(name, content);
    if (!name.endsWith('.js')) return;
    for (const [, path] of content.toString('utf8').matchAll(IMPORTS)) visit(path.slice(2));
  };
  for (const name of named) visit(name);
  return files;
}

let raw = 0;
let transferred = 0;
for (const content of initialFiles(page).values()) {
  raw += content.length;
  transferred += brotliCompressSync(content).length;
}
const kilobytes = (bytes) => Math.round(bytes / 100) / 10;
console.log(
  `Initial scripts and styles: ${kilobytes(transferred)} kB Brotli (${kilobytes(raw)} kB raw); ` +
    `target ${TARGET} kB, limit ${LIMIT} kB.`,
);
if (transferred === 0) {
  console.error('Nothing was measured. Build the web first: npx nx build web.');
  process.exitCode = 1;
} else if (transferred > LIMIT * 1000) {
  console.error('Too much: load what the first page does not need in a lazy chunk.');
  process.exitCode = 1;
}
