// Writes the JSON Schema of workflow definitions into the guide, after the language has changed.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { definitionSchema } from './src/definition/parse.ts';

const file = new URL('../../docs/guide/workflow-definition.schema.json', import.meta.url);
const text = await format(JSON.stringify(definitionSchema()), {
  filepath: fileURLToPath(file),
  printWidth: 100,
});
writeFileSync(file, text);
