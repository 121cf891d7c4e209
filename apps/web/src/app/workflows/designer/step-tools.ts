import { Component, computed, inject, output } from '@angular/core';
import { Button } from '@plumbline/ui';
import { words } from '../../platform/index.ts';
import { connect } from '../model/connect.ts';
import { addBranch, shift, wrapParallel } from '../model/reshape.ts';
import { unwrap } from '../model/remove-step.ts';
import type { WayKind } from '../model/ways.ts';
import type file from '../workflows.en-GB.json';
import { DesignerStore } from './designer-store.ts';

/** What can be done with the selected step: lead it on, move, copy, put side by side, remove. */
@Component({
  selector: 'app-step-tools',
  imports: [Button],
  template: `
    @if (store.step(); as step) {
      <div class="bar" role="group" [attr.aria-label]="t('tools.title', { name: step.name })">
        @if (step.type !== 'end' && step.type !== 'path-end') {
          <span class="then">
            <label for="then-to">{{ t('tools.then') }}</label>
            <select id="then-to" #to>
              <option value="">{{ t('choose') }}</option>
              @for (one of targets(); track one.id) {
                <option [value]="one.id">{{ one.text }}</option>
              }
            </select>
            @if (kinds().length > 1) {
              <select #kind [attr.aria-label]="t('tools.how')">
                @for (one of kinds(); track one) {
                  <option [value]="one">{{ t.of('then', one) }}</option>
                }
              </select>
              <button uiButton look="quiet" type="button" (click)="lead(to, kind.value)">
                {{ t('tools.connect') }}
              </button>
            } @else {
              <button uiButton look="quiet" type="button" (click)="lead(to, kinds()[0] ?? 'next')">
                {{ t('tools.connect') }}
              </button>
            }
          </span>
        }
        <span class="acts">
          <button type="button" (click)="move('earlier')">{{ t('tools.earlier') }}</button>
          <button type="button" (click)="move('later')">{{ t('tools.later') }}</button>
          @if (step.type === 'parallel' || step.type === 'join') {
            <button type="button" (click)="branch()">{{ t('tools.branch') }}</button>
            <button type="button" (click)="apart()">{{ t('tools.unwrap') }}</button>
          } @else if (step.type !== 'end' && step.type !== 'path-end') {
            <button type="button" (click)="beside()">{{ t('tools.wrap') }}</button>
          }
          <button type="button" (click)="copied.emit()">{{ t('tools.copy') }}</button>
          <button type="button" (click)="pasted.emit()">{{ t('tools.paste') }}</button>
          <button type="button" class="danger" (click)="removed.emit()">
            {{ t('tools.remove') }}
          </button>
        </span>
      </div>
    }
  `,
  styleUrl: './step-tools.scss',
})
export class StepTools {
  readonly copied = output();
  readonly pasted = output();
  readonly removed = output();

  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);
  protected readonly targets = computed(() =>
    this.store
      .outline()
      .filter(({ step }) => step.id !== this.store.selected())
      .map(({ step, number }) => ({ id: step.id, text: `${number} ${step.name || step.id}` })),
  );
  /** How the selected step can lead to another. */
  protected readonly kinds = computed((): readonly WayKind[] => {
    switch (this.store.step()?.type) {
      case 'form':
      case 'task':
        return ['next', 'send-back'];
      case 'approval':
        return ['outcome'];
      case 'parallel':
        return ['branch'];
      case 'check':
      case 'table':
      case 'sub-workflow':
        return ['next', 'failed'];
      default:
        return ['next'];
    }
  });

  protected lead(to: HTMLSelectElement, kind: string): void {
    const id = this.store.selected();
    if (id === null || to.value === '') {
      this.store.tell(this.t('said.chooseTarget'));
      return;
    }
    const by = this.kinds().find((one) => one === kind);
    this.store.run(connect(id, to.value, this.store.starters(), by));
    to.value = '';
  }

  protected move(by: 'earlier' | 'later'): void {
    const id = this.store.selected();
    if (id !== null) this.store.run(shift(id, by));
  }

  protected beside(): void {
    const id = this.store.selected();
    if (id !== null) this.store.run(wrapParallel(id, this.store.starters()));
  }

  protected branch(): void {
    const id = this.store.selected();
    if (id !== null) this.store.run(addBranch(id, this.store.starters()));
  }

  protected apart(): void {
    const id = this.store.selected();
    if (id !== null) this.store.run(unwrap(id));
  }
}
