import type { Condition, FactDeclaration, FactType } from '../expressions/condition.ts';
import type { Boundary, ParallelStep, Step } from '../definition/definition.ts';
import { emptyForm } from './samples.data.ts';

/** Short ways to write steps in specs: `id` is also the name. */

type Of<Type extends Step['type']> = Step & { readonly type: Type };

const base = (id: string) => ({ id, stage: 'main', name: id });

export function check(
  id: string,
  to: string,
  set: Readonly<Record<string, string>> = {},
  change: Partial<Of<'check'>> = {},
): Step {
  return {
    ...{ ...base(id), type: 'check', next: [{ to }] },
    set: Object.entries(set).map(([fact, cel]) => ({ fact, value: { cel } })),
    ...change,
  };
}

/** An exclusive choice: the first whose CEL condition holds, else the last. */
export function choice(id: string, ways: Readonly<Record<string, string>>, last: string): Step {
  const next = Object.entries(ways).map(([to, cel]) => ({ to, when: { cel } }));
  return { ...base(id), type: 'check', next: [...next, { to: last }] };
}

export function split(
  id: string,
  join: string,
  branches: Readonly<Record<string, Condition | null>>,
): Of<'parallel'> {
  return {
    ...{ ...base(id), type: 'parallel', join },
    branches: Object.entries(branches).map(
      ([start, when], at): ParallelStep['branches'][number] => ({
        ...{ id: `b${at + 1}`, start },
        ...(when && { when }),
      }),
    ),
  };
}

export function join(
  id: string,
  closes: string,
  to: string,
  enough?: Of<'join'>['enough'],
): Of<'join'> {
  return { ...base(id), type: 'join', closes, next: [{ to }], ...(enough && { enough }) };
}

export function wait(id: string, to: string, days: number, boundaries?: readonly Boundary[]): Step {
  return {
    ...{ ...base(id), type: 'timer', wait: { amount: days, unit: 'calendar-days' } },
    next: [{ to }],
    ...(boundaries && { boundaries }),
  };
}

export function awaits(
  id: string,
  signal: string,
  to: string,
  change: Partial<Of<'await'>> = {},
): Step {
  return { ...base(id), type: 'await', signal, next: [{ to }], ...change };
}

export function sends(
  id: string,
  signal: string,
  to: string,
  change: Partial<Of<'signal'>> = {},
): Step {
  return { ...base(id), type: 'signal', signal, to: 'ai-system', next: [{ to }], ...change };
}

export function tells(id: string, to: string, change: Partial<Of<'tell'>> = {}): Step {
  return { ...base(id), type: 'tell', title: 'Look', text: 'Here.', next: [{ to }], ...change };
}

export function undo(id: string, to: string, steps?: readonly string[]): Step {
  return { ...base(id), type: 'undo', next: [{ to }], ...(steps && { steps }) };
}

export function calls(id: string, to: string, change: Partial<Of<'sub-workflow'>> = {}): Step {
  return {
    ...{ ...base(id), type: 'sub-workflow', calls: 'WF-CALLED', input: [], output: [] },
    ...{ outcomeFact: 'result', next: [{ to }] },
    ...change,
  };
}

export function form(
  id: string,
  to: string,
  fields: Of<'form'>['form']['sections'][number]['fields'],
  change: Partial<Of<'form'>> = {},
): Step {
  return {
    ...{ ...base(id), type: 'form', role: 'client.staff', next: [{ to }] },
    form: fields.length > 0 ? { sections: [{ key: 's', title: 'S', fields }] } : emptyForm,
    ...change,
  };
}

export function pathEnd(id: string): Step {
  return { ...base(id), type: 'path-end' };
}

/** A boundary by time. */
export function after(id: string, days: number, to: string, interrupts = true): Boundary {
  return { id, label: id, interrupts, to, after: { amount: days, unit: 'calendar-days' } };
}

/** A boundary by signal. */
export function upon(id: string, signal: string, to: string, interrupts = true): Boundary {
  return { id, label: id, interrupts, to, signal };
}

export function fact(
  name: string,
  kind: FactType['kind'] | FactType = 'text',
  source: FactDeclaration['source'] = 'run',
): FactDeclaration {
  const type = typeof kind === 'string' ? ({ kind } as FactType) : kind;
  return { name, type, source };
}
