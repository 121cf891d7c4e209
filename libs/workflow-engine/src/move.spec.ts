import { move } from './move.ts';
import { replay } from './replay.ts';
import type { Command, Move, Refusal, RunEvent, RunState, Surroundings } from './run.ts';
import { approval, parallel, person, surroundings, system } from './samples.data.ts';
import type { WorkflowDefinition } from './definition.ts';

/** A run that is driven through commands, which must all be accepted. */
class Driven {
  state: RunState | null = null;
  readonly events: RunEvent[] = [];
  readonly definition: WorkflowDefinition;
  around: Surroundings;

  constructor(definition: WorkflowDefinition, around: Surroundings = surroundings()) {
    this.definition = definition;
    this.around = around;
    this.do({ type: 'start', runId: 'run-1', facts: {}, by: system });
  }

  try(command: Command): Move | Refusal {
    return move(this.definition, this.state, command, this.around);
  }

  do(command: Command): this {
    const result = this.try(command);
    if (result.refused) throw new Error(`${result.code}: ${result.message}`);
    this.state = result.state;
    this.events.push(...result.events);
    expect(replay(this.events)).toEqual(this.state);
    return this;
  }
}

const ana = person('ana', 'client.staff');
const ben = person('ben', 'client.risk_owner', 'client.approver');
const cleo = person('cleo', 'client.approver');

describe('a run from proposal to decision', () => {
  it('goes through form, table, review and approval to its end', () => {
    const run = new Driven(approval, surroundings({ facts: { trained: true, owner: 'ana' } }));
    expect(run.state?.tasks).toMatchObject([{ key: 'describe#1', assignee: 'ana' }]);
    run
      .do({ type: 'submit', task: 'describe#1', answers: { name: 'Helper', score: 7 }, by: ana })
      .do({ type: 'submit', task: 'review#1', answers: {}, by: ben })
      .do({
        ...{ type: 'decide', task: 'decide#1', outcome: 'approve', reason: '', conditions: [] },
        by: cleo,
      });
    expect(run.state).toMatchObject({
      status: 'ended',
      outcome: 'approved',
      tokens: [],
      tasks: [],
    });
    expect(run.events.at(-1)).toMatchObject({ writes: { tier: 'limited', stage: 'live' } });
  });
});

describe('parallel branches', () => {
  it('meet at the join', () => {
    const run = new Driven(parallel)
      .do({ type: 'submit', task: 'prepare#1', answers: {}, by: ana })
      .do({ type: 'submit', task: 'risk#1', answers: {}, by: ana });
    run.around = surroundings({ now: '2026-11-27T10:00:00.000Z' });
    run
      .do({ type: 'fire-timer', timer: 'wait#1', by: system })
      .do({
        ...{ type: 'decide', task: 'privacy#1', outcome: 'yes', reason: '', conditions: [] },
        by: cleo,
      })
      .do({
        ...{ type: 'end-child', child: 'called#1', outcome: 'classified', by: system },
        facts: { class: 'minimal' },
      });
    expect(run.state).toMatchObject({ status: 'ended', outcome: 'done' });
    expect(run.state?.facts).toEqual({ calledOutcome: 'classified', regClass: 'minimal' });
  });
});
