import { afterRenderEffect, Component, computed, input, output, viewChild } from '@angular/core';
import {
  LucideCheck,
  LucideCircle,
  LucideDynamicIcon,
  type LucideIconData,
  LucideMinus,
} from '@lucide/angular';
import type { RunStep } from '@plumbline/contracts';
import { Button, filledDot } from '@plumbline/ui';
import { around, Canvas, type CanvasNode, type CanvasWay, MARGIN } from '../canvas/index.ts';
import { words } from '../platform/index.ts';
import { layoutRun, NODE_SIZE } from './run-layout.ts';
import type file from './runs.en-GB.json';
import { spanInWords } from './span.ts';

/** The tallest that the canvas gets (pixels). */
const TALLEST = 520;

/** Where a run stands, drawn: the way it took is solid, what it did not take is dashed. Read only. */
@Component({
  selector: 'app-run-graph',
  imports: [Button, Canvas, LucideDynamicIcon],
  templateUrl: './run-graph.html',
  styleUrl: './run-graph.scss',
})
export class RunGraph {
  readonly steps = input.required<readonly RunStep[]>();
  readonly label = input.required<string>();
  /** The moment that the steps are of (ISO); null for now. */
  readonly moment = input<string | null>(null);
  /** The step that the reader has picked, here or elsewhere on the page. */
  readonly chosen = input<string | null>(null);
  readonly picked = output<string | null>();

  protected readonly t = words<typeof file>('runs');
  protected readonly size = NODE_SIZE;
  private readonly canvas = viewChild.required(Canvas);
  protected readonly byId = computed(() => new Map(this.steps().map((step) => [step.id, step])));
  private readonly drawing = computed(() => layoutRun(this.steps()));
  protected readonly nodes = computed(() =>
    this.steps().map((step): CanvasNode => ({
      id: step.id,
      place: this.drawing().places.get(step.id) ?? { x: 0, y: 0 },
      name: this.nameOf(step),
      leads: false,
    })),
  );
  protected readonly ways = computed(() =>
    this.drawing().ways.map(({ label, taken, ...way }): CanvasWay => {
      const text = label ?? '';
      const name = this.t(taken ? 'graph.taken' : 'graph.notTaken');
      return {
        ...way,
        text,
        name: text ? `${text}, ${name}` : name,
        look: taken ? 'taken' : 'ahead',
      };
    }),
  );
  protected readonly chosenIds = computed(() => {
    const chosen = this.chosen();
    return chosen === null ? [] : [chosen];
  });
  protected readonly height = computed(() => {
    const boxes = [...this.drawing().places.values()].map((place) => ({ ...place, ...NODE_SIZE }));
    return `${Math.min(TALLEST, around(boxes).height + 2 * MARGIN)}px`;
  });
  /** Where to look first: at what waits, else at what came last, else at the start. */
  protected readonly here = computed(() => {
    const steps = this.steps();
    const waiting = steps.find(({ state }) => state === 'waiting');
    const last = steps
      .filter(({ state }) => state === 'done')
      .toSorted((a, b) => (b.finishedAt ?? '').localeCompare(a.finishedAt ?? ''))[0];
    return (waiting ?? last ?? steps[0])?.id;
  });
  protected readonly icons: Record<RunStep['state'], LucideIconData> = {
    done: LucideCheck.icon,
    waiting: filledDot,
    ahead: LucideCircle.icon,
    skipped: LucideMinus.icon,
  };

  constructor() {
    // Going through the history, the canvas follows what happens.
    afterRenderEffect(() => {
      const here = this.here();
      if (this.moment() !== null && here) this.canvas().reveal(here);
    });
  }

  /** "1 here, 4 days": how often control is at a step, and for how long. */
  protected detail({ state, here }: RunStep): string {
    if (state !== 'waiting' || !here) return this.t(`state.${state}`);
    const now = Date.parse(this.moment() ?? new Date().toISOString());
    const age = spanInWords(this.t, (now - Date.parse(here.since)) / 1000);
    return this.t('here', { count: here.count, age });
  }

  private nameOf(step: RunStep): string {
    const again = step.visits > 1 ? `, ${this.t.count('times', step.visits)}` : '';
    return `${step.name}: ${this.detail(step)}${again}`;
  }

  protected lookHere(): void {
    this.canvas().show();
  }

  protected fit(): void {
    this.canvas().fit();
  }

  protected zoom(by: number): void {
    this.canvas().zoom(by);
  }
}
