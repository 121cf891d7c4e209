import { Component, input, linkedSignal, output, type OnDestroy } from '@angular/core';

/** A pause in typing after which the search is carried out (milliseconds). */
const PAUSE = 250;

/** A search field that speaks up when typing pauses, or at once on Enter. */
@Component({
  selector: 'ui-search-box',
  template: `<label
    >{{ label() }}
    <input
      type="search"
      autocomplete="off"
      [value]="text()"
      (input)="type($event)"
      (search)="speak()"
      (keydown.enter)="speak()"
  /></label>`,
  styles: `
    :host {
      display: block;
      flex: 1 1 220px;
      max-inline-size: 420px;
    }
    label {
      display: grid;
      gap: var(--s-1);
      font: 600 13px/18px var(--font-ui);
      color: var(--c-ink-2);
    }
    input {
      font: var(--text-body);
    }
  `,
})
export class SearchBox implements OnDestroy {
  readonly label = input.required<string>();
  /** The search in force. */
  readonly value = input('');
  readonly searched = output<string>();

  protected readonly text = linkedSignal(() => this.value());
  private timer: ReturnType<typeof setTimeout> | undefined;

  ngOnDestroy(): void {
    clearTimeout(this.timer);
  }

  protected type(event: Event): void {
    this.text.set((event.target as HTMLInputElement).value);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.speak(), PAUSE);
  }

  protected speak(): void {
    clearTimeout(this.timer);
    const text = this.text().trim();
    if (text !== this.value()) this.searched.emit(text);
  }
}
