import {
  afterRenderEffect,
  type AfterViewInit,
  Component,
  computed,
  input,
  output,
  signal,
  untracked,
  viewChild,
  ViewEncapsulation,
} from '@angular/core';
import {
  ConnectionWorkerState,
  EFConnectionConnectableSide,
  EFConnectionType,
  EFMarkerType,
  FCanvasComponent,
  FConnectionMarkerArrow,
  FFlowComponent,
  FFlowModule,
  type FSelectionChangeEvent,
  provideFFlow,
  withA11y,
} from '@foblex/flow';
import {
  LucideCheck,
  LucideCircle,
  LucideDynamicIcon,
  type LucideIconData,
  LucideMinus,
} from '@lucide/angular';
import type { RunStep } from '@plumbline/contracts';
import { Button, filledDot } from '@plumbline/ui';
import { words } from '../platform/index.ts';
import { extentOf, layoutRun, MARGIN, type View, viewOfAll, viewOfStep } from './run-layout.ts';
import type file from './runs.en-GB.json';
import { spanInWords } from './span.ts';

/** The tallest that the canvas gets (pixels). */
const TALLEST = 520;

/** Where a run stands, drawn: the way it took is solid, what it did not take is dashed. Read only. */
@Component({
  selector: 'app-run-graph',
  imports: [Button, FConnectionMarkerArrow, FFlowModule, LucideDynamicIcon],
  providers: [
    provideFFlow(withA11y({ keys: { grab: [], connect: [], deleteSelected: [], selectAll: [] } })),
  ],
  templateUrl: './run-graph.html',
  styleUrl: './run-graph.scss',
  // The library draws the ways itself, so its elements carry no scope of ours.
  encapsulation: ViewEncapsulation.None,
})
export class RunGraph implements AfterViewInit {
  readonly steps = input.required<readonly RunStep[]>();
  readonly label = input.required<string>();
  /** The moment that the steps are of (ISO); null for now. */
  readonly moment = input<string | null>(null);
  /** The step that the reader has picked, here or elsewhere on the page. */
  readonly chosen = input<string | null>(null);
  readonly picked = output<string | null>();

  protected readonly t = words<typeof file>('runs');
  protected readonly segment = EFConnectionType.SEGMENT;
  protected readonly side = EFConnectionConnectableSide;
  protected readonly arrow = EFMarkerType.END_ALL_STATES;
  private readonly canvas = viewChild.required(FCanvasComponent);
  private readonly flow = viewChild.required(FFlowComponent);
  private readonly worker = viewChild.required(FFlowComponent, { read: ConnectionWorkerState });
  private readonly drawn = signal(false);
  protected readonly drawing = computed(() => layoutRun(this.steps()));
  protected readonly height = computed(() => {
    const { height } = extentOf(this.drawing().nodes);
    return Math.min(TALLEST, height + 2 * MARGIN);
  });
  /** Where to look first: at what waits, else at what came last, else at the start. */
  private readonly here = computed(() => {
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
    afterRenderEffect(() => {
      const chosen = this.chosen();
      if (!this.drawn()) return;
      const ids = chosen === null ? [] : [chosen];
      const { fNodeIds } = this.flow().getSelection();
      if (fNodeIds.join() !== ids.join()) this.flow().select(ids, [], false);
    });
    // Going through the history, the canvas follows what happens.
    afterRenderEffect(() => {
      const here = this.here();
      if (this.moment() !== null && this.drawn() && here) untracked(() => this.follow(here));
    });
  }

  /** A run is small; and the library's worker would come from a blob, which our pages do not allow. */
  ngAfterViewInit(): void {
    this.worker().isDisabled = true;
  }

  /** "1 here, 4 days": how often control is at a step, and for how long. */
  protected detail({ state, here }: RunStep): string {
    if (state !== 'waiting' || !here) return this.t(`state.${state}`);
    const now = Date.parse(this.moment() ?? new Date().toISOString());
    const age = spanInWords(this.t, (now - Date.parse(here.since)) / 1000);
    return this.t('here', { count: here.count, age });
  }

  protected nameOf(step: RunStep): string {
    const again = step.visits > 1 ? `, ${this.t.count('times', step.visits)}` : '';
    return `${step.name}: ${this.detail(step)}${again}`;
  }

  protected ready(): void {
    this.drawn.set(true);
    this.lookHere();
  }

  protected lookHere(): void {
    this.look(viewOfStep(this.drawing().nodes, this.window(), this.here()));
  }

  protected fit(): void {
    this.look(viewOfAll(this.drawing().nodes, this.window()));
  }

  protected zoom(by: number): void {
    const canvas = this.canvas();
    const { width, height } = this.window();
    const scale = Math.min(2, Math.max(0.2, canvas.getScale() * by));
    canvas.setScale(scale, { x: width / 2, y: height / 2 });
    canvas.redraw();
  }

  protected pick({ nodeIds }: FSelectionChangeEvent): void {
    this.picked.emit(nodeIds[0] ?? null);
  }

  /** Brings a step into sight when it is not. */
  private follow(id: string): void {
    const frame = this.flowElement().getBoundingClientRect();
    const step = this.flowElement().querySelector(`[data-step="${CSS.escape(id)}"]`);
    const { left, right, top, bottom } = step?.getBoundingClientRect() ?? frame;
    const inside =
      left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom;
    if (!inside) this.look(viewOfStep(this.drawing().nodes, this.window(), id));
  }

  private look({ scale, position }: View): void {
    const canvas = this.canvas();
    canvas.transform.scale = scale;
    canvas.transform.position = { ...position };
    canvas.transform.scaledPosition = { x: 0, y: 0 };
    canvas.redraw();
  }

  private window(): { width: number; height: number } {
    const { clientWidth, clientHeight } = this.flowElement();
    return { width: clientWidth, height: clientHeight };
  }

  private flowElement(): HTMLElement {
    return this.flow().hostElement as HTMLElement;
  }
}
