import { Inject, Injectable } from '@nestjs/common';
import type { RunData, RunMoment } from '@plumbline/contracts';
import {
  compiledOf,
  factsAtHand,
  isVoteHidden,
  replay,
  type Facts,
  type FactValue,
  type RunEvent,
  type RunState,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { Members } from '../members/index.ts';
import { TenantDatabase } from '../platform/database/tenant-database.ts';
import { NotFound } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { peopleIn } from './entry-words.ts';
import { factInWords, factLabel } from './fact-words.ts';
import type { Names } from './plain-words.ts';
import { entriesOf, eventsOf, peopleInEvents } from './run-history.ts';
import { stepsOf, tokensOf, waitsOf } from './run-view.ts';
import { evidenceByStep } from './step-evidence.ts';
import { Runs } from './runs.ts';

/** The history of a run, gone through: as it was at one moment, and what each step changed. */
@Injectable()
export class RunMoments {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Runs) private readonly runs: Runs,
    @Inject(Members) private readonly members: Members,
  ) {}

  /** The run right after an event; NotFound for one that has not happened. */
  at(ctx: RequestContext, id: string, seq: number): Promise<RunMoment> {
    return this.database.transaction(ctx, async (tx) => {
      const { definition, state: now } = await this.runs.look(tx, ctx, id);
      const stored = (await eventsOf(tx, ctx, id)).slice(0, seq);
      const events = stored.map(({ event }) => event);
      const last = events.at(-1);
      if (seq < 1 || events.length < seq || !last) throw new NotFound();
      const state = replay(events);
      const tasks = await tx.query<{ id: string; key: string; title: string }>(sql`
        select id, key, title from app.task
        where organisation_id = ${ctx.organisationId} and run_id = ${id}`);
      const names = await this.members.peopleOf(tx, [
        ...peopleInEvents(events),
        ...peopleIn(definition, state.facts),
      ]);
      const evidence = await evidenceByStep(tx, ctx, id, last.at);
      const isHidden = hiddenIn(now, ctx.personId);
      const [entry] = entriesOf(stored.slice(-1), definition, names, isHidden);
      return {
        ...{ seq, last: now.seq, at: last.at, text: entry?.text ?? null },
        ...{ status: state.status, suspended: state.suspended !== null },
        steps: stepsOf(definition, state, events, names, evidence),
        tokens: tokensOf(definition, state, events),
        waits: waitsOf(definition, state, tasks),
        facts: factsThen(definition, state, last, names),
      };
    });
  }

  /** What each event changed in the data of a run. */
  data(ctx: RequestContext, id: string): Promise<RunData> {
    return this.database.transaction(ctx, async (tx) => {
      const { definition } = await this.runs.look(tx, ctx, id);
      const events = (await eventsOf(tx, ctx, id)).map(({ event }) => event);
      const everything = replay(events).facts;
      const given = events.map((event) => factsOf(event)).filter((facts) => facts !== null);
      const names = await this.members.peopleOf(tx, [
        ...peopleInEvents(events),
        ...[everything, ...given].flatMap((facts) => peopleIn(definition, facts)),
      ]);
      return { changes: changesIn(events, definition, names) };
    });
  }
}

/** Whether what an event says about a vote is kept from a person for now. */
export const hiddenIn =
  (now: RunState, viewer: string) =>
  (event: RunEvent): boolean =>
    event.type === 'decision-recorded' && isVoteHidden(now.tasks, event, viewer);

/** The facts that an event sets; null when it sets none. */
function factsOf(event: RunEvent): Facts | null {
  return event.type === 'facts-set' || event.type === 'run-started' ? event.facts : null;
}

function factsThen(
  definition: WorkflowDefinition,
  state: RunState,
  last: RunEvent,
  names: Names,
): RunMoment['facts'] {
  const changed = factsOf(last) ?? {};
  const known = knownFacts(definition, state.facts);
  return known.map((name) => ({
    ...{ name, label: factLabel(definition, name) },
    value: factInWords(definition, name, state.facts[name], names),
    changed: Object.hasOwn(changed, name),
  }));
}

const knownFacts = (definition: WorkflowDefinition, facts: Facts): string[] =>
  definition.facts
    .map(({ name }) => name)
    .filter((name) => facts[name] !== undefined && facts[name] !== null);

/** What the facts at hand are called and hold, in words, in the order of the definition. */
export function factsInWords(
  definition: WorkflowDefinition,
  facts: Facts,
  names: Names,
): { name: string; label: string; value: string }[] {
  return knownFacts(definition, facts).map((name) => ({
    ...{ name, label: factLabel(definition, name) },
    value: factInWords(definition, name, facts[name], names),
  }));
}

function changesIn(
  events: readonly RunEvent[],
  definition: WorkflowDefinition,
  names: Names,
): RunData['changes'] {
  const held: Record<string, FactValue> = {};
  const say = (name: string, value: FactValue): string | null =>
    value === null ? null : factInWords(definition, name, value, names);
  return events.flatMap((event) => {
    const set = factsOf(event);
    if (!set) return [];
    const facts = Object.entries(set).flatMap(([name, value]) => {
      const before = held[name];
      held[name] = value;
      if (JSON.stringify(before ?? null) === JSON.stringify(value)) return [];
      const words = { before: say(name, before ?? null), after: say(name, value) };
      return [{ ...{ name, label: factLabel(definition, name) }, ...words }];
    });
    if (facts.length === 0) return [];
    const step = 'step' in event ? event.step : null;
    const by = event.by.kind === 'person' ? event.by.personId : null;
    return [
      {
        ...{ seq: event.seq, at: event.at, step, facts },
        stepName: definition.steps.find(({ id }) => id === step)?.name ?? null,
        by: by === null ? null : { id: by, name: names.get(by)?.name ?? 'Someone who has left' },
      },
    ];
  });
}

/** The facts of a run as its rules see them now; of one that has ended, as they were. */
export function factsNow(run: Awaited<ReturnType<Runs['look']>>): Facts {
  const { definition, state, surroundings } = run;
  return state.status === 'running'
    ? factsAtHand(compiledOf(definition), state.facts, surroundings)
    : state.facts;
}
