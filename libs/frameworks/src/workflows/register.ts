import type { FormDefinition, FormStep, WorkflowDefinition } from '@plumbline/workflow-engine';
import { declare, define, when } from '../authoring.ts';
import { outsideFacts } from '../facts.ts';
import { aiSystemFields } from '../forms/ai-system.ts';
import { keep } from './rules.ts';

/** What every entry must tell; the page fills in what the register knows already. */
const required = aiSystemFields.filter((field) => field.required);

const form: FormDefinition = {
  shows: [],
  onePage: true,
  sections: [
    {
      key: 'entry',
      title: 'What the register must tell',
      intro:
        'What was imported is filled in. Correct it where it is wrong, and answer what is missing.',
      fields: required,
    },
  ],
};

const page: Omit<FormStep, 'id' | 'role'> = {
  type: 'form',
  stage: 'complete',
  name: 'Complete the entry',
  description:
    'This AI system came onto the register without everything that must be known about it. Until then it does not count as governed.',
  minutes: 10,
  form,
  requirements: ['A.4.2'],
  evidence: ['Complete register entry'],
  next: [{ to: 'registered' }],
};

/**
 * WF-REGISTER: what an inventory left out about an AI system is asked of its owner, or of the AIMS
 * manager where it has none. It has no deadline: an import opens thousands of these at once, and as
 * many reminders would hide what matters.
 */
export const register: WorkflowDefinition = define(
  {
    key: 'WF-REGISTER',
    name: 'Complete the entry',
    purpose: 'Complete what the register must tell about an AI system that came incomplete.',
    stages: [{ key: 'complete', name: 'Complete' }],
    start: 'who',
    steps: [
      {
        id: 'who',
        type: 'check',
        stage: 'complete',
        name: 'Does it have an owner?',
        next: [
          { to: 'by-owner', when: when.known('entryOwner'), label: 'Its owner' },
          { to: 'by-manager', label: 'Nobody yet' },
        ],
      },
      { ...page, id: 'by-owner', role: 'client.system_owner', assignee: 'entryOwner' },
      { ...page, id: 'by-manager', role: 'client.aims_manager' },
      {
        id: 'registered',
        type: 'end',
        stage: 'complete',
        name: 'Complete',
        outcome: 'registered',
        requirements: ['A.4.2'],
        writes: keep(...required.map(({ key }) => key)),
      },
    ],
  },
  [
    ...outsideFacts,
    ...declare('run', { entryOwner: [{ kind: 'person' }, 'Owner on the register'] }),
  ],
);
