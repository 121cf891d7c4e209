import type { FactType } from '../expressions/condition.ts';
import type { Compiled } from '../definition/compiled.ts';
import type { EachRule, Step } from '../definition/definition.ts';
import type { Findings } from './findings.ts';
import { requireFact } from './validate-facts.ts';
import { sameValue } from '../expressions/value-type.ts';

/** Checks a step that is done once for each item of a list: the list, the item, what it gathers. */
export function checkEach(compiled: Compiled, step: Step, findings: Findings): void {
  if (!('each' in step) || !step.each) return;
  const { over, as, collect, enough } = step.each;
  const place = `steps.${step.id}.each`;
  const bad = (where: string, message: string): void =>
    findings.error('bad-each', `${place}.${where}`, message);
  const list = requireFact(compiled, findings, over, {
    ...{ place: `${place}.over`, kinds: ['people', 'choices', 'evidence', 'list'] },
  });
  const item = requireFact(compiled, findings, as, { place: `${place}.as`, source: 'run' });
  if (list && item && !holdsItem(item.type, list.type)) {
    bad('as', `“${as}” is a ${item.type.kind}: it cannot hold one item of “${over}”.`);
  }
  if (as === over) bad('as', 'The item needs a fact of its own.');
  if (collect !== undefined) checkGathered(compiled, step, step.each, findings);
  if (step.type === 'form' || step.type === 'task') {
    const keys = step.form.sections.flatMap(({ fields }) => fields.map(({ key }) => key));
    if (keys.includes(as)) bad('as', `The form asks for “${as}”, which holds the item.`);
    if (keys.length > 0 && collect === undefined) {
      const message = 'The answers for each item are lost. Gather them in a list (“collect”).';
      findings.warn('bad-each', `${place}.collect`, message);
    }
  }
  if (enough && 'count' in enough && (!Number.isInteger(enough.count) || enough.count < 1)) {
    bad('enough', 'So many must be finished: 1 or more.');
  }
}

/** Whether a fact of this type can hold one item of such a list. */
function holdsItem(item: FactType, list: FactType): boolean {
  switch (list.kind) {
    case 'people':
      return item.kind === 'person' || item.kind === 'people';
    case 'choices':
      return (
        item.kind === 'text' ||
        ((item.kind === 'choice' || item.kind === 'choices') &&
          list.options.every((option) => item.options.includes(option)))
      );
    case 'evidence':
      return item.kind === 'evidence' || item.kind === 'text';
    case 'list':
      return item.kind === 'list' && sameValue(item.of, list.of);
    default:
      return true;
  }
}

/** Every column of what is gathered is the item itself or something that each item gives. */
function checkGathered(
  compiled: Compiled,
  step: Step,
  { collect = '', as }: EachRule,
  findings: Findings,
): void {
  const place = `steps.${step.id}.each.collect`;
  const wanted = { place, kinds: ['list'], source: 'run' } as const;
  const type = requireFact(compiled, findings, collect, wanted)?.type;
  if (type?.kind !== 'list') return;
  const given =
    step.type === 'sub-workflow'
      ? [step.outcomeFact, ...step.output.map(({ ours }) => ours)]
      : step.type === 'form' || step.type === 'task'
        ? step.form.sections.flatMap(({ fields }) => fields.map(({ key }) => key))
        : [];
  for (const [name, of] of Object.entries(type.of)) {
    const declared = compiled.dictionary.declarations.get(name)?.type;
    if (name !== as && !given.includes(name)) {
      findings.error('bad-each', place, `No item gives “${name}”, a column of “${collect}”.`);
    } else if (declared && !sameValue(declared, of)) {
      const message = `The column “${name}” has another type than the fact of that name.`;
      findings.error('bad-each', place, message);
    }
  }
}
