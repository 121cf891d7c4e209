import { Component, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { LucideDynamicIcon } from '@lucide/angular';
import { Button } from '@plumbline/ui';
import type { StepId } from '@plumbline/workflow-engine';
import { Canvas, type CanvasNode, type CanvasWay, type Removal } from '../../canvas/index.ts';
import { words } from '../../platform/index.ts';
import { DesignerStore } from '../designer/designer-store.ts';
import { VERB_DRAG } from '../designer/palette.ts';
import { StepWords } from '../designer/step-words.ts';
import { VERB_ICONS } from '../designer/verb-icons.ts';
import { addStep } from '../model/add-step.ts';
import { connect, disconnect, retarget } from '../model/connect.ts';
import { NODE_SIZE } from '../model/design-layout.ts';
import type { Place } from '../model/design.ts';
import type { OutlineLine } from '../model/outline.ts';
import { moveSteps, tidy } from '../model/reshape.ts';
import { VERBS } from '../model/verbs.ts';
import type { WayKind } from '../model/ways.ts';
import type file from '../workflows.en-GB.json';

const USUAL: ReadonlySet<WayKind> = new Set(['next', 'branch']);
/** Ways that are not the usual course of the work. */
const ASIDE: ReadonlySet<WayKind> = new Set(['send-back', 'undone-by', 'failed', 'boundary']);

/** A word on a step of the graph, and how it looks. */
export interface StepTag {
  readonly tone: 'done' | 'bad' | 'warn' | 'here' | 'plain';
  readonly text: string;
}

/** The workflow as a graph. */
@Component({
  selector: 'app-design-graph',
  imports: [Button, Canvas, LucideDynamicIcon],
  templateUrl: './design-graph.html',
  styleUrl: './design-graph.scss',
})
export class DesignGraph {
  /** What is said about single steps, beside what they are. */
  readonly marks = input<ReadonlyMap<StepId, StepTag>>(new Map());
  readonly asked = output<'add' | 'connect' | 'open' | 'copy' | 'paste'>();

  protected readonly t = words<typeof file>('workflows');
  protected readonly store = inject(DesignerStore);
  protected readonly say = inject(StepWords);
  protected readonly icons = VERB_ICONS;
  protected readonly size = NODE_SIZE;
  private readonly canvas = viewChild.required(Canvas);
  protected readonly map = signal(false);
  /** What is shown of each step, by its id. */
  protected readonly lines = computed(
    () =>
      new Map(
        this.store.outline().map((line): [StepId, Shown] => [
          line.step.id,
          {
            ...line,
            who: this.say.who(line.step),
            problems: this.store.checker.byStep().get(line.step.id)?.length ?? 0,
          },
        ]),
      ),
  );
  protected readonly nodes = computed(() => {
    const { places } = this.store.drawing();
    return [...this.lines().values()].map((line): CanvasNode => ({
      id: line.step.id,
      place: places.get(line.step.id) ?? { x: 0, y: 0 },
      name: this.nameOf(line),
      leads: line.step.type !== 'end' && line.step.type !== 'path-end',
    }));
  });
  protected readonly ways = computed(() => {
    const { through } = this.store.drawing();
    const lines = this.lines();
    return [...lines.values()].flatMap(({ ways }) =>
      ways
        .filter(({ way }) => lines.has(way.to))
        .map(({ way, back }): CanvasWay => {
          // A usual way needs no words, and of what may be sent back the dashes speak.
          const plain =
            way.kind === 'send-back' || (USUAL.has(way.kind) && !way.label && !way.when);
          const name = this.say.wayName(way);
          return {
            ...{ id: way.id, from: way.from, to: way.to, back, name },
            text: plain ? '' : name,
            look: ASIDE.has(way.kind) ? 'aside' : 'plain',
            through: through.get(way.id) ?? [],
          };
        }),
    );
  });

  /** Moves focus to the canvas. */
  focus(): void {
    this.canvas().focus();
  }

  /** Brings a step into the middle. */
  lookAt(id: StepId): void {
    this.canvas().lookAt(id);
  }

  protected fit(): void {
    this.canvas().fit();
  }

  protected zoom(by: number): void {
    this.canvas().zoom(by);
  }

  protected tidy(): void {
    this.store.run(tidy);
  }

  private nameOf({ step, number, who, problems }: Shown): string {
    const mark = this.marks().get(step.id);
    return [
      `${number}. ${this.say.title(step)}`,
      who && ` (${who})`,
      problems > 0 ? `. ${this.t.count('problemsHere', problems)}` : '',
      mark ? `. ${mark.text}` : '',
    ].join('');
  }

  protected moved(places: Readonly<Record<StepId, Place>>): void {
    this.store.run(moveSteps(places, this.store.drawing().places));
  }

  protected connected({ from, to }: { from: StepId; to: StepId }): void {
    this.store.run(connect(from, to, this.store.starters()));
  }

  protected led({ way, to }: { way: string; to: StepId }): void {
    this.store.run(retarget(way, to));
  }

  protected removed({ nodes, way }: Removal): void {
    if (way !== null) this.store.run(disconnect(way));
    else if (nodes.length > 0) this.store.remove();
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
    const on = (event.target as Element).closest<HTMLElement>('[data-node]')?.dataset['node'];
    const { x, y } = this.canvas().placeOf(event);
    const spot =
      on === undefined ? { place: { x: Math.round(x), y: Math.round(y) } } : { after: on };
    const words = this.store.starters();
    this.store.run((design) => {
      const edit = addStep(verb, spot, words)(design);
      // Among steps that stand by themselves, those that are there keep their places.
      if (on !== undefined || edit.design === design) return edit;
      const standing = Object.fromEntries(this.store.drawing().places);
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

interface Shown extends OutlineLine {
  readonly who: string;
  readonly problems: number;
}
