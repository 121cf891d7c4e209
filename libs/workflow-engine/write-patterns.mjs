// Writes the guide’s page about workflow patterns, after their data have changed.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { patternParts } from './src/testing/patterns/parts.ts';
import { patternPage } from './src/testing/patterns/pattern.ts';

const file = new URL('../../docs/guide/workflow-patterns.md', import.meta.url);
writeFileSync(file, await format(patternPage(patternParts), { filepath: fileURLToPath(file) }));
