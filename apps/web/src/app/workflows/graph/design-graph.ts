import {
  afterRenderEffect,
  type AfterViewInit,
  Component,
  computed,
  inject,
  input,
  output,
  signal,
  viewChild,
  ViewEncapsulation,
} from '@angular/core';
import {
  ConnectionWorkerState,
  EFConnectionConnectableSide,
  EFConnectionType,
  EFMarkerType,
  F_A11Y_CONFIG,
  FCanvasComponent,
  FConnectionMarkerArrow,
  type FCreateConnectionEvent,
  type FDeleteSelectedEvent,
  FFlowComponent,
  FFlowModule,
  type FMoveNodesEvent,
  type FReassignConnectionEvent,
  type FSelectionChangeEvent,
  provideFFlow,
  withA11y,
} from '@foblex/flow';
import { LucideDynamicIcon } from '@lucide/angular';
import { Button } from '@plumbline/ui';
import type { StepId } from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import { DesignerStore } from '../designer/designer-store.ts';
import { VERB_DRAG } from '../designer/palette.ts';
import { StepWords } from '../designer/step-words.ts';
import { VERB_ICONS } from '../designer/verb-icons.ts';
import { addStep } from '../model/add-step.ts';
import { connect, disconnect, retarget } from '../model/connect.ts';
import { NODE_HEIGHT, NODE_WIDTH } from '../model/design-layout.ts';
import type { Place } from '../model/design.ts';
import { moveSteps, tidy } from '../model/reshape.ts';
import { VERBS } from '../model/verbs.ts';
import type file from '../workflows.en-GB.json';
import { graphWords } from './graph-words.ts';

/** The smallest scale at which names can be read. */
const LEGIBLE = 0.75;

const stepIdOf = (connector: string): StepId => connector.replace(/-(?:in|out)$/, '');

/** A word on a step of the graph, and how it looks. */
export interface StepTag {
  readonly tone: 'done' | 'bad' | 'warn' | 'here' | 'plain';
  readonly text: string;
}

/** The workflow as a graph: one stop of the keyboard, arrows go from step to step. */
@Component({
  selector: 'app-design-graph',
  imports: [Button, FConnectionMarkerArrow, FFlowModule, LucideDynamicIcon],
  providers: [provideFFlow(withA11y()), { provide: F_A11Y_CONFIG, useFactory: graphWords }],
  templateUrl: './design-graph.html',
  styleUrl: './design-graph.scss',
  // The library draws the ways itself, so its elements carry no scope of ours.
  encapsulation: ViewEncapsulation.None,
})
export class DesignGraph implements AfterViewInit {
  /** What is said about single steps, beside what they are. */
  readonly marks = input<ReadonlyMap<StepId, StepTag>>(new Map());
  readonly asked = output<'add' | 'connect' | 'open' | 'copy' | 'paste'>();

  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);
  protected readonly say = inject(StepWords);
  protected readonly icons = VERB_ICONS;
  protected readonly segment = EFConnectionType.SEGMENT;
  protected readonly arrow = EFMarkerType.END_ALL_STATES;
  protected readonly side = EFConnectionConnectableSide;
  private readonly canvas = viewChild.required(FCanvasComponent);
  private readonly flow = viewChild.required(FFlowComponent);
  private readonly worker = viewChild.required(FFlowComponent, { read: ConnectionWorkerState });
  private readonly rendered = signal(false);
  protected readonly map = signal(false);
  protected readonly nodes = computed(() => {
    const places = this.store.places();
    const problems = this.store.checker.byStep();
    return this.store.outline().map(({ step, number, ways }) => ({
      ...{ step, number, ways },
      place: places.get(step.id) ?? { x: 0, y: 0 },
      who: this.say.who(step),
      problems: problems.get(step.id) ?? [],
    }));
  });
  protected readonly ways = computed(() => {
    const known = new Set(this.store.outline().map(({ step }) => step.id));
    return this.nodes().flatMap(({ ways }) =>
      ways
        .filter(({ way }) => known.has(way.to))
        .map((one) => ({
          ...one,
          text:
            (one.way.kind === 'next' || one.way.kind === 'branch') &&
            !one.way.label &&
            !one.way.when
              ? ''
              : this.say.wayName(one.way),
        })),
    );
  });

  constructor() {
    afterRenderEffect(() => {
      const marked = this.store.marked();
      const there = new Set(this.nodes().map(({ step }) => step.id));
      if (!this.rendered()) return;
      // The library places new steps in its own time.
      requestAnimationFrame(() => {
        const chosen = marked.filter((id) => there.has(id));
        const { fNodeIds } = this.flow().getSelection();
        const same =
          fNodeIds.length === chosen.length && chosen.every((id) => fNodeIds.includes(id));
        if (!same) this.flow().select([...chosen], [], false);
        const last = chosen.at(-1);
        if (!same && last !== undefined) this.bringIntoView(last);
      });
    });
  }

  private bringIntoView(id: StepId): void {
    const frame = this.flowElement().getBoundingClientRect();
    const step = this.flowElement().querySelector(`[data-step="${CSS.escape(id)}"]`);
    const { left, right, top, bottom } = step?.getBoundingClientRect() ?? frame;
    const inside =
      left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom;
    if (!inside) this.lookAt(id);
  }

  /** Some hundred steps need no worker; and the library's would come from a blob, which our pages do not allow. */
  ngAfterViewInit(): void {
    this.worker().isDisabled = true;
  }

  /** Moves focus to the canvas. */
  focus(): void {
    this.flowElement().focus();
  }

  /** Brings a step into the middle. */
  lookAt(id: StepId): void {
    if (this.rendered()) this.canvas().centerGroupOrNode(id, false, false);
  }

  /** All of it when that can be read; else the selected step, or the start, in the middle. */
  protected show(): void {
    this.rendered.set(true);
    const here = this.store.selected() ?? this.store.outline()[0]?.step.id;
    if (this.scaleToFit() < LEGIBLE && here !== undefined) {
      this.canvas().resetScaleAndCenterGroupOrNode(here, false, false);
    } else this.fit();
  }

  protected fit(): void {
    if (this.scaleToFit() >= 1) this.canvas().resetScaleAndCenter(false);
    else this.canvas().fitToScreen({ x: 24, y: 24 }, false, false);
  }

  /** The scale at which all steps are on the canvas. */
  private scaleToFit(): number {
    const { width, height } = this.flowElement().getBoundingClientRect();
    const places = [...this.store.places().values()];
    const span = (of: readonly number[], size: number): number =>
      Math.max(...of) - Math.min(...of) + size + 48;
    const across = span(
      places.map(({ x }) => x),
      NODE_WIDTH,
    );
    const down = span(
      places.map(({ y }) => y),
      NODE_HEIGHT,
    );
    return places.length === 0 ? 1 : Math.min(width / across, height / down);
  }

  private flowElement(): HTMLElement {
    return this.flow().hostElement as HTMLElement;
  }

  protected zoom(by: number): void {
    const canvas = this.canvas();
    canvas.setScale(Math.min(2, Math.max(0.2, canvas.getScale() * by)));
    canvas.redraw();
  }

  protected tidy(): void {
    this.store.run(tidy);
  }

  protected nameOf(node: ReturnType<DesignGraph['nodes']>[number]): string {
    const problems = node.problems.length;
    const mark = this.marks().get(node.step.id);
    return [
      `${node.number}. ${this.say.title(node.step)}`,
      node.who && ` (${node.who})`,
      problems > 0 ? `. ${this.t.count('problemsHere', problems)}` : '',
      mark ? `. ${mark.text}` : '',
    ].join('');
  }

  protected pick({ nodeIds }: FSelectionChangeEvent): void {
    if (nodeIds.length > 0) this.store.mark(nodeIds);
  }

  protected moved({ nodes }: FMoveNodesEvent): void {
    if (this.store.readOnly()) return;
    const places = Object.fromEntries(
      nodes.map(({ id, position }): [StepId, Place] => [
        id,
        { x: Math.round(position.x), y: Math.round(position.y) },
      ]),
    );
    this.store.run(moveSteps(places, this.store.places()));
  }

  protected connected({ sourceId, targetId }: FCreateConnectionEvent): void {
    if (targetId === undefined) return;
    this.store.run(connect(stepIdOf(sourceId), stepIdOf(targetId), this.store.starters()));
  }

  protected led({ connectionId, nextTargetId }: FReassignConnectionEvent): void {
    if (nextTargetId !== undefined) this.store.run(retarget(connectionId, stepIdOf(nextTargetId)));
  }

  protected deleted({ nodeIds, connectionIds }: FDeleteSelectedEvent): void {
    if (nodeIds.length > 0) {
      this.store.mark(nodeIds);
      this.store.remove();
    } else for (const id of connectionIds) this.store.run(disconnect(id));
  }

  protected over(event: DragEvent): void {
    if (event.dataTransfer?.types.includes(VERB_DRAG)) event.preventDefault();
  }

  /** A verb dropped on a step goes after it; on the canvas it stands loose. */
  protected dropped(event: DragEvent): void {
    const kind = event.dataTransfer?.getData(VERB_DRAG);
    const verb = VERBS.find((one) => one === kind);
    if (!verb) return;
    event.preventDefault();
    const on = (event.target as Element).closest<HTMLElement>('[data-step]')?.dataset['step'];
    const { x, y } = this.flow().getPositionInFlow({ x: event.clientX, y: event.clientY });
    const spot =
      on === undefined ? { place: { x: Math.round(x), y: Math.round(y) } } : { after: on };
    const words = this.store.starters();
    this.store.run((design) => {
      const edit = addStep(verb, spot, words)(design);
      // Among steps that stand by themselves, those that are there keep their places.
      if (on !== undefined || edit.design === design) return edit;
      const standing = Object.fromEntries(this.store.places());
      return {
        ...edit,
        design: { ...edit.design, layout: { ...standing, ...edit.design.layout } },
      };
    });
  }

  protected key(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (altKey || event.defaultPrevented) return;
    const pressed = key.toLowerCase();
    if (ctrlKey || metaKey) {
      if (pressed === 'c') this.asked.emit('copy');
      else if (pressed === 'v') this.asked.emit('paste');
      return;
    }
    if (pressed === 'n' || key === 'Insert') this.asked.emit('add');
    else if (key === 'Enter' || key === 'F2') this.asked.emit('open');
    else return;
    event.preventDefault();
  }
}
