const CAPABILITY = '^apps/api/src/(?!platform/|migrations/|testing/)([^/]+)/';
const SPEC = '\\.spec\\.ts$';

const ENGINE = '^libs/workflow-engine/src/';
/** The engine's folders, lowest first: its README says what each holds. */
const ENGINE_FOLDERS = [
  ...['expressions', 'definition', 'forms', 'run', 'time', 'people'],
  ...['moves', 'checks', 'versions', 'trials'],
];

/** Where things may be imported from: the fourth fence, after compiler, package doors and Nx tags. */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Two files that need each other are one idea, or a third is missing. Types alone may.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'platform-knows-no-capability',
      comment: 'The platform serves every capability, so it may name none.',
      severity: 'error',
      from: { path: '^apps/api/src/platform/', pathNot: SPEC },
      to: { path: CAPABILITY },
    },
    {
      name: 'capabilities-meet-at-the-door',
      comment:
        "Import another capability's index.ts; what it does not show there is its own business.",
      severity: 'error',
      from: { path: CAPABILITY, pathNot: SPEC },
      to: { path: CAPABILITY, pathNot: ['^apps/api/src/$1/', '^apps/api/src/[^/]+/index\\.ts$'] },
    },
    ...ENGINE_FOLDERS.map((folder, index) => ({
      name: `engine-${folder}-knows-only-what-is-below`,
      comment: 'The folders of the engine build on one another in one order.',
      severity: 'error',
      from: { path: `${ENGINE}${folder}/`, pathNot: SPEC },
      to: { path: `${ENGINE}(${[...ENGINE_FOLDERS.slice(index + 1), 'index'].join('|')})` },
    })),
    {
      name: 'edges-are-leaves',
      comment: 'Controllers and processors call services; only a module may name them.',
      severity: 'error',
      from: { path: '^apps/api/src/', pathNot: ['\\.module\\.ts$', SPEC] },
      to: { path: '\\.(controller|processor)\\.ts$' },
    },
    {
      name: 'only-platform-database-imports-pg',
      comment: 'A connection of its own would see past the tenant: use TenantDatabase.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: ['^apps/api/src/platform/database/', '^apps/api/test/support/', SPEC],
      },
      to: { path: 'node_modules/pg(-pool)?/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-never-imports-api',
      comment: 'They share libs/contracts and nothing else.',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^apps/api/' },
    },
    {
      name: 'libraries-know-no-application',
      comment: 'Dependencies point from the applications to the libraries.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'ui-knows-no-url',
      comment: 'libs/ui shows what it is given: no HTTP, no routes.',
      severity: 'error',
      from: { path: '^libs/ui/' },
      to: { path: 'node_modules/@angular/(common/.*http|router)' },
    },
    {
      name: 'nothing-unresolved',
      comment: 'An import that cannot be found is a mistake, or slips through the other rules.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.angular|coverage)/|^infra/checks/fixtures/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
