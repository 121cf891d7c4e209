import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { RowKeys } from './row-keys.ts';

@Component({
  imports: [RowKeys],
  template: `<ul [uiRowKeys]="on">
    <li><a href="#1">One</a></li>
    <li aria-hidden="true"></li>
    <li><a href="#2">Two</a><input /></li>
  </ul>`,
})
class Host {
  on = true;
}

const press = (on: Element, key: string) =>
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));

describe('RowKeys', () => {
  async function render(on = true) {
    const fixture = TestBed.createComponent(Host);
    fixture.componentInstance.on = on;
    document.body.appendChild(fixture.nativeElement as HTMLElement);
    await fixture.whenStable();
    const [one, two] = (fixture.nativeElement as HTMLElement).querySelectorAll('a');
    const field = (fixture.nativeElement as HTMLElement).querySelector('input')!;
    return { one: one!, two: two!, field };
  }

  it('moves down and up, over rows that are only there for space', async () => {
    const { one, two } = await render();
    one.focus();
    press(one, 'j');
    expect(document.activeElement).toBe(two);
    press(two, 'k');
    expect(document.activeElement).toBe(one);
  });

  it('leaves the letters to fields', async () => {
    const { field } = await render();
    field.focus();
    press(field, 'k');
    expect(document.activeElement).toBe(field);
  });

  it('can be switched off', async () => {
    const { one } = await render(false);
    one.focus();
    press(one, 'j');
    expect(document.activeElement).toBe(one);
  });
});
