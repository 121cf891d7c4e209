import {
  type FactDeclaration,
  factTypeOf,
  type Field,
  type Step,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';
import { type Command, type Design, refused } from './design.ts';

/** A fact that a step brings, as its form, table or settings say. */
function factsOf(step: Step): readonly FactDeclaration[] {
  const run = (name: string | undefined, type: FactDeclaration['type']): FactDeclaration[] =>
    name ? [{ name, type, source: 'run' }] : [];
  switch (step.type) {
    case 'form':
    case 'task':
      return [
        ...step.form.sections
          .flatMap(({ fields }) => fields)
          .map((field): FactDeclaration => ({
            ...{ name: field.key, type: factTypeOf(field), source: 'form' },
            ...(field.label && { description: field.label }),
          })),
        ...run(step.performer, { kind: 'person' }),
        ...eachFacts(step),
      ];
    case 'approval':
      return [
        ...run(step.performer, { kind: 'person' }),
        ...run(step.outcomeFact, {
          kind: 'choice',
          options: [...new Set(step.outcomes.map(({ key }) => key))],
        }),
      ];
    case 'table':
      return step.table.outputs.map((output) => ({ ...output, source: 'table' }));
    case 'sub-workflow':
      return run(step.outcomeFact, { kind: 'text' });
    default:
      return [];
  }
}

function eachFacts(step: Extract<Step, { type: 'form' | 'task' }>): readonly FactDeclaration[] {
  if (!step.each?.collect) return [];
  const fields = step.form.sections.flatMap((section) => section.fields);
  const of = Object.fromEntries(fields.map((field) => [field.key, factTypeOf(field)]));
  return [{ name: step.each.collect, type: { kind: 'list', of }, source: 'run' }];
}

/**
 * The design with the facts that its steps bring declared as they bring them. A fact that a step no
 * longer brings goes; what somebody declared by hand stays.
 */
export function withFactsOf(before: Design, after: Design): Design {
  const { definition } = after;
  if (before.definition.steps === definition.steps) return after;
  const brought = new Map<string, FactDeclaration>();
  for (const step of definition.steps) {
    for (const fact of factsOf(step)) brought.set(fact.name, fact);
  }
  const gone = new Set<string>();
  for (const step of before.definition.steps) {
    for (const { name } of factsOf(step)) if (!brought.has(name)) gone.add(name);
  }
  const kept = definition.facts.flatMap((fact) => {
    if (gone.has(fact.name) && fact.source !== 'subject' && fact.source !== 'organisation') {
      return [];
    }
    const now = brought.get(fact.name);
    brought.delete(fact.name);
    if (!now || fact.source === 'subject' || fact.source === 'organisation') return [fact];
    // A decision's outcome may be kept as text, and a choice may allow more than one form offers.
    if (fact.source === now.source && covers(fact.type, now.type)) return [fact];
    return [{ ...now, ...(fact.description && { description: fact.description }) }];
  });
  const same =
    kept.length === definition.facts.length &&
    kept.every((fact, at) => fact === definition.facts[at]);
  if (same && brought.size === 0) return after;
  return { ...after, definition: { ...definition, facts: [...kept, ...brought.values()] } };
}

function covers(declared: FactDeclaration['type'], brought: FactDeclaration['type']): boolean {
  if (declared.kind === 'text' && brought.kind === 'choice') return true;
  if (
    (declared.kind === 'choice' && brought.kind === 'choice') ||
    (declared.kind === 'choices' && brought.kind === 'choices')
  ) {
    return brought.options.every((option) => declared.options.includes(option));
  }
  return JSON.stringify(declared) === JSON.stringify(brought);
}

/** Where a fact is set and read, by step. */
export interface FactUse {
  readonly setBy: readonly string[];
  readonly readBy: readonly string[];
}

/** Which steps set and which read each fact, by the text of what they say. */
export function factUses({ steps, facts }: WorkflowDefinition): ReadonlyMap<string, FactUse> {
  const uses = new Map<string, FactUse>();
  const sets = new Map(steps.map((step) => [step.id, setBy(step)]));
  const texts = steps.map((step) => [step.id, JSON.stringify(step)] as const);
  for (const { name } of facts) {
    const word = new RegExp(`(?<![\\w.-])${escaped(name)}(?![\\w-])`);
    const by = steps.filter(({ id }) => sets.get(id)?.has(name)).map(({ id }) => id);
    const read = texts.filter(([, text]) => word.test(text)).map(([id]) => id);
    uses.set(name, { setBy: by, readBy: read.filter((id) => !by.includes(id)) });
  }
  return uses;
}

function setBy(step: Step): ReadonlySet<string> {
  const names = factsOf(step).map(({ name }) => name);
  if (step.type === 'check') names.push(...(step.set ?? []).map(({ fact }) => fact));
  if (step.type === 'sub-workflow') names.push(...step.output.map(({ ours }) => ours));
  if (step.type === 'await') names.push(...(step.takes ?? []).map(({ ours }) => ours));
  return new Set(names);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&');

/** Properties whose text is the name of a fact, or a list of such. */
const naming = new Set(
  (
    'fact assignee performer outcomeFact over as collect ours on inputs shows parties ' + 'people'
  ).split(' '),
);

/** Gives a fact another name wherever the definition speaks of it, in conditions and expressions too. */
export function renameFact(from: string, to: string): Command {
  return (design) => {
    const { definition } = design;
    if (from === to || !definition.facts.some(({ name }) => name === from)) {
      return refused(design, 'nothing');
    }
    const steps = definition.steps.map((step) => renamedIn(step, from, to));
    const facts = definition.facts.map((fact) => {
      return fact.name === from ? { ...fact, name: to } : fact;
    });
    return {
      design: { ...design, definition: { ...definition, facts, steps } },
      said: { key: 'renamed', values: { name: to } },
    };
  };
}

/** The value with the fact renamed in it; the same where nothing speaks of it. */
function renamedIn<T>(value: T, from: string, to: string): T {
  const swap = (text: string): string => (text === from ? to : text);
  const text = (key: string, inner: string, parent: string): string => {
    if (naming.has(key)) return swap(inner);
    if (key === 'cel') return renamedInCel(inner, from, to);
    if (key === 'question' || key === 'title' || key === 'text') {
      return inner.replaceAll(`{${from}}`, `{${to}}`);
    }
    // A question's key, or a table output's name, is the fact it sets.
    const sets = (key === 'key' && parent === 'fields') || (key === 'name' && parent === 'outputs');
    return sets ? swap(inner) : inner;
  };
  const walk = (node: unknown, parent: string): unknown => {
    if (Array.isArray(node)) {
      return node.map((item: unknown) =>
        typeof item === 'string' && naming.has(parent) ? swap(item) : walk(item, parent),
      );
    }
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, inner]: [string, unknown]) => [
        // The results of a table's row are kept by the name of the fact.
        parent === 'then' ? swap(key) : key,
        typeof inner === 'string' ? text(key, inner, parent) : walk(inner, key),
      ]),
    );
  };
  return JSON.stringify(value).includes(from) ? (walk(value, '') as T) : value;
}

/** An expression with a fact renamed outside its quoted texts, and in `fact("…")`. */
export function renamedInCel(cel: string, from: string, to: string): string {
  const name = new RegExp(`(?<![\\w.])${escaped(from)}(?![\\w(])`, 'g');
  const dotted = /[.-]/.test(to);
  return cel
    .split(/("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/)
    .map((part, at, all) => {
      if (at % 2 === 0) return part.replace(name, dotted ? `fact("${to}")` : to);
      const called = /\bfact\(\s*$/.test(all[at - 1] ?? '');
      return called && part.slice(1, -1) === from ? `"${to}"` : part;
    })
    .join('');
}

/** Adds, changes or takes away a declaration. */
export function setFact(name: string | null, fact: FactDeclaration | null): Command {
  return (design) => {
    const { definition } = design;
    const others = definition.facts.filter((one) => one.name !== name);
    const facts =
      name === null
        ? [...definition.facts, ...(fact ? [fact] : [])]
        : fact
          ? definition.facts.map((one) => (one.name === name ? fact : one))
          : others;
    const said = fact?.name ?? name ?? '';
    return {
      design: { ...design, definition: { ...definition, facts } },
      said: { key: fact ? 'changed' : 'removed', values: { name: said } },
    };
  };
}

/** Questions of a design's forms, with the step that asks them. */
export function questionsOf({ steps }: WorkflowDefinition): readonly {
  readonly step: Step;
  readonly field: Field;
}[] {
  return steps.flatMap((step) =>
    step.type === 'form' || step.type === 'task'
      ? step.form.sections.flatMap(({ fields }) => fields.map((field) => ({ step, field })))
      : [],
  );
}
