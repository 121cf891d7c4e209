import { compiledOf } from '../definition/compiled.ts';
import { decide } from './decide.ts';
import type { WorkflowDefinition } from '../definition/definition.ts';
import { ExpressionFailure } from '../expressions/expression-failure.ts';
import { assign, claim, delegate, release } from './hold.ts';
import { Journal } from './journal.ts';
import { refuse, Refused } from '../run/refused.ts';
import { repair } from './repair.ts';
import { cancel, childCancelled, endChild, fireTimer, receiveSignal, start } from './resume.ts';
import { resume, suspend } from './pause.ts';
import type { Command, Move, Refusal, RunState, Surroundings } from '../run/run.ts';
import { sendBack, submit } from './submit.ts';
import { goOn, hold, moveDeadline } from './task-pause.ts';

/**
 * Carries out one command on a run: the new state and what happened, or why not. `state` is `null`
 * before the start. The same inputs always give the same result; nothing is changed in place.
 */
export function move(
  definition: WorkflowDefinition,
  state: RunState | null,
  command: Command,
  surroundings: Surroundings,
): Move | Refusal {
  const journal = new Journal(compiledOf(definition), state, surroundings, command.by);
  try {
    requireActive(state, command);
    carryOut(journal, command);
    return { refused: false, state: journal.state, events: journal.events };
  } catch (error) {
    // Refusals travel as exceptions inside a move only; anything else is a fault and passes.
    if (error instanceof Refused) return error.refusal;
    if (error instanceof ExpressionFailure) {
      return {
        refused: true,
        code: 'cannot-continue',
        message: `A rule of this workflow cannot be evaluated: ${error.message}`,
      };
    }
    throw error;
  }
}

function requireActive(state: RunState | null, command: Command): void {
  if (command.type === 'start') {
    if (state) refuse('already-started', 'This run has already started.');
  } else if (state?.status !== 'running') {
    refuse(
      'run-not-active',
      state
        ? `This run has ${state.status === 'ended' ? 'ended' : 'been cancelled'}. Start a new one.`
        : 'This run has not started.',
    );
  } else if (state.suspended && command.type !== 'resume' && command.type !== 'cancel') {
    refuse('run-suspended', 'This run is suspended. It must be resumed before anything is done.');
  }
}

function carryOut(journal: Journal, command: Command): void {
  switch (command.type) {
    case 'start':
      start(journal, command);
      break;
    case 'submit':
      submit(journal, command);
      break;
    case 'decide':
      decide(journal, command);
      break;
    case 'send-back':
      sendBack(journal, command);
      break;
    case 'claim':
      claim(journal, command);
      break;
    case 'release':
      release(journal, command);
      break;
    case 'assign':
      assign(journal, command);
      break;
    case 'fire-timer':
      fireTimer(journal, command);
      break;
    case 'end-child':
      endChild(journal, command);
      break;
    case 'cancel':
      cancel(journal, command);
      break;
    case 'suspend':
      suspend(journal, command);
      break;
    case 'resume':
      resume(journal, command);
      break;
    case 'child-cancelled':
      childCancelled(journal, command);
      break;
    case 'receive-signal':
      receiveSignal(journal, command);
      break;
    case 'repair':
      repair(journal, command);
      break;
    case 'hold':
      hold(journal, command);
      break;
    case 'continue':
      goOn(journal, command);
      break;
    case 'delegate':
      delegate(journal, command);
      break;
    case 'move-deadline':
      moveDeadline(journal, command);
      break;
  }
}
