import { Dialog, DIALOG_DATA, DialogRef } from '@angular/cdk/dialog';
import { createGlobalPositionStrategy } from '@angular/cdk/overlay';
import {
  afterRenderEffect,
  Component,
  computed,
  ElementRef,
  inject,
  resource,
  signal,
  viewChild,
  type Injector,
} from '@angular/core';
import { ClientMark } from '@plumbline/ui';
import { problemOf, problemText, words } from '../../platform/index.ts';
import type file from '../shell.en-GB.json';
import { matching, readQuery, SECTIONS, type Command, type Section } from './command.ts';
import { Commands } from './commands.ts';

/** `organisations`: only the switcher. */
export type PaletteMode = 'all' | 'organisations';

/** A pause in typing after which records are searched (milliseconds). */
const PAUSE = 150;

@Component({
  selector: 'app-palette',
  imports: [ClientMark],
  providers: [Commands],
  template: `
    <input
      #box
      type="text"
      role="combobox"
      autocomplete="off"
      aria-autocomplete="list"
      aria-controls="palette-options"
      [attr.aria-expanded]="flat().length > 0"
      [attr.aria-activedescendant]="active() ? 'palette-' + active()?.id : null"
      [attr.aria-label]="label"
      [placeholder]="label"
      (input)="type(box.value)"
      (keydown)="press($event)"
    />
    <div id="palette-options" role="listbox" [attr.aria-label]="label">
      @for (group of groups(); track group.section) {
        <div role="group" [attr.aria-labelledby]="'palette-section-' + group.section">
          <p class="section" [id]="'palette-section-' + group.section" role="presentation">
            {{ t.of('section', group.section) }}
          </p>
          @for (command of group.commands; track command.id) {
            <div
              role="option"
              tabindex="-1"
              [id]="'palette-' + command.id"
              [attr.aria-selected]="command === active()"
              (click)="choose(command)"
              (keydown.enter)="choose(command)"
              (mousemove)="chosen.set(command.id)"
            >
              @if (command.mark; as mark) {
                <ui-client-mark [name]="mark.name" [mark]="mark.text" [plate]="mark.plate" />
              }
              <span class="text">{{ command.text }}</span>
              @if (command.hint) {
                <span class="hint">{{ command.hint }}</span>
              }
              @if (command.yourTurn) {
                <span class="turn">{{ t.count('yourTurn', command.yourTurn) }}</span>
              }
            </div>
          }
        </div>
      }
    </div>
    <p class="foot" role="status">
      @if (failure(); as text) {
        {{ text }}
      } @else if (searching()) {
        {{ t('searching') }}
      } @else if (flat().length === 0) {
        {{ t('nothingFound') }}
      } @else {
        {{ t.count('results', flat().length) }}
      }
    </p>
    <p class="foot keys" aria-hidden="true">{{ t(all ? 'paletteKeys' : 'switcherKeys') }}</p>
  `,
  styleUrl: './palette.scss',
})
export class Palette {
  protected readonly t = words<typeof file>('shell');
  private readonly describe = problemText();
  private readonly commands = inject(Commands);
  private readonly ref = inject<DialogRef<Command>>(DialogRef);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly all = inject<PaletteMode>(DIALOG_DATA) === 'all';
  protected readonly label = this.t(this.all ? 'search' : 'switch');
  protected readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');

  private readonly typed = signal('');
  private readonly settled = signal('');
  private timer: ReturnType<typeof setTimeout> | undefined;
  protected readonly chosen = signal<string | null>(null);

  private readonly query = computed(() => readQuery(this.typed()));
  private readonly found = resource({
    params: () => {
      const { sections, text } = readQuery(this.settled());
      return this.all && text.length >= 2 ? { sections, text } : undefined;
    },
    loader: async ({ params: { sections, text } }) => {
      const wants = (section: Section): boolean => !sections || sections.includes(section);
      const parts = await Promise.all([
        wants('find') ? this.commands.find(text) : [],
        sections?.includes('people') ? this.commands.people(text) : [],
      ]);
      return parts.flat();
    },
  });
  protected readonly searching = computed(
    () => this.found.isLoading() || this.typed() !== this.settled(),
  );
  protected readonly failure = computed(() => {
    const error = this.found.error();
    return error ? this.describe(problemOf(error)) : null;
  });

  protected readonly groups = computed(() => {
    const { sections, text } = this.query();
    const offered = this.all
      ? [...this.commands.standing(), ...this.commands.organisations()]
      : this.commands.organisations();
    const found = this.found.hasValue() ? this.found.value() : [];
    const shown = [...matching(offered, text), ...(text ? found : [])];
    return SECTIONS.filter((section) => !sections || sections.includes(section))
      .map((section) => ({
        section,
        commands: shown.filter((command) => command.section === section),
      }))
      .filter(({ commands }) => commands.length > 0);
  });
  protected readonly flat = computed(() => this.groups().flatMap(({ commands }) => commands));
  protected readonly active = computed(
    () => this.flat().find(({ id }) => id === this.chosen()) ?? this.flat()[0] ?? null,
  );

  constructor() {
    afterRenderEffect(() => {
      const id = this.active()?.id;
      if (id === undefined) return;
      this.host.nativeElement
        .querySelector(`[id="palette-${id}"]`)
        ?.scrollIntoView({ block: 'nearest' });
    });
  }

  protected type(text: string): void {
    this.typed.set(text);
    this.chosen.set(null);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settled.set(text), PAUSE);
  }

  protected press(event: KeyboardEvent): void {
    const moves: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = moves[event.key];
    if (step !== undefined) {
      event.preventDefault();
      this.move(step);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const active = this.active();
      if (active) this.choose(active);
    }
  }

  protected choose(command: Command): void {
    this.ref.close(command);
  }

  private move(step: number): void {
    const all = this.flat();
    if (all.length === 0) return;
    const at = all.findIndex((command) => command === this.active());
    this.chosen.set(all[(at + step + all.length) % all.length]?.id ?? null);
  }
}

/** Opens the palette; what was chosen runs once it has closed. */
export function openPalette(injector: Injector, mode: PaletteMode, label: string): void {
  const ref = injector.get(Dialog).open(Palette, {
    data: mode,
    injector,
    ariaLabel: label,
    // At a fixed height: the box must not move while results come.
    positionStrategy: createGlobalPositionStrategy(injector).centerHorizontally().top('10vh'),
  });
  ref.closed.subscribe((command) => {
    if (command) (command as Command).run(injector);
  });
}
