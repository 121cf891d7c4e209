import { compiledOf } from '../definition/compiled.ts';
import type { Facts, FactValue } from '../expressions/condition.ts';
import type { StepId, WorkflowDefinition } from '../definition/definition.ts';
import { move } from '../moves/move.ts';
import { commandOf } from './past-commands.ts';
import { applied } from '../run/replay.ts';
import type { RunEvent, RunState, Surroundings } from '../run/run.ts';
import { sameValue } from '../expressions/value-type.ts';
import { listed, quoted, Words } from '../people/words.ts';

/** Where a past run would have gone otherwise. */
export interface Divergence {
  /** Number and time of the event of the past run at which it shows. */
  readonly seq: number;
  readonly at: string;
  /** Plain words: what happened then, and what would be instead. */
  readonly text: string;
  /** Steps at which the run stood afterwards, and would stand now. */
  readonly before: readonly StepId[];
  readonly after: readonly StepId[];
}

/** A past run, played again by another version. */
export interface ReplayedRun {
  /** Everything would have gone the same way to the same ending. */
  readonly same: boolean;
  readonly divergences: readonly Divergence[];
  /** Outcomes of the endings; null where there was or would be none. */
  readonly endings: { readonly before: string | null; readonly after: string | null };
}

/**
 * Plays what people and clocks did in a past run, event by event, by another version of its workflow,
 * and tells where that goes another way. What is refused there is left out and the next is tried.
 * Facts of the AI system and the organisation are those that the record shows for a moment, else
 * those given; a run that has changed its version is followed until then. `events` are all of one
 * run, from its start; throws a `RangeError` when they are not.
 */
export function replayAgainst(
  definition: WorkflowDefinition,
  events: readonly RunEvent[],
  around: Pick<Surroundings, 'calendar' | 'facts'>,
): ReplayedRun {
  const words = new Words(definition);
  const divergences: Divergence[] = [];
  let before: RunState | null = null;
  let after: RunState | null = null;
  let wereAlike = true;
  for (const [first, ...others] of groupedByCommand(definition, events)) {
    if (!first || first.type === 'run-migrated') break;
    const known = before;
    for (const event of [first, ...others]) before = applied(before, event);
    const command = commandOf(definition, known, first, others);
    if (!command || !before) continue;
    const facts = { ...around.facts, ...shownFacts(definition, [first, ...others]) };
    const result = move(definition, after, command, { ...around, facts, now: first.at });
    if (!result.refused) after = result.state;
    const [stood, stands] = [stepsOf(before), stepsOf(after)];
    const areAlike = sameValue(stood, stands);
    const said = result.refused ? `It would be refused: ${result.message}` : null;
    if (said !== null || (!areAlike && wereAlike)) {
      const instead =
        said ??
        `It stood at ${inWords(stood, words)}; now it would be at ${inWords(stands, words)}.`;
      const text = `${happened(first, words)} ${instead}`;
      divergences.push({ seq: first.seq, at: first.at, text, before: stood, after: stands });
    }
    wereAlike = areAlike;
  }
  const endings = { before: before?.outcome ?? null, after: after?.outcome ?? null };
  return {
    same: divergences.length === 0 && endings.before === endings.after,
    divergences,
    endings,
  };
}

/** Events in groups, each beginning with one that somebody asked for. */
function* groupedByCommand(
  definition: WorkflowDefinition,
  events: readonly RunEvent[],
): Generator<readonly RunEvent[]> {
  let group: RunEvent[] = [];
  for (const event of events) {
    const begins = commandOf(definition, null, event, []) !== null;
    if ((begins || event.type === 'run-migrated') && group.length > 0) {
      yield group;
      group = [];
    }
    group.push(event);
  }
  if (group.length > 0) yield group;
}

/** Facts from outside that decisions and tables of these events looked at. */
function shownFacts(definition: WorkflowDefinition, events: readonly RunEvent[]): Facts {
  const { outside } = compiledOf(definition);
  const shown: Record<string, FactValue> = {};
  for (const event of events) {
    const facts =
      event.type === 'decision-recorded'
        ? event.basis
        : event.type === 'table-evaluated'
          ? event.inputs
          : {};
    for (const name of outside) {
      if (Object.hasOwn(facts, name)) shown[name] = facts[name] ?? null;
    }
  }
  return shown;
}

function stepsOf(state: RunState | null): readonly StepId[] {
  return (state?.tokens ?? []).map(({ step }) => step).sort();
}

function inWords(steps: readonly StepId[], words: Words): string {
  return listed(steps.map((step) => words.step(step))) || 'its end';
}

function happened(event: RunEvent, words: Words): string {
  const step = 'step' in event && event.step !== null ? `${words.step(event.step)}: ` : '';
  switch (event.type) {
    case 'run-started':
      return 'The run was started.';
    case 'task-submitted':
      return `${step}finished.`;
    case 'decision-recorded':
      return `${step}decided as ${quoted(event.outcome)}.`;
    case 'sent-back':
      return `${step}sent back to ${words.step(event.to)}.`;
    case 'timer-fired':
      return `${step}its time came.`;
    case 'child-ended':
      return `${step}the called workflow ended as ${quoted(event.outcome)}.`;
    case 'signal-received':
      return `The signal ${quoted(event.signal)} came.`;
    default:
      return `${'key' in event ? `${quoted(event.key)}: ` : ''}${event.type.replaceAll('-', ' ')}.`;
  }
}
