/** Frameworks and drivers that a library which must run anywhere may not touch. */
const FRAMEWORKS = [
  '@nestjs/*',
  '@angular/*',
  'rxjs',
  'express',
  'typeorm',
  'pg',
  'bullmq',
  'ioredis',
  'nodemailer',
  '@aws-sdk/*',
];

/** Who may depend on whom, by the tags in each package.json: docs/architecture.md as data. */
export const layers = [
  { sourceTag: 'layer:contracts', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'layer:domain', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'layer:policies', onlyDependOnLibsWithTags: ['layer:contracts'] },
  { sourceTag: 'layer:content', onlyDependOnLibsWithTags: ['layer:contracts', 'layer:domain'] },
  { sourceTag: 'layer:ui', onlyDependOnLibsWithTags: ['layer:contracts'] },
  {
    sourceTag: 'layer:app',
    onlyDependOnLibsWithTags: [
      'layer:contracts',
      'layer:domain',
      'layer:policies',
      'layer:content',
      'layer:ui',
    ],
  },
  {
    sourceTag: 'runs:anywhere',
    onlyDependOnLibsWithTags: ['runs:anywhere'],
    bannedExternalImports: FRAMEWORKS,
  },
  {
    sourceTag: 'runs:browser',
    onlyDependOnLibsWithTags: ['runs:anywhere', 'runs:browser'],
    bannedExternalImports: ['@nestjs/*', 'express', 'pg', 'bullmq', 'ioredis', 'nodemailer'],
  },
  {
    sourceTag: 'runs:server',
    onlyDependOnLibsWithTags: ['runs:anywhere', 'runs:server'],
    bannedExternalImports: ['@angular/*'],
  },
];
