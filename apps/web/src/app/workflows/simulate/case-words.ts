import { Injectable } from '@angular/core';
import { roleLabel } from '@plumbline/policies';
import type { CaseStep, Due, WorkflowDefinition } from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import type file from './simulate.en-GB.json';

/** What happens in cases, in plain words. */
@Injectable()
export class CaseWords {
  private readonly t = words<typeof file>('simulating');

  /** “Security lead finishes “Review the security”.” */
  step(step: CaseStep, definition: WorkflowDefinition): string {
    if ('around' in step) return this.t('did.around');
    if ('skipTime' in step) {
      return step.skipTime === 'next'
        ? this.t('did.skipNext')
        : this.t('did.skip', { time: this.time(step.skipTime) });
    }
    if ('cancel' in step) return this.t('did.cancel');
    if ('signal' in step) return this.t('did.signal', { signal: step.signal });
    if ('child' in step) {
      const values = { step: this.nameOf(step.child, definition), outcome: step.outcome ?? '' };
      return this.t(step.outcome === null ? 'did.childCancelled' : 'did.child', values);
    }
    const who = step.person ?? (step.by === undefined ? this.t('somebody') : roleLabel(step.by));
    const values = { who, step: this.nameOf(step.step, definition) };
    const said = this.work(step, values, definition);
    return step.refused === undefined ? said : this.t('did.refused', { said });
  }

  time({ amount, unit }: Due): string {
    return this.t.count(`time.${unit}`, amount);
  }

  /** Who acts, for a button: “AI system owner”. */
  role(role: string): string {
    return roleLabel(role);
  }

  private work(
    step: Extract<CaseStep, { step: string }>,
    values: { who: string; step: string },
    definition: WorkflowDefinition,
  ): string {
    if (step.sendBackTo !== undefined) {
      const to = this.nameOf(step.sendBackTo, definition);
      return this.t('did.sentBack', { ...values, to });
    }
    if (step.action) return this.t(`did.${step.action}`, values);
    const found = definition.steps.find(({ id }) => id === step.step);
    if (found?.type !== 'approval') return this.t('did.finished', values);
    const outcome = found.outcomes.find(({ key }) => key === step.outcome)?.label;
    return this.t('did.decided', { ...values, outcome: outcome ?? step.outcome ?? '' });
  }

  private nameOf(id: string, { steps }: WorkflowDefinition): string {
    return steps.find((step) => step.id === id)?.name || id;
  }
}
