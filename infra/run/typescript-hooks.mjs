import { transformSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Lets a Node process import our TypeScript, and `.sql` and `.sh` files as text, as the bundler and
 * Jest do: `node --import ./infra/run/typescript-hooks.mjs …`. For measuring; the product is built.
 */
const TYPESCRIPT = {
  swcrc: false,
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

registerHooks({
  load(url, context, next) {
    if (!url.startsWith('file:') || !/\.(ts|sql|sh)$/.test(url)) return next(url, context);
    const filename = fileURLToPath(url);
    const text = readFileSync(filename, 'utf8');
    const source = url.endsWith('.ts')
      ? transformSync(text, { ...TYPESCRIPT, filename }).code
      : `export default ${JSON.stringify(text)};`;
    return { format: 'module', source, shortCircuit: true };
  },
});
