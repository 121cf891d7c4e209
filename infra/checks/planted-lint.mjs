import { ESLint } from 'eslint';
import { inRoot, root } from '../run/places.mjs';

/**
 * Lints texts as if they lay at certain paths, with this repository's own configuration: reads
 * `[{ path, code }]` as JSON from the first argument, prints the rules each breaks as JSON. Only
 * rules that need no types are asked, so nothing has to be written into the tree.
 */
const RULES = new Set([
  '@nx/enforce-module-boundaries',
  '@typescript-eslint/no-restricted-imports',
  '@typescript-eslint/max-params',
  'no-restricted-syntax',
]);

const eslint = new ESLint({
  cwd: root,
  ruleFilter: ({ ruleId }) => RULES.has(ruleId),
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: false, project: false } },
  },
});
const broken = [];
for (const { path, code } of JSON.parse(process.argv[2])) {
  const [{ messages }] = await eslint.lintText(code, { filePath: inRoot(path) });
  broken.push(messages.map(({ ruleId, message }) => ruleId ?? message));
}
console.log(JSON.stringify(broken));
