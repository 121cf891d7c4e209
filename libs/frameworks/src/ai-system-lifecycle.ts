import { endings } from './endings.ts';
import type { Lifecycle, LifecycleRule } from './lifecycle.ts';
import { standardLibrary } from './library.ts';

const ended = (workflow: string, ...outcomes: readonly string[]): LifecycleRule['on'] => ({
  kind: 'run-ended',
  workflow,
  outcomes,
});

/** In use: where it is measured and reviewed. */
const inUse = ['live', 'pilot', 'under-review'] as const;

/** On the register and neither given up nor out of use. */
const onRegister = ['proposed', 'assessing', 'approved', ...inUse, 'suspended'] as const;

/**
 * Without everything that the register must tell, and never through an intake, which asks for all of
 * it and gives every system its path. The register reckons `entryComplete`; no workflow writes it.
 */
const ungoverned = { entryComplete: [false], path: [null] } as const;

/** How many days one window of each cadence has. */
export const daysOfCadence = {
  daily: 1,
  weekly: 7,
  monthly: 30,
  quarterly: 91,
  yearly: 365,
} as const;

/** Data is late when this share of the window has passed after its end. */
export const lateShare = 0.2;

/** The life of an AI system from its proposal to its retirement. */
export const aiSystemLifecycle: Lifecycle = {
  key: 'ai-system',
  stages: standardLibrary
    .flatMap(endings)
    .flatMap(({ workflow, outcome, stage }) =>
      stage === null ? [] : [{ workflow, outcome, stage }],
    ),
  rules: [
    {
      id: 'complete',
      on: { kind: 'incomplete' },
      where: { ...ungoverned, stage: onRegister },
      start: ['WF-REGISTER'],
      because: 'Required answers are missing on the register.',
    },
    {
      id: 'assess',
      on: ended('WF-INTAKE', 'to-assessment'),
      where: { path: ['standard', 'full'] },
      start: ['WF-RISK', 'WF-IMPACT'],
      because: 'The proposal went to assessment.',
    },
    {
      id: 'deploy-after-risk',
      on: ended('WF-RISK', 'accepted'),
      where: { stage: ['assessing'], impactStatus: ['approved'] },
      start: ['WF-MONITOR-PLAN', 'WF-DEPLOY'],
      because: 'Risk and impact are accepted.',
    },
    {
      id: 'deploy-after-impact',
      on: ended('WF-IMPACT', 'approved'),
      where: { stage: ['assessing'], riskStatus: ['accepted'] },
      start: ['WF-MONITOR-PLAN', 'WF-DEPLOY'],
      because: 'Risk and impact are accepted.',
    },
    {
      id: 'plan-again',
      on: ended('WF-MONITOR-PLAN', 'refused'),
      where: { stage: ['assessing'] },
      start: ['WF-MONITOR-PLAN'],
      because: 'The monitoring plan was refused, and nothing goes live without one.',
    },
    {
      id: 'go-live',
      on: ended('WF-DEPLOY', 'approved', 'pilot-approved'),
      start: ['WF-GO-LIVE'],
      because: 'The deployment was approved.',
    },
    {
      id: 'treat',
      on: ended('WF-RISK', 'accepted'),
      evenWhenCalled: true,
      start: ['WF-TREATMENT'],
      forEach: {
        list: 'risks',
        where: { option: ['avoid', 'modify', 'share', 'pursue'] },
        hand: {
          riskTitle: 'title',
          actions: 'actions',
          actionOwner: 'actionOwner',
          actionDue: 'actionDue',
        },
      },
      because: 'The treatment plan was approved.',
    },
    {
      id: 'treatment-failed',
      on: ended('WF-TREATMENT', 'not-effective'),
      where: { stage: [...inUse] },
      start: ['WF-REVIEW'],
      because: 'A treatment did not work as planned.',
    },
    {
      id: 'window',
      on: { kind: 'schedule', every: 'monitorCadence' },
      where: { stage: [...inUse] },
      start: ['WF-MONITOR'],
      because: 'A measurement window has ended.',
    },
    {
      id: 'breach',
      on: { kind: 'breach', levels: ['breach', 'critical'] },
      where: { stage: [...inUse] },
      start: ['WF-MONITOR'],
      because: 'A measurement crossed a limit.',
    },
    {
      id: 'review-due',
      on: { kind: 'schedule', every: 'reviewInterval' },
      where: { stage: ['live', 'under-review'] },
      start: ['WF-REVIEW'],
      because: 'The review is due.',
    },
    {
      id: 'review-signal',
      on: ended('WF-MONITOR', 'review-needed', 'incident', 'suspended'),
      start: ['WF-REVIEW'],
      because: 'The monitoring asked for a review.',
    },
    {
      id: 'review-refused-risk',
      on: ended('WF-RISK', 'refused'),
      where: { stage: [...inUse] },
      start: ['WF-REVIEW'],
      because: 'The risk that is left was not accepted.',
    },
    {
      id: 'record-changed',
      on: {
        kind: 'record-changed',
        fields: [
          'purpose',
          'kind',
          'affectedGroups',
          'dataKinds',
          'jurisdictions',
          'supplier',
          'modelVersion',
        ],
      },
      where: { stage: [...inUse], path: ['light', 'standard', 'full'] },
      start: ['WF-REVIEW'],
      because: 'The record was changed in a way that matters.',
    },
    {
      id: 'change',
      on: ended('WF-REVIEW', 'change'),
      start: ['WF-INTAKE'],
      because: 'The review decided that the system must change.',
    },
    {
      id: 'retire-after-review',
      on: ended('WF-REVIEW', 'retire'),
      start: ['WF-RETIRE'],
      because: 'The review decided to retire the system.',
    },
    {
      id: 'retire-after-monitoring',
      on: ended('WF-MONITOR', 'retire'),
      start: ['WF-RETIRE'],
      because: 'The monitoring decided to retire the system.',
    },
    {
      id: 'confirm-stop',
      on: ended('WF-INTAKE', 'stopped'),
      start: ['WF-STOP-CHECK'],
      because: 'The use was stopped. Somebody confirms in 30 days that it is not used.',
    },
    {
      id: 'confirm-stop-by-risk',
      on: ended('WF-RISK', 'stopped'),
      start: ['WF-STOP-CHECK'],
      because: 'The system was stopped. Somebody confirms in 30 days that it is not used.',
    },

    // What a person may start by hand.
    {
      id: 'complete-by-hand',
      on: { kind: 'asked-for' },
      where: { ...ungoverned, stage: onRegister },
      start: ['WF-REGISTER'],
      because: 'Somebody asked for it.',
    },
    {
      id: 'propose-again',
      on: { kind: 'asked-for' },
      where: { stage: ['proposed', 'stopped', 'suspended'] },
      start: ['WF-INTAKE'],
      because: 'Somebody asked for it.',
    },
    {
      id: 'govern',
      on: { kind: 'asked-for' },
      where: { path: [null], stage: ['assessing', 'approved', ...inUse] },
      start: ['WF-INTAKE'],
      because: 'It is on the register and has not been through the intake.',
    },
    {
      id: 'assess-again',
      on: { kind: 'asked-for' },
      where: { stage: ['assessing'], path: ['standard', 'full'] },
      start: ['WF-RISK', 'WF-IMPACT', 'WF-MONITOR-PLAN'],
      because: 'Somebody asked for it.',
    },
    {
      id: 'look-again',
      on: { kind: 'asked-for' },
      where: { stage: [...inUse, 'suspended'] },
      start: ['WF-REVIEW', 'WF-CLASSIFY', 'WF-MONITOR', 'WF-RETIRE'],
      because: 'Somebody asked for it.',
    },
  ],
};
