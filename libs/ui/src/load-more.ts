import {
  afterNextRender,
  Component,
  DestroyRef,
  ElementRef,
  inject,
  input,
  output,
} from '@angular/core';
import { Button } from './button.ts';

/** The end of a list that has more: asks for it when it comes near, and by its button. */
@Component({
  selector: 'ui-load-more',
  imports: [Button],
  template: `<button uiButton look="quiet" type="button" [busy]="busy()" (click)="wanted.emit()">
    {{ label() }}
  </button>`,
  styles: `
    :host {
      display: block;
      padding-block: var(--s-2);
      text-align: center;
    }
  `,
})
export class LoadMore {
  readonly label = input.required<string>();
  readonly busy = input(false);
  readonly wanted = output();

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef);
    const destroyed = inject(DestroyRef);
    afterNextRender(() => {
      const seen = new IntersectionObserver(
        (entries) => {
          if (entries.some(({ isIntersecting }) => isIntersecting)) this.wanted.emit();
        },
        { rootMargin: '600px' },
      );
      seen.observe(host.nativeElement);
      destroyed.onDestroy(() => seen.disconnect());
    });
  }
}
