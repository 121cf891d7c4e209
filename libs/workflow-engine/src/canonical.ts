import type { WorkflowDefinition } from './definition.ts';

/**
 * The definition as canonical JSON (RFC 8785): equal definitions give equal text, whatever the
 * order of their keys. The caller hashes it; the hash names a published version.
 */
export function canonicalDefinition(definition: WorkflowDefinition): string {
  return canonical(definition);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
    return `{${members.join(',')}}`;
  }
  const plain = value === null || typeof value === 'string' || typeof value === 'boolean';
  if (plain || (typeof value === 'number' && Number.isFinite(value))) return JSON.stringify(value);
  throw new TypeError('A definition may hold only JSON values.');
}
