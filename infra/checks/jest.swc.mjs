import { fileURLToPath } from 'node:url';

/** How Jest turns our TypeScript into ESM: one place, shared by every Node-side project. */
export const swc = [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];

/** A Jest project over one folder of Node-side TypeScript. */
export const nodeProject = (displayName, roots, extra = {}) => ({
  displayName,
  rootDir: fileURLToPath(new URL('../..', import.meta.url)),
  roots: roots.map((root) => `<rootDir>/${root}`),
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.sql', '.sh'],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'json', 'node', 'sql', 'sh'],
  transform: {
    '^.+\\.ts$': swc,
    '^.+\\.(sql|sh)$': fileURLToPath(new URL('./jest.sql.mjs', import.meta.url)),
  },
  // Workspace packages are symlinks in node_modules; their real paths are ours to transform.
  transformIgnorePatterns: ['/node_modules/'],
  testMatch: ['**/*.spec.ts'],
  ...extra,
});
