import { computed, DestroyRef, effect, inject, Injectable, signal } from '@angular/core';
import type { DefinitionProblem, WorkflowDefinition } from '@plumbline/workflow-engine';
import type { CheckAnswer, CheckRequest } from './check.worker.ts';

/** A pause in editing after which the definition is checked (milliseconds). */
const PAUSE = 250;

/** Checks the definition beside the page, as it is edited. */
@Injectable()
export class Checker {
  private readonly definition = signal<WorkflowDefinition | null>(null);
  private readonly found = signal<readonly DefinitionProblem[]>([]);
  private readonly state = signal<'waiting' | 'checked' | 'broken'>('waiting');
  private worker: Worker | null = null;
  private asked = 0;

  /** What is wrong, errors first. */
  readonly problems = computed(() =>
    this.found().toSorted((a, b) => rank[a.severity] - rank[b.severity]),
  );
  readonly errors = computed(() => this.found().filter(({ severity }) => severity === 'error'));
  /** By the id of the step that the problem is at. */
  readonly byStep = computed(() => {
    const by = new Map<string, DefinitionProblem[]>();
    const ids = this.definition()?.steps.map(({ id }) => id) ?? [];
    for (const problem of this.found()) {
      const id = stepIn(problem.place, ids);
      if (id !== null) by.set(id, [...(by.get(id) ?? []), problem]);
    }
    return by;
  });
  readonly waiting = computed(() => this.state() === 'waiting');
  readonly broken = computed(() => this.state() === 'broken');

  constructor() {
    effect((onCleanup) => {
      const definition = this.definition();
      if (!definition) return;
      const timer = setTimeout(() => this.ask(definition), PAUSE);
      onCleanup(() => clearTimeout(timer));
    });
    inject(DestroyRef).onDestroy(() => this.worker?.terminate());
  }

  /** Takes over the newest definition. */
  look(definition: WorkflowDefinition): void {
    this.definition.set(definition);
  }

  private ask(definition: WorkflowDefinition): void {
    this.worker ??= this.start();
    this.asked += 1;
    this.state.set('waiting');
    const request: CheckRequest = { number: this.asked, definition };
    this.worker.postMessage(request);
  }

  private start(): Worker {
    const worker = new Worker(new URL('./check.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<CheckAnswer>) => {
      // An answer to an older question: the newest is on its way.
      if (data.number !== this.asked) return;
      if (data.problems) this.found.set(data.problems);
      this.state.set(data.problems ? 'checked' : 'broken');
    };
    worker.onerror = () => this.state.set('broken');
    return worker;
  }
}

const rank = { error: 0, warning: 1 } as const;

/** The step that a place such as `steps.triage.next.0` is in; ids may have points in them. */
export function stepIn(place: string, ids: Iterable<string>): string | null {
  let found: string | null = null;
  for (const id of ids) {
    const here = place === `steps.${id}` || place.startsWith(`steps.${id}.`);
    if (here && id.length > (found?.length ?? -1)) found = id;
  }
  return found;
}
