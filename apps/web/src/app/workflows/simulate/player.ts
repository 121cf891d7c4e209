import {
  afterNextRender,
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  Injector,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { Button, Chip, DateText, FieldFrame, Sheet } from '@plumbline/ui';
import {
  type CaseStep,
  type Refusal,
  type SavedCase,
  type SimulationStart,
  type StepId,
  type Waiting,
  waitingIn,
} from '@plumbline/workflow-engine';
import { words } from '../../platform/index.ts';
import { wideScreen } from '../../runs/wide-screen.ts';
import type { StepTag } from '../graph/design-graph.ts';
import { MarkedGraph } from '../versions/marked-graph.ts';
import { CaseWords } from './case-words.ts';
import {
  act,
  beginPlay,
  caseOf,
  expectRefusal,
  goTo,
  momentOf,
  type Play,
  stoppedBy,
} from './play.ts';
import type file from './simulate.en-GB.json';
import { StartFacts } from './start-facts.ts';
import { Trial } from './trial.ts';
import { WaitingCard } from './waiting-card.ts';

/** Plays one case step by step: as each role, with time that passes on request, back and forth. */
@Component({
  selector: 'app-player',
  imports: [Button, Chip, DateText, FieldFrame, MarkedGraph, Sheet, StartFacts, WaitingCard],
  templateUrl: './player.html',
  styleUrl: './player.scss',
})
export class Player {
  /** A kept case to go through; null for a new one. */
  readonly opened = input<SavedCase | null>(null);
  readonly saving = input(false);
  /** Names that are taken: keeping under one of them replaces that case. */
  readonly names = input<readonly string[]>([]);
  readonly kept = output<SavedCase>();

  protected readonly t = words<typeof file>('simulating');
  protected readonly say = inject(CaseWords);
  protected readonly trial = inject(Trial);
  protected readonly wide = wideScreen();
  private readonly injector = inject(Injector);
  private readonly now = viewChild<ElementRef<HTMLElement>>('now');
  protected readonly play = signal<Play | null>(null);
  /** What was tried and refused, to be expected by the case if that is right. */
  protected readonly refused = signal<{ step: CaseStep; refusal: Refusal } | null>(null);
  protected readonly name = signal('');
  protected readonly nameMissing = signal(false);
  protected readonly said = signal('');
  protected readonly days = signal(1);

  protected readonly moment = computed(() => {
    const play = this.play();
    return play ? momentOf(play) : null;
  });
  protected readonly run = computed(() => this.moment()?.runs[0] ?? null);
  /** Why the case cannot go on as it was kept. */
  protected readonly stopped = computed(() => {
    const play = this.play();
    return play ? stoppedBy(play) : null;
  });
  protected readonly notStarted = computed(() => {
    const moment = this.moment();
    return moment && moment.runs.length === 0 ? (moment.refusal?.message ?? '') : null;
  });
  private readonly waiting = computed(() => {
    const moment = this.moment();
    return moment ? waitingIn(moment) : [];
  });
  protected readonly work = computed(() => this.waiting().filter(({ kind }) => kind !== 'time'));
  protected readonly times = computed(() =>
    this.waiting()
      .filter((one) => one.kind === 'time')
      .toSorted((a, b) => a.dueAt.localeCompare(b.dueAt)),
  );
  protected readonly ending = computed(() => {
    const state = this.run()?.state;
    if (!state || state.status === 'running') return null;
    if (state.status === 'cancelled') return this.t('play.cancelled');
    const end = this.trial
      .design()
      ?.definition.steps.find((step) => step.type === 'end' && step.outcome === state.outcome);
    return this.t('play.ended', { name: end?.name ?? state.outcome ?? '' });
  });
  protected readonly marks = computed((): ReadonlyMap<StepId, StepTag> => {
    const state = this.run()?.state;
    if (!state) return new Map();
    const visited = Object.entries(state.visits).map(([step, times]): [StepId, StepTag] => [
      step,
      { tone: 'done', text: times > 1 ? this.t('mark.times', { times }) : this.t('mark.done') },
    ]);
    const here = state.tokens.map(({ step }): [StepId, StepTag] => [
      step,
      { tone: 'here', text: this.t('mark.here') },
    ]);
    return new Map([...visited, ...here]);
  });
  /** Where to look: at what waits, else at the ending. */
  protected readonly here = computed((): StepId | null => {
    const run = this.run();
    const token = run?.state.tokens[0]?.step;
    if (token !== undefined) return token;
    const entered = (run?.events ?? []).flatMap((event) =>
      event.type === 'step-entered' ? [event.step] : [],
    );
    return entered.at(-1) ?? null;
  });
  protected readonly past = computed(() => {
    const [play, design] = [this.play(), this.trial.design()];
    if (!play || !design) return [];
    return play.steps.map((step, nth) => ({
      text: this.say.step(step, design.definition),
      at: nth + 1,
      time: play.moments[nth + 1]?.around.now ?? null,
    }));
  });

  constructor() {
    effect(() => {
      const [stage, opened] = [this.trial.stage(), this.opened()];
      if (!stage) return;
      untracked(() => {
        this.refused.set(null);
        this.play.set(opened ? beginPlay(stage, opened, opened.steps) : null);
        this.name.set(opened?.name ?? '');
      });
    });
  }

  protected definitionOf(run: string) {
    return this.moment()?.runs.find(({ id }) => id === run)?.definition;
  }

  protected isCalled({ run }: Waiting): boolean {
    return run !== this.run()?.id;
  }

  protected begin(start: SimulationStart): void {
    const stage = this.trial.stage();
    if (!stage) return;
    this.refused.set(null);
    this.play.set(beginPlay(stage, start));
    this.tell();
  }

  protected again(): void {
    this.refused.set(null);
    this.play.set(null);
  }

  protected do(step: CaseStep): void {
    const play = this.play();
    if (!play) return;
    const { play: next, refusal } = act(play, step);
    this.play.set(next);
    this.refused.set(refusal && { step, refusal });
    if (refusal) this.said.set(this.t('play.refused', { why: refusal.message }));
    else this.tell();
  }

  protected expect(): void {
    const [play, refused] = [this.play(), this.refused()];
    if (!play || !refused) return;
    this.play.set(expectRefusal(play, refused.step, refused.refusal));
    this.refused.set(null);
    this.tell();
  }

  protected to(at: number): void {
    const play = this.play();
    if (!play) return;
    this.refused.set(null);
    this.play.set(goTo(play, at));
    this.tell();
  }

  protected skip(): void {
    this.do({ skipTime: { amount: this.days(), unit: 'calendar-days' } });
  }

  protected setDays(event: Event): void {
    const days = Number((event.target as HTMLInputElement).value);
    if (Number.isInteger(days) && days >= 1 && days <= 3650) this.days.set(days);
  }

  protected call(event: Event): void {
    this.name.set((event.target as HTMLInputElement).value);
    this.nameMissing.set(false);
  }

  protected keep(event: Event): void {
    event.preventDefault();
    const [play, name] = [this.play(), this.name().trim()];
    this.nameMissing.set(name === '');
    if (play && name !== '') this.kept.emit(caseOf(name, play));
  }

  /** For ears: what has just been done, and where it stands now. */
  private tell(): void {
    const play = this.play();
    const last = this.past()[(play?.at ?? 0) - 1]?.text ?? this.t('play.began');
    const ending = this.ending();
    const open = [...new Set(this.work().map(({ name }) => name))].join(', ');
    const now = ending ?? this.t('play.waits', { open: open || this.t('play.time') });
    this.said.set(`${last} ${now}`);
    afterNextRender(() => this.keepFocus(), { injector: this.injector });
  }

  /** What was pressed may be gone with its card: readers go on from what can happen now. */
  private keepFocus(): void {
    if (document.activeElement === document.body) this.now()?.nativeElement.focus();
  }
}
