import { Injectable } from '@angular/core';
import { roleLabel } from '@plumbline/policies';
import type { Condition, Due, Step } from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import type { OutlineWay } from '../model/outline.ts';
import type { Way } from '../model/ways.ts';
import type file from '../workflows.en-GB.json';

/** Steps, ways and conditions in plain words, the same for eyes and ears. */
@Injectable()
export class StepWords {
  private readonly t = words<typeof file>('workflows');

  /** “Ask: Risk form”. */
  title(step: Step): string {
    return `${this.verb(step)}: ${step.name.trim() || step.id}`;
  }

  verb({ type }: Step): string {
    return this.t.of('verb', type);
  }

  /** Who does it and how long they have: “System owner, 5 working days”; empty for neither. */
  who(step: Step): string {
    const parts: string[] = [];
    if ('role' in step) parts.push(roleLabel(step.role));
    if (step.type === 'approval' && step.quorum) {
      const { needs } = step.quorum;
      parts.push(
        typeof needs === 'number'
          ? this.t.count('quorumOf', needs)
          : this.t(needs === 'all' ? 'quorumAll' : 'quorumAny'),
      );
    }
    const due = 'due' in step ? step.due?.[0]?.due : step.type === 'timer' ? step.wait : undefined;
    if (due && 'amount' in due) parts.push(this.time(due));
    if (step.type === 'sub-workflow' && step.calls) parts.push(step.calls);
    if (step.type === 'await' && step.signal) parts.push(step.signal);
    if (step.when) parts.push(this.t('onlyWhen', { when: this.condition(step.when) }));
    return parts.join(', ');
  }

  time({ amount, unit }: Due): string {
    if (unit === 'business-hours') return this.t.count('hours', amount);
    return unit === 'business-days'
      ? this.t.count('workingDays', amount)
      : this.t.count('days', amount);
  }

  /** What a way is called: its label, its condition, or what it is. */
  wayName(way: Way): string {
    const label = way.kind === 'next' || way.kind === 'outcome' ? '' : this.t.of('way', way.kind);
    const said = way.label ?? (way.when ? this.condition(way.when) : null);
    return [label, said].filter(Boolean).join(' ') || this.t('way.next');
  }

  /** “Yes → 3 Tell the team”, “No → back to 1 Risk form”. */
  wayText({ way, number, name, back }: OutlineWay): string {
    const values = { way: this.wayName(way), number: number ?? '?', name };
    return this.t(back ? 'wayBack' : 'wayOn', values);
  }

  condition(condition: Condition): string {
    if ('cel' in condition) return condition.cel.trim() || this.t('unwritten');
    if ('all' in condition) return this.group(condition.all, this.t('and'));
    if ('any' in condition) return this.group(condition.any, this.t('or'));
    if ('not' in condition) return this.t('notThat', { that: this.condition(condition.not) });
    const value = Array.isArray(condition.value)
      ? condition.value.join(', ')
      : condition.value === true
        ? this.t('yes')
        : condition.value === false
          ? this.t('no')
          : String(condition.value ?? '');
    return [condition.fact, this.t.of('is', condition.is), value].filter(Boolean).join(' ');
  }

  private group(parts: readonly Condition[], word: string): string {
    if (parts.length === 0) return this.t('unwritten');
    return parts
      .map((part) => {
        const text = this.condition(part);
        return 'all' in part || 'any' in part ? `(${text})` : text;
      })
      .join(` ${word} `);
  }
}
