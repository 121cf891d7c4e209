import { Inject, Injectable } from '@nestjs/common';
import {
  compiledOf,
  fillText,
  gateOf,
  rolesOf,
  visibleVotes,
  type ApprovalStep,
  type Facts,
  type RunEvent,
} from '@plumbline/workflow-engine';
import sql from 'sql-template-tag';
import { AiSystems } from '../ai-systems/index.ts';
import { Evidence } from '../evidence/index.ts';
import { Members } from '../members/index.ts';
import type { Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { factInWords, factLabel, peopleIn, type ActsFor, type Done } from '../runs/index.ts';
import { sealed, type Capsule } from './capsule.ts';

type DecisionEvent = RunEvent & { readonly type: 'decision-recorded' };

/** How to find a decision again, and the hash that its receipt and its entry of the record share. */
export interface FrozenDecision {
  readonly id: string;
  readonly capsuleHash: string;
  readonly recordEventId: string;
}

/** Decisions as they are made: kept with a capsule of what they were made on. */
@Injectable()
export class Decisions {
  constructor(
    @Inject(AiSystems) private readonly aiSystems: AiSystems,
    @Inject(Members) private readonly members: Members,
    @Inject(Evidence) private readonly evidence: Evidence,
  ) {}

  /** Keeps the decision that a command has just recorded in its run, in the same transaction. */
  async freeze(
    tx: Tx,
    ctx: RequestContext & ActsFor,
    task: { readonly id: string; readonly key: string },
    done: Done,
  ): Promise<FrozenDecision> {
    const { run, events } = done;
    const event = events.find((each) => each.type === 'decision-recorded');
    const step = run.definition.steps.find(({ id }) => id === event?.step);
    if (!event || step?.type !== 'approval') throw new Error('The command recorded no decision.');
    const id = newId();
    const number = done.run.decisionsMade;
    const reference = `DEC-${run.aiSystem.number}-${run.number}.${number}`;
    const capsule = await this.capsuleOf(tx, ctx, { id, task, done, event, step });
    const { text, hash } = sealed(capsule);
    const recordEventId = await recordEvent(tx, ctx, {
      action: 'decision.recorded',
      entity: 'decision',
      entityId: id,
      payload: {
        ...{ reference, run: run.id, task: task.id, capsule: hash },
        // The record is read by many: in a blind matter it tells the vote by its hash only.
        ...(!isBlind(done, task.key) && { outcome: event.outcome }),
      },
    });
    await tx.execute(sql`
      insert into app.decision
        (organisation_id, id, reference, run_id, task_id, ai_system_id, workflow_version_id, step,
         question, outcome, effect, reason, conditions, person_id, role, at, capsule, capsule_hash,
         record_event_id, on_behalf_of)
      values (${ctx.organisationId}, ${id}, ${reference}, ${run.id}, ${task.id},
              ${run.aiSystem.id}, ${run.version.id}, ${step.id}, ${capsule.question},
              ${event.outcome}, ${capsule.outcome.effect}, ${event.reason},
              ${JSON.stringify(event.conditions)}::jsonb, ${ctx.personId},
              ${capsule.authority.role}, now(), ${text}, ${hash}, ${recordEventId},
              ${ctx.onBehalfOf?.personId ?? null})`);
    return { id, capsuleHash: hash, recordEventId };
  }

  private async capsuleOf(
    tx: Tx,
    ctx: RequestContext & ActsFor,
    { id, task, done, event, step }: Case,
  ): Promise<Capsule> {
    const { run, before } = done;
    const { definition } = run;
    const open = before.tasks.find(({ key }) => key === task.key);
    const outcome = step.outcomes.find(({ key }) => key === event.outcome);
    if (!open || !outcome) throw new Error('The decision is about a task that was not open.');
    const changed = done.events.find((each) => each.type === 'authority-changed');
    const { role, also, needed, seats = open.seats } = changed ?? open;
    const held = [...ctx.roles, ...(ctx.onBehalfOf?.roles ?? [])];
    const names = await this.members.peopleOf(tx, peopleIn(definition, event.basis));
    const evidence = await this.evidence.ofAiSystem(tx, ctx, run.aiSystem.id);
    return {
      v: 1,
      decision: id,
      at: event.at,
      aiSystem: await this.aiSystems.nameOf(tx, ctx, run.aiSystem.id),
      workflow: { key: definition.key, version: run.version.number, hash: run.version.hash },
      run: run.id,
      task: task.id,
      step: step.id,
      question: fillText(step.question, { ...done.facts, name: run.aiSystem.name }),
      outcome: { key: outcome.key, label: outcome.label, effect: outcome.effect },
      reason: event.reason,
      conditions: event.conditions,
      authority: {
        person: ctx.personId,
        roles: ctx.roles,
        ...(ctx.onBehalfOf && {
          onBehalfOf: { person: ctx.onBehalfOf.personId, roles: ctx.onBehalfOf.roles },
        }),
        role: rolesOf({ seats, helpers: open.helpers }).find((each) => held.includes(each)) ?? role,
        needed,
        also,
        seats,
        earlier: (event.final ? open.votes : visibleVotes(open, ctx.personId)).map((vote) => ({
          person: vote.personId,
          outcome: vote.outcome,
        })),
        final: event.final,
        result: event.result,
        waived: event.waived,
      },
      gate: gateOf(step, compiledOf(definition).dictionary, done.facts).map(
        ({ key, label, met }) => ({
          key,
          label,
          met,
        }),
      ),
      facts: factsInCapsule(event.basis, (name) => ({
        label: factLabel(definition, name),
        words: factInWords(definition, name, event.basis[name], names),
      })),
      evidence: evidence.map(({ id: item, reference, version, sha256 }) => ({
        id: item,
        reference,
        version,
        sha256,
      })),
    };
  }
}

/** Whether the vote was given in a blind matter that is still open. */
function isBlind({ run }: Done, key: string): boolean {
  return run.state.tasks.some((task) => task.key === key && task.blind);
}

interface Case {
  readonly id: string;
  readonly task: { readonly id: string; readonly key: string };
  readonly done: Done;
  readonly event: DecisionEvent;
  readonly step: ApprovalStep;
}

function factsInCapsule(
  basis: Facts,
  inWords: (name: string) => { label: string; words: string },
): Capsule['facts'] {
  return Object.entries(basis).map(([name, value]) => ({ name, value, ...inWords(name) }));
}
