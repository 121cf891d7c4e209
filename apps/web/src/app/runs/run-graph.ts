import {
  type AfterViewInit,
  Component,
  computed,
  input,
  output,
  viewChild,
  ViewEncapsulation,
} from '@angular/core';
import {
  EFConnectionType,
  EFConnectionConnectableSide,
  ConnectionWorkerState,
  FCanvasComponent,
  FFlowComponent,
  FFlowModule,
  type FSelectionChangeEvent,
  provideFFlow,
  withA11y,
} from '@foblex/flow';
import type { RunStep } from '@plumbline/contracts';
import {
  LucideCheck,
  LucideCircle,
  LucideDynamicIcon,
  type LucideIconData,
  LucideMinus,
} from '@lucide/angular';
import { Button, filledDot } from '@plumbline/ui';
import { words } from '../platform/index.ts';
import { layoutRun } from './run-layout.ts';
import type file from './runs.en-GB.json';

/** Where a run stands, drawn: the way it took is solid, what it did not take is dashed. Read only. */
@Component({
  selector: 'app-run-graph',
  imports: [Button, FFlowModule, LucideDynamicIcon],
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
  /** The step that the reader has picked on the canvas. */
  readonly picked = output<string | null>();

  protected readonly t = words<typeof file>('runs');
  protected readonly segment = EFConnectionType.SEGMENT;
  protected readonly side = EFConnectionConnectableSide;
  private readonly canvas = viewChild.required(FCanvasComponent);
  private readonly worker = viewChild.required(FFlowComponent, { read: ConnectionWorkerState });
  protected readonly drawing = computed(() => layoutRun(this.steps()));
  /** Where to look first: at what waits, else at the start. */
  private readonly here = computed(
    () => (this.steps().find(({ state }) => state === 'waiting') ?? this.steps()[0])?.id,
  );
  protected readonly icons: Record<RunStep['state'], LucideIconData> = {
    done: LucideCheck.icon,
    waiting: filledDot,
    ahead: LucideCircle.icon,
    skipped: LucideMinus.icon,
  };

  /** A run is small; and the library's worker would come from a blob, which our pages do not allow. */
  ngAfterViewInit(): void {
    this.worker().isDisabled = true;
  }

  protected detail(step: RunStep): string {
    if (step.state === 'waiting' && step.since) {
      const days = Math.floor((Date.now() - Date.parse(step.since)) / 86_400_000);
      return days < 1 ? this.t('here.today') : this.t.count('here', days);
    }
    return this.t(`state.${step.state}`);
  }

  protected nameOf(step: RunStep): string {
    const again = step.visits > 1 ? `, ${this.t.count('times', step.visits)}` : '';
    return `${step.name}: ${this.detail(step)}${again}`;
  }

  protected lookHere(): void {
    const here = this.here();
    if (here) this.canvas().resetScaleAndCenterGroupOrNode(here, false, false);
  }

  protected fit(): void {
    this.canvas().fitToScreen({ x: 24, y: 24 }, false, false);
  }

  protected zoom(by: number): void {
    const canvas = this.canvas();
    canvas.setScale(Math.min(2, Math.max(0.2, canvas.getScale() * by)));
    canvas.redraw();
  }

  protected pick({ nodeIds }: FSelectionChangeEvent): void {
    this.picked.emit(nodeIds[0] ?? null);
  }
}
