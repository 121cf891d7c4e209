import { Component, computed, inject, input, output } from '@angular/core';
import { words } from '../../platform/index.ts';
import { DesignerStore } from '../designer/designer-store.ts';
import type file from '../workflows.en-GB.json';

/** Chooses several of some options: what is chosen as a list, and a box to add one more. */
@Component({
  selector: 'app-picker',
  template: `
    <label [attr.for]="id() + '-add'">{{ label() }}</label>
    @if (value().length > 0) {
      <ul class="plain-list">
        @for (one of value(); track one) {
          <li>
            <span>{{ nameOf(one) }}</span>
            @if (!store.readOnly()) {
              <button
                type="button"
                (click)="changed.emit(without(one))"
                [attr.aria-label]="t('item.remove', { what: nameOf(one) })"
              >
                ✕
              </button>
            }
          </li>
        }
      </ul>
    }
    @if (!store.readOnly()) {
      <select [id]="id() + '-add'" (change)="add($event)">
        <option value="">{{ t('pick') }}</option>
        @for (one of left(); track one.key) {
          <option [value]="one.key">{{ one.label }}</option>
        }
      </select>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--s-1);
    }
    label {
      font: 600 13px/18px var(--font-ui);
    }
    ul {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s-1);
    }
    li {
      display: flex;
      align-items: center;
      max-inline-size: 100%;
      padding-inline: var(--s-2);
      border: 1px solid var(--c-hair);
      border-radius: var(--r-s);
      background: var(--c-surface-2);
      font: var(--text-meta);
      overflow-wrap: anywhere;
    }
    button {
      margin-inline-end: calc(-1 * var(--s-2));
      min-inline-size: 26px;
      min-block-size: 26px;
      border: 0;
      background: transparent;
      cursor: pointer;
    }
  `,
})
export class Picker {
  readonly id = input.required<string>();
  readonly label = input.required<string>();
  readonly options = input.required<readonly { readonly key: string; readonly label: string }[]>();
  readonly value = input.required<readonly string[]>();
  readonly changed = output<readonly string[]>();

  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);
  protected readonly left = computed(() =>
    this.options().filter(({ key }) => !this.value().includes(key)),
  );

  protected nameOf(key: string): string {
    return this.options().find((one) => one.key === key)?.label ?? key;
  }

  protected without(key: string): readonly string[] {
    return this.value().filter((one) => one !== key);
  }

  protected add(event: Event): void {
    const select = event.target as HTMLSelectElement;
    if (select.value) this.changed.emit([...this.value(), select.value]);
    select.value = '';
  }
}
