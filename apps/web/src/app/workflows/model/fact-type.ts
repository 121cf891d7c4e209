import type { FactType } from '@plumbline/workflow-engine';

/** The kinds of facts, the simple ones first. */
export const FACT_KINDS = [
  'boolean',
  'number',
  'text',
  'date',
  'choice',
  'choices',
  'person',
  'people',
  'evidence',
  'list',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** A type of this kind, keeping the options or fields of another as far as it has them. */
export function typeOfKind(kind: FactKind, before?: FactType): FactType {
  switch (kind) {
    case 'choice':
    case 'choices':
      return { kind, options: before && 'options' in before ? before.options : [] };
    case 'list':
      return { kind, of: before?.kind === 'list' ? before.of : {} };
    default:
      return { kind };
  }
}

/** What a type holds, one a line: options, or `name: kind` for the fields of a list. */
export function detailsOf(type: FactType): string {
  if ('options' in type) return type.options.join('\n');
  if (type.kind !== 'list') return '';
  return Object.entries(type.of)
    .map(([name, { kind }]) => `${name}: ${kind}`)
    .join('\n');
}

/** The type with details as {@link detailsOf} writes them; what is no kind of fact counts as text. */
export function withDetails(type: FactType, text: string): FactType {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  if ('options' in type) return { ...type, options: lines };
  if (type.kind !== 'list') return type;
  const of = lines.map((line): [string, FactType] => {
    const [name = '', word = 'text'] = line.split(':').map((part) => part.trim());
    const before = Object.hasOwn(type.of, name) ? type.of[name] : undefined;
    const kind = FACT_KINDS.find((one) => one === word) ?? 'text';
    return [name, before?.kind === kind ? before : typeOfKind(kind)];
  });
  return { kind: 'list', of: Object.fromEntries(of) };
}
