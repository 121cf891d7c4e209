import { Component, computed, input, signal } from '@angular/core';
import type { WorkflowDifference } from '@plumbline/contracts';
import { Button, Chip, type ChipState } from '@plumbline/ui';
import type { StepId } from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import { wideScreen } from '../../runs/wide-screen.ts';
import type { StepTag } from '../graph/design-graph.ts';
import type { Design } from '../model/design.ts';
import type file from '../publish/publish.en-GB.json';
import { changesByStep, type StepMark } from './changes.ts';
import { MarkedGraph } from './marked-graph.ts';

const TONES: Readonly<Record<StepMark, StepTag['tone']>> = {
  ...{ added: 'done', removed: 'bad', changed: 'warn', same: 'plain' },
};
const CHIPS: Readonly<Record<StepMark, ChipState>> = {
  ...{ added: 'done', removed: 'bad', changed: 'warn', same: 'unknown' },
};

/** What is different between two versions: what people notice, every change, and both on the graph. */
@Component({
  selector: 'app-difference-view',
  imports: [Button, Chip, MarkedGraph],
  template: `
    @if (difference().changes.length === 0) {
      <p>{{ t('difference.none') }}</p>
    } @else {
      <div>
        <h3>{{ t('difference.notice') }}</h3>
        @if (difference().noticeable.length === 0) {
          <p class="hint">{{ t('difference.nothingNoticed') }}</p>
        } @else {
          <ul>
            @for (line of difference().noticeable; track $index) {
              <li>{{ line }}</li>
            }
          </ul>
        }
      </div>
      <details [open]="difference().noticeable.length === 0">
        <summary>{{ t.count('difference.all', difference().changes.length) }}</summary>
        <div class="steps">
          @for (one of grouped(); track one.step) {
            <section>
              <h4>
                {{ one.step === null ? t('difference.whole') : one.name }}
                @if (one.step !== null) {
                  <ui-chip [state]="chips[one.mark]">{{ t.of('mark', one.mark) }}</ui-chip>
                }
              </h4>
              <ul>
                @for (change of one.changes; track $index) {
                  <li>{{ change.text }}</li>
                }
              </ul>
            </section>
          }
        </div>
      </details>
      @if (drawable() && wide()) {
        <details (toggle)="follow($event)">
          <summary>{{ t('difference.graph') }}</summary>
          @if (drawn()) {
            @if (before() && after()) {
              <div class="row" role="group" [attr.aria-label]="t('difference.which')">
                <button
                  uiButton
                  type="button"
                  look="quiet"
                  [attr.aria-pressed]="side() === 'after'"
                  (click)="side.set('after')"
                >
                  {{ names().after }}
                </button>
                <button
                  uiButton
                  type="button"
                  look="quiet"
                  [attr.aria-pressed]="side() === 'before'"
                  (click)="side.set('before')"
                >
                  {{ names().before }}
                </button>
              </div>
            }
            @if (shown(); as design) {
              <app-marked-graph [design]="design" [marks]="marks()" />
            }
          }
        </details>
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--s-3);
    }
    ul {
      padding-inline-start: var(--s-5);
      max-inline-size: var(--measure);
    }
    li {
      padding-block: 2px;
    }
    .steps {
      display: grid;
      gap: var(--s-3);
      padding-block: var(--s-2);
    }
    h4 {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s-2);
      align-items: center;
      font: 600 15px/22px var(--font-ui);
    }
    .row {
      padding-block: var(--s-2);
    }
    summary {
      min-block-size: 28px;
      padding-block: 3px;
      color: var(--c-primary);
      font-weight: 600;
      cursor: pointer;
    }
    button[aria-pressed='true'] {
      background: var(--c-primary-tint);
      color: var(--c-on-primary-tint);
    }
  `,
})
export class DifferenceView {
  readonly difference = input.required<WorkflowDifference>();
  /** What was there before, and what comes; null when it is not at hand, for words alone. */
  readonly before = input<Design | null>(null);
  readonly after = input<Design | null>(null);
  /** What the two are called. */
  readonly names = input<{ readonly before: string; readonly after: string }>({
    ...{ before: '', after: '' },
  });

  protected readonly t = words<typeof file>('publishing');
  protected readonly wide = wideScreen();
  protected readonly chips = CHIPS;
  protected readonly side = signal<'before' | 'after'>('after');
  protected readonly drawn = signal(false);
  protected readonly drawable = computed(() => this.after() !== null || this.before() !== null);
  protected readonly shown = computed(() =>
    this.side() === 'before' ? this.before() : (this.after() ?? this.before()),
  );
  protected readonly grouped = computed(() =>
    changesByStep(
      this.difference(),
      this.before()?.definition ?? null,
      this.after()?.definition ?? null,
    ),
  );
  protected readonly marks = computed((): ReadonlyMap<StepId, StepTag> => {
    const marks = Object.entries(this.difference().steps).filter(([, mark]) => mark !== 'same');
    return new Map(
      marks.map(([step, mark]) => [step, { tone: TONES[mark], text: this.t.of('mark', mark) }]),
    );
  });

  protected follow(event: Event): void {
    this.drawn.set((event.target as HTMLDetailsElement).open);
  }
}
