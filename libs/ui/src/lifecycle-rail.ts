import { Component, input } from '@angular/core';
import {
  LucideCheck,
  LucideCircle,
  LucideCircleAlert,
  LucideDynamicIcon,
  type LucideIconData,
} from '@lucide/angular';
import { filledDot } from './filled-dot.ts';

/** One stage of a life: behind us, where we are, ahead, or stopped by something. */
export interface RailStage {
  readonly key: string;
  readonly label: string;
  readonly state: 'done' | 'current' | 'ahead' | 'blocked';
  readonly detail?: string;
}

/** The stages of a life in order; on a narrow screen only the present one is shown. */
@Component({
  selector: 'ui-lifecycle-rail',
  imports: [LucideDynamicIcon],
  template: `
    <ol [attr.aria-label]="label()">
      @for (stage of stages(); track stage.key) {
        <li [attr.data-state]="stage.state" [attr.aria-current]="isHere(stage) ? 'step' : null">
          <span class="name"
            ><svg [lucideIcon]="icons[stage.state]" [size]="14" aria-hidden="true"></svg
            >{{ stage.label }}</span
          >
          @if (stage.detail; as text) {
            <span class="detail">{{ text }}</span>
          }
        </li>
      }
    </ol>
  `,
  styles: `
    ol {
      display: flex;
      gap: 2px;
      list-style: none;
      font: var(--text-meta);
    }
    li {
      flex: 1;
      min-inline-size: 0;
      padding: 6px 10px 0 0;
      border-block-start: 4px solid var(--c-hair);
      color: var(--c-ink-2);
    }
    .name {
      display: flex;
      gap: 6px;
      align-items: start;
    }
    svg {
      flex: none;
      margin-block-start: 2px;
    }
    .detail {
      display: block;
      padding-inline-start: 20px;
      color: var(--c-ink-3);
    }
    li[data-state='done'] {
      border-color: var(--st-done-fg);
    }
    li[data-state='current'] {
      border-color: var(--c-primary);
      color: var(--c-ink);
      font-weight: 600;
    }
    li[data-state='blocked'] {
      border-color: var(--st-bad-fg);
      color: var(--st-bad-fg);
      font-weight: 600;
    }
    @media (max-width: 640px) {
      li:not([aria-current]) {
        display: none;
      }
    }
  `,
})
export class LifecycleRail {
  readonly label = input.required<string>();
  readonly stages = input.required<readonly RailStage[]>();

  protected readonly icons: Record<RailStage['state'], LucideIconData> = {
    done: LucideCheck.icon,
    current: filledDot,
    ahead: LucideCircle.icon,
    blocked: LucideCircleAlert.icon,
  };
  protected isHere(stage: RailStage): boolean {
    return stage.state === 'current' || stage.state === 'blocked';
  }
}
