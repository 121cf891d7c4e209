import { Directive, input } from '@angular/core';

/**
 * J and K move between the rows of a list, while one of its rows has focus; each row is found by its
 * first link or button. Put it on the `tbody` or list. `rowKeys` switches it off.
 */
@Directive({
  selector: '[uiRowKeys]',
  host: { '(keydown)': 'press($event)' },
})
export class RowKeys {
  readonly uiRowKeys = input(true);

  protected press(event: KeyboardEvent): void {
    const step = { j: 1, k: -1 }[event.key];
    const { currentTarget, target, ctrlKey, metaKey, altKey } = event;
    if (!this.uiRowKeys() || step === undefined || ctrlKey || metaKey || altKey) return;
    if (!(currentTarget instanceof Element) || !(target instanceof Element)) return;
    if (target.matches('input, textarea, select')) return;
    let row = target.closest('tr, li');
    do {
      row = (step > 0 ? row?.nextElementSibling : row?.previousElementSibling) ?? null;
    } while (row?.matches('[aria-hidden]'));
    const handle = row?.querySelector<HTMLElement>('a, button');
    if (!handle) return;
    event.preventDefault();
    handle.focus();
  }
}
