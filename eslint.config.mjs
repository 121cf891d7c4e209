import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import prettier from 'eslint-config-prettier';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { layers } from './infra/checks/layers.mjs';

const SPECS = ['**/*.spec.ts'];
const ANGULAR = ['apps/web/src/**/*.ts', 'libs/ui/src/**/*.ts'];

/** Things only one place may do, with the reason a person sees. */
const onlyTheDatabaseConnects = {
  patterns: [
    {
      group: ['pg', 'pg-*', 'pg/*'],
      allowTypeImports: true,
      message: 'Only platform/database opens connections: use TenantDatabase.',
    },
  ],
};

/** A named import keeps all of zod, languages too: the scripts that every page of the web fetches first grow fourfold. */
const zodAsNamespace = {
  selector:
    "ImportDeclaration[source.value='zod'] > :not(ImportNamespaceSpecifier)[type=/Specifier$/]",
  message: "Write import * as z from 'zod': a named import makes the web fetch all of zod.",
};

const noFocusedTests = {
  selector: "MemberExpression[object.name=/^(describe|it|test)$/][property.name='only']",
  message: 'A focused test hides all others.',
};
const noNewPool = {
  selector: "NewExpression[callee.name=/^(Pool|Client)$/], NewExpression[callee.object.name='pg']",
  message: 'Only platform/database opens connections: use TenantDatabase.',
};

export default defineConfig(
  globalIgnores([
    '**/dist',
    '**/node_modules',
    '**/.angular',
    '.nx',
    '.data',
    'tmp',
    'coverage',
    'infra/checks/fixtures',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/max-params': ['error', { max: 5 }],
      'max-lines': ['error', { max: 400, skipBlankLines: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Angular components and Nest modules are classes that only carry a decorator.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // Nest and the CDK type their bags of options as classes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Test builders and array access after a length check read better so; the compiler still checks.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['libs/**/*.ts', 'apps/**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: ['/infra/db/roles\\.sql$'],
          enforceBuildableLibDependency: false,
          depConstraints: layers,
        },
      ],
    },
  },
  {
    files: ['apps/api/**/*.ts'],
    ignores: ['apps/api/src/platform/database/**', 'apps/api/test/support/**', ...SPECS],
    rules: {
      '@typescript-eslint/no-restricted-imports': ['error', onlyTheDatabaseConnects],
      'no-restricted-syntax': ['error', noNewPool],
    },
  },
  {
    files: ['libs/contracts/src/**/*.ts'],
    ignores: SPECS,
    rules: { 'no-restricted-syntax': ['error', zodAsNamespace] },
  },
  {
    files: SPECS,
    // Specs know Jest's globals, which the projects' own settings leave out on purpose.
    languageOptions: {
      parserOptions: {
        projectService: false,
        project: [
          'libs/*/tsconfig.spec.json',
          'apps/web/tsconfig.spec.json',
          'apps/api/tsconfig.json',
          'infra/tsconfig.json',
          'test/tsconfig.json',
        ],
      },
    },
    rules: {
      'max-lines': 'off',
      'no-restricted-syntax': ['error', noFocusedTests],
      // Jest's matchers and parsed JSON are untyped by nature; the assertion is the check.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['**/*.data.ts', '**/fixtures/**'], rules: { 'max-lines': 'off' } },
  {
    files: ANGULAR,
    extends: [angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/prefer-on-push-component-change-detection': 'off', // the default since Angular 22
      '@angular-eslint/component-class-suffix': 'off',
      '@angular-eslint/directive-class-suffix': 'off',
    },
  },
  {
    files: ['apps/web/src/**/*.html', 'libs/ui/src/**/*.html'],
    extends: [angular.configs.templateRecommended, angular.configs.templateAccessibility],
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        ...{ process: 'readonly', console: 'readonly', URL: 'readonly', Buffer: 'readonly' },
        ...{
          fetch: 'readonly',
          setTimeout: 'readonly',
          clearTimeout: 'readonly',
          AbortController: 'readonly',
          AbortSignal: 'readonly',
        },
        ...{
          FormData: 'readonly',
          performance: 'readonly',
          document: 'readonly',
          window: 'readonly',
        },
      },
    },
    rules: { 'max-params': ['error', 5], 'max-lines': ['error', 400], eqeqeq: 'error' },
  },
  prettier,
);
