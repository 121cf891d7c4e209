import { compiledOf } from '../definition/compiled.ts';
import type { Facts, FactValue } from '../expressions/condition.ts';
import type { Step, WorkflowDefinition } from '../definition/definition.ts';
import { factsSetBy } from '../definition/rules.ts';
import type { CaseStep } from './saved-case.ts';
import { type SimulationStart, waitingIn } from './simulate.ts';
import type { Simulated, Waiting } from './simulated.ts';
import { unique, waysFor, type Wish, wishesOf } from './wishes.ts';

/** The most ways in which one form is answered, and the most beginnings that are tried. */
const mostAnswers = 24;
const mostStarts = 40;

/** What can be tried in the workflows of a simulation. */
export class Alternatives {
  private readonly wishes = new Map<WorkflowDefinition, readonly Wish[]>();

  /** Beginnings: nothing known, gates met, and on top of that what conditions ask for. */
  starts(definition: WorkflowDefinition, given: SimulationStart): readonly SimulationStart[] {
    const { dictionary } = compiledOf(definition);
    const gates = definition.steps.flatMap((step) =>
      step.type === 'approval' ? (step.gate ?? []).map(({ holds }) => holds) : [],
    );
    const open = gates.flatMap((gate) => waysFor(gate, true, dictionary).slice(0, 1));
    const met: Wish = Object.assign({}, ...open.map((wish) => ({ ...wish }))) as Wish;
    const all = unique([
      {},
      met,
      ...this.wishesOf(definition).map((wish) => ({ ...met, ...wish })),
    ]);
    const set = new Set(definition.steps.flatMap(factsSetBy));
    const starts = all.map((wish): SimulationStart => {
      const [facts, around]: [Record<string, FactValue>, Record<string, FactValue>] = [{}, {}];
      for (const { name, source } of definition.facts) {
        if (!Object.hasOwn(wish, name)) continue;
        if (source === 'subject' || source === 'organisation') around[name] = wish[name] ?? null;
        else if (source === 'run' && !set.has(name)) facts[name] = wish[name] ?? null;
      }
      return {
        ...given,
        facts: { ...facts, ...given.facts },
        around: { ...given.around, facts: { ...around, ...given.around?.facts } },
      };
    });
    const different = new Map(starts.map((start) => [JSON.stringify(start), start]));
    return [...different.values()].slice(0, mostStarts);
  }

  /** What can happen next: ways to do the first open work, results, signals, and time passing. */
  at(moment: Simulated): readonly CaseStep[] {
    const waiting = waitingIn(moment);
    const first = (kind: Waiting['kind']) => waiting.find((one) => one.kind === kind);
    const work = waiting.find(({ kind }) => kind === 'form' || kind === 'decision');
    const timer = first('time');
    return [
      ...(work ? this.waysOf(work, moment) : []),
      ...waiting.flatMap((one) => (one.kind === 'child' ? this.waysOf(one, moment) : [])),
      ...waiting.flatMap((one) => (one.kind === 'signal' ? this.waysOf(one, moment) : [])),
      ...(timer ? [{ skipTime: 'next' as const }] : []),
    ];
  }

  private waysOf(waiting: Waiting, { runs }: Simulated): readonly CaseStep[] {
    const definition = runs.find(({ id }) => id === waiting.run)?.definition;
    const step = definition && compiledOf(definition).steps.get(waiting.step);
    if (!definition || !step) return [];
    const { step: id } = waiting;
    switch (waiting.kind) {
      case 'form': {
        const answers = this.wishesFor(definition, step).map((wish) => ({
          step: id,
          answers: wish,
        }));
        const back = waiting.sendBackTo.map((to) => ({ step: id, sendBackTo: to }));
        return [{ step: id }, ...answers.slice(0, mostAnswers), ...back];
      }
      case 'decision':
        return waiting.outcomes.map(({ key }) => ({ step: id, outcome: key }));
      case 'child': {
        if (step.type !== 'sub-workflow') return [];
        const facts = this.wishesFor(definition, step);
        const outcomes = facts.flatMap((wish) => textOf(wish[step.outcomeFact]));
        const results = facts.map((wish) => theirs(step, wish));
        return [
          ...[...new Set(['done', ...outcomes])].map((outcome) => ({ child: id, outcome })),
          { child: id, outcome: null },
          ...results.map((result) => ({ child: id, outcome: 'done', facts: result })),
        ].slice(0, mostAnswers);
      }
      case 'signal': {
        const facts = this.wishesFor(definition, step);
        const { signal } = waiting;
        return [{ signal }, ...facts.map((wish) => ({ signal, facts: theirs(step, wish) }))];
      }
      case 'time':
        return [];
    }
  }

  private wishesOf(definition: WorkflowDefinition): readonly Wish[] {
    let wishes = this.wishes.get(definition);
    if (!wishes) this.wishes.set(definition, (wishes = wishesOf(definition)));
    return wishes;
  }

  /** What conditions ask for that this step can set. */
  private wishesFor(definition: WorkflowDefinition, step: Step): readonly Wish[] {
    const own = new Set([...factsSetBy(step), ...takesOf(step).map(({ ours }) => ours)]);
    const parts = this.wishesOf(definition).map((wish) =>
      Object.fromEntries(
        Object.entries(wish).filter(([name, value]) => own.has(name) && value !== null),
      ),
    );
    return unique(parts).filter((wish) => Object.keys(wish).length > 0);
  }
}

function textOf(value: FactValue | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : [];
}

function takesOf(step: Step): readonly { readonly ours: string; readonly theirs: string }[] {
  if (step.type === 'sub-workflow') return step.output;
  return step.type === 'await' ? (step.takes ?? []) : [];
}

/** Facts of ours under the names that they come with. */
function theirs(step: Step, wish: Wish): Facts {
  const found = takesOf(step).filter(({ ours }) => Object.hasOwn(wish, ours));
  return Object.fromEntries(found.map((take) => [take.theirs, wish[take.ours] ?? null]));
}
