import type { Step, WorkflowDefinition } from '@plumbline/workflow-engine';
import type { Design } from './design.ts';
import type { StarterWords } from './verbs.ts';

/** For specs: words of new steps. */
export const words: StarterWords = {
  names: {
    form: 'New form',
    task: 'New task',
    approval: 'New decision',
    check: 'New check',
    table: 'New table',
    timer: 'New wait',
    await: 'New await',
    signal: 'New signal',
    tell: 'New message',
    'sub-workflow': 'New sub-workflow',
    parallel: 'Side by side',
    undo: 'Undo',
    'path-end': 'Path end',
    end: 'New ending',
    join: 'Together again',
    partOne: 'First part',
    partTwo: 'Second part',
  },
  section: 'Questions',
  yes: 'Yes',
  no: 'No, ask for changes',
  yesThen: 'The work goes on.',
  noThen: 'It goes back.',
  question: 'Go on?',
};

/** For specs: the steps in a definition without facts, starting at the first. */
export function designOf(...steps: readonly Step[]): Design {
  const definition: WorkflowDefinition = {
    ...{ key: 'WF-T', name: 'Test', purpose: '', subject: 'ai-system', facts: [] },
    stages: [
      { key: 'one', name: 'One' },
      { key: 'two', name: 'Two' },
    ],
    start: steps[0]?.id ?? '',
    steps,
  };
  return { definition, layout: {} };
}

/** For specs: a piece of work that leads to these steps. */
export const work = (id: string, ...to: readonly string[]): Step => ({
  ...{ id, stage: 'one', name: id.toUpperCase(), type: 'task', role: 'client.system_owner' },
  form: { sections: [{ key: 'main', title: 'Main', fields: [] }] },
  next: to.map((one, at) => ({
    to: one,
    ...(at < to.length - 1 && { when: { fact: 'f', is: 'known' as const } }),
  })),
});

/** For specs: an ending. */
export const ending = (id = 'end'): Step => ({
  ...{ id, stage: 'two', name: 'End', type: 'end', outcome: 'done' },
});
