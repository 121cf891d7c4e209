import { describe, expect, it } from '@jest/globals';
import { validateDefinition } from '@plumbline/workflow-engine';
import { standardLibrary } from './library.ts';

describe('the standard library', () => {
  it.each(standardLibrary.map((definition) => [definition.key, definition] as const))(
    '%s can be published',
    (_, definition) => {
      expect(validateDefinition(definition, standardLibrary)).toEqual([]);
    },
  );
});
