import { tokenKeyOf, type RunEvent, type WorkflowDefinition } from '@plumbline/workflow-engine';

/** What a state of an activity is called in XES's standard lifecycle. */
export type Lifecycle =
  'start' | 'complete' | 'ate_abort' | 'autoskip' | 'assign' | 'suspend' | 'resume';

/** One event as process mining knows it. People are named by their ids only. */
export interface Activity {
  /** `<run>-<number of the event>`. */
  readonly seq: number;
  readonly activity: string;
  readonly step: string;
  readonly lifecycle: Lifecycle;
  readonly at: string;
  readonly resource: string | null;
  /** The outcome of a decision, once it is settled. */
  readonly outcome: string | null;
}

/** One case: a run with its activities. */
export interface ProcessRun {
  readonly id: string;
  readonly aiSystem: string;
  readonly number: number;
  readonly workflow: string;
  readonly version: number;
  readonly status: string;
  readonly outcome: string | null;
  readonly activities: readonly Activity[];
}

/** The events of a run that mean something to process mining, in order. */
export function activitiesOf(
  events: readonly RunEvent[],
  { steps }: WorkflowDefinition,
): Activity[] {
  const names = new Map(steps.map(({ id, name }) => [id, name]));
  const settled = new Map<string, string>();
  return events.flatMap((event) => {
    if (event.type === 'decision-recorded' && event.final && event.result !== null) {
      settled.set(event.step, event.result);
    }
    const lifecycle = lifecycleOf(event);
    const step = lifecycle && stepOf(event);
    if (!lifecycle || step === null) return [];
    return [
      {
        seq: event.seq,
        activity: names.get(step) ?? step,
        ...{ step, lifecycle, at: event.at },
        resource: event.by.kind === 'person' ? event.by.personId : null,
        outcome: event.type === 'step-left' ? (settled.get(step) ?? null) : null,
      },
    ];
  });
}

function lifecycleOf({ type }: RunEvent): Lifecycle | null {
  switch (type) {
    case 'step-entered':
      return 'start';
    case 'step-left':
      return 'complete';
    case 'step-cancelled':
      return 'ate_abort';
    case 'step-skipped':
      return 'autoskip';
    case 'task-claimed':
    case 'task-assigned':
    case 'task-delegated':
      return 'assign';
    case 'task-held':
      return 'suspend';
    case 'task-continued':
      return 'resume';
    default:
      return null;
  }
}

function stepOf(event: RunEvent): string | null {
  if ('step' in event) return event.step;
  return 'key' in event ? tokenKeyOf(event.key).replace(/#\d+$/, '') : null;
}
