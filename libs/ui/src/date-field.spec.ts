import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { DateField } from './date-field.ts';
import { DATE_WORDS, type DateWords } from './date-words.ts';

const said: DateWords = {
  choose: () => 'Choose a date',
  unreadable: () => 'This is not a date.',
  previousMonth: () => 'Previous month',
  nextMonth: () => 'Next month',
  keys: () => 'Arrow keys move.',
};

@Component({
  imports: [DateField],
  template: `<label for="on">On</label
    ><ui-date-field controlId="on" described="on-hint" [(value)]="value" />`,
})
class Host {
  readonly value = signal('');
}

function shown(value = '') {
  TestBed.configureTestingModule({ providers: [{ provide: DATE_WORDS, useValue: said }] });
  const fixture = TestBed.createComponent(Host);
  fixture.componentInstance.value.set(value);
  document.body.append(fixture.nativeElement as HTMLElement);
  const element = fixture.nativeElement as HTMLElement;
  const field = () => element.querySelector<HTMLInputElement>('#on')!;
  const at = (selector: string) => document.querySelector<HTMLElement>(selector);
  const send = async (target: Element, event: Event) => {
    target.dispatchEvent(event);
    await fixture.whenStable();
  };
  return {
    ...{ field, at },
    value: () => fixture.componentInstance.value(),
    ready: () => fixture.whenStable(),
    type: async (text: string) => {
      field().value = text;
      await send(field(), new Event('input', { bubbles: true }));
    },
    leave: () => send(field(), new Event('change', { bubbles: true })),
    press: (target: Element, key: string, more: object = {}) =>
      send(target, new KeyboardEvent('keydown', { key, bubbles: true, ...more })),
    set: async (to: string) => {
      fixture.componentInstance.value.set(to);
      await fixture.whenStable();
    },
  };
}

describe('DateField', () => {
  afterEach(() => document.body.replaceChildren());

  it('takes a date as people write it and shows it in full', async () => {
    const it = shown();
    await it.ready();
    await it.type('25/11/2026');
    expect(it.value()).toBe('2026-11-25');
    expect(it.field().value).toBe('25/11/2026');
    await it.leave();
    expect(it.field().value).toBe('25 November 2026');
    await it.type('25/11/2026');
    await it.leave();
    expect(it.field().value).toBe('25 November 2026');
    await it.set('2027-01-05');
    expect(it.field().value).toBe('5 January 2027');
  });

  it('keeps what is no date and says so once typing is over', async () => {
    const it = shown();
    await it.ready();
    await it.type('30 Feb');
    expect(it.at('#on-unread')).toBeNull();
    await it.leave();
    expect(it.value()).toBe('30 Feb');
    expect(it.field().value).toBe('30 Feb');
    expect(it.at('#on-unread')!.textContent).toBe('This is not a date.');
    expect(it.field().getAttribute('aria-invalid')).toBe('true');
    expect(it.field().getAttribute('aria-describedby')).toBe('on-hint on-unread');
    await it.type('');
    await it.leave();
    expect(it.value()).toBe('');
    expect(it.field().getAttribute('aria-describedby')).toBe('on-hint');
  });

  it('opens a calendar by keyboard, and gives the focus back', async () => {
    const it = shown('2026-11-25');
    await it.ready();
    await it.press(it.field(), 'ArrowDown', { altKey: true });
    await it.ready();
    const cell = () => it.at('td[tabindex="0"]')!;
    expect(it.at('[role="dialog"]')!.getAttribute('aria-label')).toBe('Choose a date');
    expect(document.activeElement).toBe(cell());
    expect(cell().getAttribute('aria-label')).toBe('Wednesday 25 November 2026');
    for (const [key, day] of [
      ['ArrowDown', '2026-12-02'],
      ['ArrowLeft', '2026-12-01'],
      ['End', '2026-12-06'],
      ['Home', '2026-11-30'],
      ['PageDown', '2026-12-30'],
    ] as const) {
      await it.press(cell(), key);
      expect(cell().dataset['day']).toBe(day);
      expect(document.activeElement).toBe(cell());
    }
    await it.press(cell(), 'Enter');
    expect(it.value()).toBe('2026-12-30');
    expect(it.field().value).toBe('30 December 2026');
    expect(it.at('[role="dialog"]')).toBeNull();
    expect(document.activeElement!.getAttribute('aria-label')).toBe('Choose a date');
  });

  it('closes on Escape without a change', async () => {
    const it = shown('2026-11-25');
    await it.ready();
    await it.press(it.field(), 'ArrowDown', { altKey: true });
    await it.ready();
    await it.press(it.at('td[tabindex="0"]')!, 'Escape');
    expect(it.at('[role="dialog"]')).toBeNull();
    expect(it.value()).toBe('2026-11-25');
  });
});
