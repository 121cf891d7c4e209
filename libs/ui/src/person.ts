import { Component, computed, input } from '@angular/core';

/** A person: initials plate, name, and optionally who they are here. */
@Component({
  selector: 'ui-person',
  template: `<span class="plate" aria-hidden="true">{{ initials() }}</span
    ><span
      >{{ name() }}
      @if (detail(); as text) {
        <span class="detail"> · {{ text }}</span>
      }
    </span>`,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 6px;
    }
    .plate {
      flex: none;
      inline-size: 24px;
      block-size: 24px;
      border-radius: 50%;
      background: var(--c-surface-3);
      color: var(--c-ink-2);
      font: 600 12px/24px var(--font-ui);
      text-align: center;
    }
    .detail {
      color: var(--c-ink-2);
    }
  `,
})
export class Person {
  readonly name = input.required<string>();
  readonly detail = input<string>();
  protected readonly initials = computed(() => initialsOf(this.name()));
}

/** First and last initial, in capitals. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => word?.[0] ?? '')
    .join('')
    .toUpperCase();
}
