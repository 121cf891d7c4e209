import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Chip, type ChipState } from './chip.ts';

@Component({
  imports: [Chip],
  template: `<ui-chip [state]="state()">Waiting for Priya</ui-chip>`,
})
class Host {
  readonly state = signal<ChipState>('waiting');
}

describe('Chip', () => {
  it('says its state in words and follows it', async () => {
    const fixture = TestBed.createComponent(Host);
    await fixture.whenStable();
    const chip = (fixture.nativeElement as HTMLElement).querySelector('ui-chip');
    expect(chip?.textContent.trim()).toBe('Waiting for Priya');
    expect(chip?.getAttribute('data-state')).toBe('waiting');

    fixture.componentInstance.state.set('done');
    await fixture.whenStable();
    expect(chip?.getAttribute('data-state')).toBe('done');
  });

  it('keeps its icon from screen readers: the word is the content', async () => {
    const fixture = TestBed.createComponent(Host);
    await fixture.whenStable();
    const icon = (fixture.nativeElement as HTMLElement).querySelector('svg');
    expect(icon?.getAttribute('aria-hidden')).toBe('true');
  });
});
