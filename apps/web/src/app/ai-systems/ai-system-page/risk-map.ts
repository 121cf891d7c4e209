import { Component, computed, ElementRef, inject, input, output, signal } from '@angular/core';
import { words } from '../../platform/index.ts';
import type file from './ai-system-page.en-GB.json';
import { cellLevel, type SystemRisk } from './risks.ts';

/** A cell of the map. */
export interface MapCell {
  readonly likelihood: number;
  readonly impact: number;
}

const STEPS = [1, 2, 3, 4, 5];

/** The 5×5 map as a table of buttons: number, level in words and count; arrows move, a press filters. */
@Component({
  selector: 'app-risk-map',
  template: `
    <table [attr.aria-label]="t('map')">
      <thead>
        <tr>
          <td></td>
          @for (impact of steps; track impact) {
            <th scope="col">{{ t('impact', { n: impact }) }}</th>
          }
        </tr>
      </thead>
      <tbody>
        @for (row of rows(); track row.likelihood) {
          <tr>
            <th scope="row">{{ t('likelihood', { n: row.likelihood }) }}</th>
            @for (cell of row.cells; track cell.impact) {
              <td>
                <button
                  type="button"
                  [attr.data-level]="cell.level"
                  [attr.data-cell]="cell.likelihood + '-' + cell.impact"
                  [attr.aria-pressed]="isChosen(cell)"
                  [tabindex]="isEntry(cell) ? 0 : -1"
                  (click)="choose(cell)"
                  (keydown)="move($event)"
                >
                  <span class="score"
                    ><span class="visually-hidden">{{ nameOf(cell) }} </span
                    >{{ cell.likelihood * cell.impact }}</span
                  >
                  @if (cell.count > 0) {
                    <strong
                      >{{ cell.count
                      }}<span class="visually-hidden">{{
                        ' ' + t.count('cellRisks', cell.count)
                      }}</span></strong
                    >
                  }
                </button>
              </td>
            }
          </tr>
        }
      </tbody>
    </table>
    <p class="legend">
      @for (level of levels; track level) {
        <span><i [attr.data-level]="level" aria-hidden="true"></i>{{ t.of('level', level) }}</span>
      }
    </p>
  `,
  styleUrl: './risk-map.scss',
})
export class RiskMap {
  readonly risks = input.required<readonly SystemRisk[]>();
  /** Which scores are shown. */
  readonly when = input.required<'before' | 'left'>();
  readonly chosen = input<MapCell | null>(null);
  readonly picked = output<MapCell | null>();

  protected readonly t = words<typeof file>('aiSystem');
  protected readonly steps = STEPS;
  protected readonly levels = ['low', 'moderate', 'high', 'critical'] as const;
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly entry = signal<MapCell>({ likelihood: 5, impact: 1 });

  protected readonly rows = computed(() => {
    const placed = this.risks().map((risk) => risk[this.when()]);
    return STEPS.toReversed().map((likelihood) => ({
      likelihood,
      cells: STEPS.map((impact) => ({
        likelihood,
        impact,
        level: cellLevel(likelihood, impact),
        count: placed.filter((one) => one?.likelihood === likelihood && one.impact === impact)
          .length,
      })),
    }));
  });

  protected nameOf({ likelihood, impact, level }: MapCell & { readonly level: string }): string {
    return this.t('cellBefore', { likelihood, impact, level: this.t.of('level', level) });
  }

  protected isChosen(cell: MapCell): boolean {
    return same(this.chosen(), cell);
  }

  protected isEntry(cell: MapCell): boolean {
    return same(this.entry(), cell);
  }

  protected choose({ likelihood, impact }: MapCell): void {
    const cell = { likelihood, impact };
    this.entry.set(cell);
    this.picked.emit(this.isChosen(cell) ? null : cell);
  }

  /** One stop for the Tab key; arrows walk over the map. */
  protected move(event: KeyboardEvent): void {
    const steps: Record<string, readonly [number, number]> = {
      ArrowUp: [1, 0],
      ArrowDown: [-1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const { likelihood, impact } = this.entry();
    const next = { likelihood: within(likelihood + step[0]), impact: within(impact + step[1]) };
    this.entry.set(next);
    const { nativeElement } = this.host;
    const target = `[data-cell="${next.likelihood}-${next.impact}"]`;
    nativeElement.querySelector<HTMLElement>(target)?.focus();
  }
}

const within = (value: number): number => Math.min(5, Math.max(1, value));
const same = (one: MapCell | null, other: MapCell): boolean =>
  one?.likelihood === other.likelihood && one.impact === other.impact;
