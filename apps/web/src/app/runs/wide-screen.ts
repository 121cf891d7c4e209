import { DestroyRef, inject, signal, type Signal } from '@angular/core';

/** Whether there is room for a canvas; follows the window. */
export function wideScreen(): Signal<boolean> {
  const query = matchMedia('(min-width: 821px)');
  const wide = signal(query.matches);
  const follow = (): void => wide.set(query.matches);
  query.addEventListener('change', follow);
  inject(DestroyRef).onDestroy(() => query.removeEventListener('change', follow));
  return wide.asReadonly();
}
