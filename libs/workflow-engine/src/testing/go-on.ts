import type { WorkflowDefinition } from '../definition/definition.ts';
import type { RunState, Surroundings } from '../run/run.ts';
import type { CaseStep } from '../trials/saved-case.ts';
import { simulateStep, waitingIn } from '../trials/simulate.ts';
import type { Simulated, Waiting } from '../trials/simulated.ts';

/** A simulation that goes on from a state, for specs. */
export function simulatedFrom(
  definition: WorkflowDefinition,
  state: RunState,
  around: Surroundings,
): Simulated {
  return {
    ...{ world: { definition, library: [], stubs: {} }, around },
    runs: [{ id: 'run', definition, parent: null, state, events: [] }],
    ...{ happened: [], refusal: null },
  };
}

/** The plainest step of a case that moves something on. */
function plainStep(waiting: Waiting): CaseStep {
  switch (waiting.kind) {
    case 'form':
      // The sample definitions have no row for a score of nothing.
      return { step: waiting.step, ...(waiting.step === 'describe' && { answers: { score: 7 } }) };
    case 'decision':
      return { step: waiting.step };
    case 'time':
      return { skipTime: 'next' };
    case 'signal':
      return { signal: waiting.signal };
    case 'child':
      return { child: waiting.step, outcome: 'done' };
  }
}

/** Goes on plainly until the run is over: every moment; throws when one is refused or it never ends. */
export function goOn(from: Simulated): readonly Simulated[] {
  const moments = [from];
  for (let now = from; moments.length < 100;) {
    const [waiting] = waitingIn(now);
    if (!waiting) return moments;
    now = simulateStep(now, plainStep(waiting));
    if (now.refusal) throw new Error(`${waiting.step}: ${now.refusal.message}`);
    moments.push(now);
  }
  throw new Error('The run does not end.');
}
