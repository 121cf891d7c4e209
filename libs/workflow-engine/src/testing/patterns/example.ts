import type { FactDeclaration, Facts } from '../../expressions/condition.ts';
import type { Step } from '../../definition/definition.ts';
import { Driven } from '../driven.ts';
import { aDefinition, person, system } from '../samples.data.ts';

/** A small workflow that shows a pattern, and what is open after each thing that happens. */
export interface Example {
  /** The first one is the start. */
  readonly steps: readonly Step[];
  readonly facts?: readonly FactDeclaration[];
  readonly given?: Facts;
  /** What waits at the start. */
  readonly begins: string;
  /**
   * What happens, and what waits then. `a#1` finishes a task, with `name=value` as its answers;
   * `end`, `fire` and `signal` a called workflow, a time and a signal; `cancel` the run; what is
   * refused begins with `no`.
   */
  readonly plays: readonly (readonly [string, string])[];
}

const ana = person('ana', 'client.staff');

/** Plays an example; gives what waited after each thing that happened. */
export function played({ steps, facts = [], given = {}, plays }: Example): readonly string[] {
  const run = new Driven(aDefinition(steps[0]?.id ?? '', steps, facts), {}, given);
  const seen = [openIn(run)];
  plays.forEach(([act], nth) => {
    happen(run, act.split(' '), `s${nth}`);
    seen.push(openIn(run));
  });
  return seen;
}

function openIn({ state }: Driven): string {
  if (state.status === 'ended') return `→ ${state.outcome ?? ''}`;
  if (state.status === 'cancelled') return 'cancelled';
  const { tasks, children, timers, awaiting } = state;
  const waits = timers.filter(({ kind }) => kind === 'wait');
  const all = [...tasks, ...children, ...waits, ...awaiting].map(({ key }) => key);
  return all.filter((key) => !key.includes('!')).join(' ');
}

function happen(run: Driven, [act = '', what = '', ...rest]: readonly string[], id: string): void {
  switch (act) {
    case 'end':
      run.do({ type: 'end-child', child: what, outcome: 'done', facts: {}, by: system });
      break;
    case 'fire':
      run.fire(what);
      break;
    case 'signal':
      run.signal(what, id);
      break;
    case 'cancel':
      run.do({ type: 'cancel', reason: 'No longer needed.', by: ana });
      break;
    case 'no':
      run.refusal({ type: 'receive-signal', signal: rest[0] ?? '', id, facts: {}, by: system });
      break;
    default:
      run.submit(act, ana, answersOf(what));
  }
}

function answersOf(text: string): Facts {
  const [name, value] = text.split('=');
  return name === undefined || value === undefined ? {} : { [name]: value };
}
