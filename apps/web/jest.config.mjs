import { fileURLToPath } from 'node:url';
import presets from 'jest-preset-angular/presets/index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const esm = presets.createEsmPreset({ tsconfig: '<rootDir>/apps/web/tsconfig.spec.json' });

/** Angular's unit tests (the web and libs/ui): templates compiled just in time, in jsdom, zoneless. */
export default {
  ...esm,
  displayName: 'web',
  rootDir: root,
  roots: ['<rootDir>/apps/web/src', '<rootDir>/libs/ui/src'],
  testEnvironment: 'jest-preset-angular/environments/jest-jsdom-env',
  setupFilesAfterEnv: ['<rootDir>/apps/web/src/test-setup.ts'],
  testMatch: ['**/*.spec.ts'],
  // The compiler turns `./x.ts` into `./x.js`; packages mean .js, our own sources are .ts.
  moduleNameMapper: { ...esm.moduleNameMapper, '^(\\.{1,2}/.*)\\.js$': ['$1.js', '$1.ts'] },
  // Packages are ESM already, but those marked .mjs need Angular's linker.
  transformIgnorePatterns: ['/node_modules/(?!.*\\.mjs$)'],
};
