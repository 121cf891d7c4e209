import type { FactDeclaration, FactType } from '../expressions/condition.ts';
import type { Compiled } from '../definition/compiled.ts';
import type { DefinitionFix } from '../definition/definition-problem.ts';
import type { Step } from '../definition/definition.ts';
import { isFactName } from '../expressions/dictionary.ts';
import type { Findings } from './findings.ts';
import { factsInText } from '../expressions/text.ts';
import { checkNames } from './validate-graph.ts';

type Source = FactDeclaration['source'];
type Kind = FactType['kind'];

/** Checks the declarations of facts. */
export function checkDeclarations({ definition }: Compiled, findings: Findings): void {
  checkNames(
    findings,
    'facts',
    definition.facts.map(({ name }) => name),
  );
  for (const { name, type } of definition.facts) checkType(findings, `facts.${name}`, type);
}

function checkType(findings: Findings, place: string, type: FactType): void {
  if (type.kind === 'choice' || type.kind === 'choices') {
    const { options } = type;
    if (options.length === 0) findings.error('bad-type', place, 'This choice has no options.');
    if (new Set(options).size < options.length) {
      findings.error('bad-type', place, 'This choice has an option twice. Remove one.');
    }
  }
  if (type.kind === 'list') {
    for (const [name, of] of Object.entries(type.of)) {
      if (!isFactName(name)) findings.error('bad-name', place, `“${name}” is not a name.`);
      checkType(findings, `${place}.${name}`, of);
    }
  }
}

/** Checks that a fact is declared, of one of these kinds and set from where it is declared to be. */
export function requireFact(
  { dictionary }: Compiled,
  findings: Findings,
  name: string,
  wanted: {
    readonly place: string;
    readonly kinds?: readonly Kind[];
    readonly source?: Source;
    readonly fix?: DefinitionFix | undefined;
  },
): FactDeclaration | null {
  const fact = dictionary.declarations.get(name);
  if (!fact) {
    const message = `There is no fact called “${name}”.`;
    findings.error('undeclared-fact', wanted.place, message, wanted.fix);
    return null;
  }
  if (wanted.kinds && !wanted.kinds.includes(fact.type.kind)) {
    const message = `“${name}” is a ${fact.type.kind}; here a ${wanted.kinds.join(' or ')} is needed.`;
    findings.error('bad-type', wanted.place, message);
  }
  if (wanted.source && fact.source !== wanted.source) {
    const message = `“${name}” is set here, so its source must be “${wanted.source}”, not “${fact.source}”.`;
    findings.error('wrong-source', wanted.place, message);
  }
  return fact;
}

/** Checks the facts that a step names outside conditions and tables. */
export function checkNamedFacts(compiled: Compiled, step: Step, findings: Findings): void {
  const place = `steps.${step.id}`;
  const person = { kinds: ['person', 'people'] as const };
  if (step.type === 'form' || step.type === 'task' || step.type === 'approval') {
    if (step.assignee !== undefined) {
      requireFact(compiled, findings, step.assignee, { place: `${place}.assignee`, ...person });
    }
    if (step.performer !== undefined) {
      const wanted = { place: `${place}.performer`, kinds: ['person'], source: 'run' } as const;
      requireFact(compiled, findings, step.performer, wanted);
    }
  }
  if (step.type === 'form' || step.type === 'task') {
    for (const name of factsInText(step.title ?? '')) {
      requireFact(compiled, findings, name, { place: `${place}.title` });
    }
  }
  if (step.type === 'approval') {
    for (const name of step.shows) {
      requireFact(compiled, findings, name, { place: `${place}.shows` });
    }
    for (const name of factsInText(step.question)) {
      requireFact(compiled, findings, name, { place: `${place}.question` });
    }
    if (step.outcomeFact !== undefined) {
      const keys = step.outcomes.map(({ key }) => key);
      checkOutcomeFact(compiled, findings, step.outcomeFact, { place, keys });
    }
  }
  if (step.type === 'sub-workflow') {
    checkOutcomeFact(compiled, findings, step.outcomeFact, { place, keys: [] });
    for (const { ours } of step.input) {
      requireFact(compiled, findings, ours, { place: `${place}.input` });
    }
    for (const { ours } of step.output) {
      requireFact(compiled, findings, ours, { place: `${place}.output`, source: 'run' });
    }
  }
}

function checkOutcomeFact(
  compiled: Compiled,
  findings: Findings,
  name: string,
  { place, keys }: { readonly place: string; readonly keys: readonly string[] },
): void {
  const at = `${place}.outcomeFact`;
  const wanted = { place: at, kinds: ['text', 'choice'], source: 'run' } as const;
  const fact = requireFact(compiled, findings, name, wanted);
  const type = fact?.type;
  if (type?.kind !== 'choice') return;
  for (const key of keys.filter((one) => !type.options.includes(one))) {
    findings.error('bad-type', at, `“${name}” cannot hold the outcome “${key}”. Add the option.`);
  }
}
