import { dayAfter } from '@plumbline/frameworks';
import type { Facts, FactValue } from '@plumbline/workflow-engine';

type Writes = Readonly<Record<string, FactValue>>;

/** Where the gate stands once a system has reached a stage; other stages leave it as it is. */
const GATE_AT_STAGE: Readonly<Record<string, string>> = {
  assessing: 'open',
  approved: 'passed',
  pilot: 'passed',
  live: 'passed',
  stopped: 'refused',
};

/**
 * What the end of a run writes to the register, with what follows from it: where the deployment gate
 * stands, and the date of the next review from its interval.
 */
export function withGovernance(writes: Writes, today: string): Writes {
  const { stage, reviewInterval } = writes;
  const gateState = typeof stage === 'string' ? GATE_AT_STAGE[stage] : undefined;
  return {
    ...writes,
    ...(gateState !== undefined && { gateState }),
    ...(typeof reviewInterval === 'string' && { nextReviewOn: dayAfter(today, reviewInterval) }),
  };
}

/** Whether deciding this step of this workflow passes or closes the deployment gate. */
export function isDeploymentGate(workflow: string, step: string, facts: Facts): boolean {
  if (workflow === 'WF-DEPLOY') return step === 'decide';
  return workflow === 'WF-INTAKE' && step === 'go' && facts['path'] === 'light';
}
