import { computed, type Signal } from '@angular/core';
import type { Import } from '@plumbline/contracts';
import type { RailStage } from '@plumbline/ui';
import { words } from '../platform/index.ts';
import type file from './imports.en-GB.json';

const STEPS = ['upload', 'columns', 'check', 'commit', 'result'] as const;
type Step = (typeof STEPS)[number];

/** Which step of the wizard an import is at. */
export const stepOf: Readonly<Record<Import['state'], Step>> = {
  reading: 'upload',
  mapping: 'columns',
  checking: 'check',
  checked: 'check',
  committing: 'commit',
  done: 'result',
  refused: 'upload',
  cancelled: 'result',
};

/** The wizard's steps for the rail. Call it where injection is possible. */
export function importStages(at: Step | (() => Step)): Signal<readonly RailStage[]> {
  const t = words<typeof file>('imports');
  return computed(() => {
    const here = STEPS.indexOf(typeof at === 'function' ? at() : at);
    return STEPS.map((key, index) => ({
      key,
      label: t(`step.${key}`),
      state: index < here ? 'done' : index === here ? 'current' : 'ahead',
    }));
  });
}
