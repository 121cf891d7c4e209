import type { Condition } from '../expressions/condition.ts';
import { maxConditionDepth } from '../expressions/cel-text.ts';
import type { DefinitionProblem } from './definition-problem.ts';
import type { WorkflowDefinition } from './definition.ts';
import { definitionShape } from './language-shape.ts';
import { NotPlain, plainCopy } from './plain-copy.ts';
import { type Defs, isObject, type JsonSchema, type Spot } from '../expressions/shape.ts';

/** More problems than this help nobody at once. */
const maxProblems = 100;

/** A definition read from untrusted data, or everything that is wrong with its shape. */
export type ParsedDefinition =
  | { readonly definition: WorkflowDefinition; readonly problems: readonly [] }
  | { readonly definition: null; readonly problems: readonly DefinitionProblem[] };

/**
 * Reads a definition from untrusted data, such as a file or a request: every field of the language
 * is checked, nothing unknown is taken over, limits are kept. The definition is a copy. Never
 * throws; takes time in proportion to the data, which its limits bound. What the fields mean
 * together is for `validateDefinition` to judge.
 */
export function parseDefinition(value: unknown): ParsedDefinition {
  const problems: DefinitionProblem[] = [];
  const report: Spot['report'] = (path, message) => {
    if (problems.length >= maxProblems) return;
    problems.push({ code: 'bad-shape', severity: 'error', place: placeOf(path), message });
  };
  const copy = copied(value, report);
  const sound = (): boolean => problems.length === 0;
  if (sound()) definitionShape.check(copy, { path: [], report });
  if (sound()) {
    checkTwins(copy as WorkflowDefinition, report);
    checkDepth(copy, [], report);
  }
  return sound()
    ? { definition: copy as WorkflowDefinition, problems: [] }
    : { definition: null, problems };
}

function copied(value: unknown, report: Spot['report']): unknown {
  try {
    return plainCopy(value);
  } catch (error) {
    if (error instanceof NotPlain) report(error.path, error.message);
    // Whatever else an object throws while it is read, it is not plain data.
    else report([], 'This cannot be read as data.');
    return null;
  }
}

function placeOf(path: readonly (string | number)[]): string {
  return path.join('.').slice(0, 400);
}

/** Steps, facts and stages are known by their names: two of one name could not be told apart. */
function checkTwins(definition: WorkflowDefinition, report: Spot['report']): void {
  const once = (list: string, names: readonly string[]): void => {
    const seen = new Set<string>();
    for (const name of names) {
      if (seen.has(name)) report([list, name], `“${name}” occurs twice. Rename one.`);
      seen.add(name);
    }
  };
  once(
    'steps',
    definition.steps.map(({ id }) => id),
  );
  once(
    'facts',
    definition.facts.map(({ name }) => name),
  );
  once(
    'stages',
    definition.stages.map(({ key }) => key),
  );
}

/** No schema can say how deep conditions may be nested. */
function checkDepth(value: unknown, path: readonly (string | number)[], report: Spot['report']) {
  if (Array.isArray(value)) {
    value.forEach((item: unknown, at) => {
      // Steps are named in places, as in all other problems.
      const id = isObject(item) && path.length === 1 ? item['id'] : undefined;
      checkDepth(item, [...path, typeof id === 'string' ? id : at], report);
    });
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      if (isCondition(inner)) {
        if (depthOf(inner) > maxConditionDepth) {
          const message = `A condition may be ${maxConditionDepth} levels deep. Make it flatter.`;
          report([...path, key], message);
        }
      } else checkDepth(inner, [...path, key], report);
    }
  }
}

function isCondition(value: unknown): value is Condition {
  return isObject(value) && ('all' in value || 'any' in value || 'not' in value);
}

function depthOf(condition: Condition): number {
  if ('not' in condition) return 1 + depthOf(condition.not);
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [];
  return 1 + parts.reduce((deepest, part) => Math.max(deepest, depthOf(part)), 0);
}

/**
 * The language as JSON Schema 2020-12, from the same source as {@link parseDefinition}. A schema
 * cannot say that names occur once or how deep conditions may be: the parser alone checks these.
 */
export function definitionSchema(): JsonSchema {
  const defs: Defs = new Map();
  const root = definitionShape.json(defs);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Workflow definition',
    description: 'A workflow of Plumbline, as it is exported and imported.',
    ...root,
    $defs: Object.fromEntries([...defs].sort(([left], [right]) => (left < right ? -1 : 1))),
  };
}
