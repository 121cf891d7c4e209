import { Agenda } from './agenda.ts';
import { type Compiled, compiledOf } from '../definition/compiled.ts';
import type { WorkflowDefinition } from '../definition/definition.ts';
import type { Capacity, ForecastInput } from './forecast.ts';
import { Luck, minutesOf, randomGap, type Spread } from './forecast-luck.ts';
import { PlayedRun } from './forecast-run.ts';
import { WorkingClock } from '../time/working-clock.ts';

/** A piece of work for one person of a role. */
export interface Work {
  readonly role: string;
  /** Working minutes that it takes a person with all their time. */
  readonly minutes: number;
  /** When it was ready, as an instant. */
  readonly since: number;
  /** Called when it is begun and when it is done, with the instant. */
  readonly begun: (at: number) => void;
  readonly done: (at: number) => void;
  /** When somebody began it. */
  beganAt: number | null;
  /** Nobody needs it any more. */
  dropped: boolean;
}

/** What an office kept about a role; times in working minutes. */
export class RoleDesk {
  readonly role: string;
  readonly capacity: Required<Capacity>;
  readonly queue: Work[] = [];
  busy = 0;
  used = 0;
  begun = 0;
  waited = 0;
  longest = 0;
  /** Minutes × length of the queue, by working day. */
  readonly areas: number[] = [];
  private looked = 0;
  private waiting = 0;

  constructor(role: string, { people, share = 1 }: Capacity) {
    this.role = role;
    this.capacity = { people, share };
  }

  /** Keeps how long the queue was until now (in working minutes), and that its length changes. */
  change(by: 1 | 0 | -1, work: number, dayLength: number): void {
    for (let from = this.looked; from < work;) {
      const day = Math.floor(from / dayLength);
      const until = Math.min(work, (day + 1) * dayLength);
      this.areas[day] = (this.areas[day] ?? 0) + (until - from) * this.waiting;
      from = until;
    }
    this.looked = Math.max(this.looked, work);
    this.waiting += by;
  }

  /** Keeps the length of the queue once everybody who is free has taken something. */
  settled(): void {
    this.longest = Math.max(this.longest, this.waiting);
  }
}

/** Plays all runs of a forecast once: people at their desks, work waiting for them. */
export class Office {
  readonly compiled: Compiled;
  readonly input: ForecastInput;
  readonly clock: WorkingClock;
  readonly runs: PlayedRun[] = [];
  readonly desks = new Map<string, RoleDesk>();
  /** The instant of what happens; in the end, that at which the last run was done. */
  now: number;
  /** Steps passed by all runs. */
  passed = 0;
  private readonly agenda = new Agenda<(at: number) => void>();
  private readonly luck: Luck;
  private readonly repeat: number;
  private readonly numbers: ReadonlyMap<string, number>;

  constructor(definition: WorkflowDefinition, input: ForecastInput, repeat: number) {
    this.compiled = compiledOf(definition);
    this.input = input;
    this.clock = new WorkingClock(input.start, input.calendar);
    this.luck = new Luck(input.seed);
    this.repeat = repeat;
    this.now = this.clock.instantAt(0);
    this.numbers = new Map(definition.steps.map(({ id }, at) => [id, at]));
  }

  /** Lets all runs arrive and come to their end; gives how many steps were passed. */
  play(most: number): number {
    this.arrive();
    for (let next = this.agenda.take(); next; next = this.agenda.take()) {
      this.now = next.at;
      next.item(next.at);
      if (this.passed > most) {
        throw new RangeError(
          'The forecast cannot be made: runs go round too often. Ask for fewer of them.',
        );
      }
    }
    // What was given up keeps nobody at work: the office closes when the last run is done.
    this.now = this.runs.reduce((last, { endedAt }) => Math.max(last, endedAt ?? this.now), 0);
    for (const desk of this.desks.values()) this.change(desk, 0);
    return this.passed;
  }

  /** A draw for one purpose of one visit of a step in a run. */
  draw(run: number, step: string, ...purpose: readonly number[]): number {
    return this.luck.draw(this.repeat, run, this.numbers.get(step) ?? -1, ...purpose);
  }

  /** Minutes of a spread for one purpose. */
  minutes(spread: Spread, run: number, step: string, ...purpose: readonly number[]): number {
    return minutesOf(
      spread,
      this.draw(run, step, ...purpose, 0),
      this.draw(run, step, ...purpose, 1),
    );
  }

  /** Does something at an instant. */
  at(instant: number, act: (at: number) => void): void {
    this.agenda.add(instant, act);
  }

  /** Puts a piece of work on the desk of its role. */
  give(work: Work): void {
    const desk = this.deskOf(work.role);
    desk.queue.push(work);
    this.change(desk, 1);
    this.serve(desk);
  }

  /** Takes work back that nobody needs; who was at it is free again. */
  drop(work: Work): void {
    if (work.dropped) return;
    work.dropped = true;
    const desk = this.deskOf(work.role);
    if (work.beganAt === null) {
      this.change(desk, -1);
      return;
    }
    const spent = this.clock.workAt(this.now) - this.clock.workAt(work.beganAt);
    desk.used += spent * desk.capacity.share;
    desk.busy -= 1;
    this.serve(desk);
  }

  private deskOf(role: string): RoleDesk {
    let desk = this.desks.get(role);
    if (!desk) {
      desk = new RoleDesk(role, this.input.roles?.[role] ?? { people: 1 });
      this.desks.set(role, desk);
    }
    return desk;
  }

  private change(desk: RoleDesk, by: 1 | 0 | -1): void {
    desk.change(by, this.clock.workAt(this.now), this.clock.dayLength);
  }

  private serve(desk: RoleDesk): void {
    while (desk.busy < desk.capacity.people) {
      const work = desk.queue.shift();
      if (!work) break;
      if (!work.dropped) this.begin(desk, work);
    }
    desk.settled();
  }

  private begin(desk: RoleDesk, work: Work): void {
    const { clock, now } = this;
    this.change(desk, -1);
    desk.busy += 1;
    desk.begun += 1;
    desk.waited += clock.workAt(now) - clock.workAt(work.since);
    const ends = clock.after(now, work.minutes / desk.capacity.share);
    work.beganAt = now;
    work.begun(now);
    this.at(ends, (at) => {
      if (work.dropped) return;
      desk.busy -= 1;
      desk.used += work.minutes;
      work.done(at);
      this.serve(desk);
    });
  }

  private arrive(): void {
    const { arrivals, runs } = this.input;
    let work = 0;
    for (let nth = 0; nth < runs; nth += 1) {
      if (arrivals.pattern !== 'together' && (nth > 0 || arrivals.pattern === 'random')) {
        const mean = this.clock.dayLength / arrivals.perDay;
        work +=
          arrivals.pattern === 'even' ? mean : randomGap(mean, this.luck.draw(this.repeat, nth));
      }
      const run = new PlayedRun(this, nth);
      this.runs.push(run);
      this.at(this.clock.instantAt(work), () => run.begin());
    }
  }
}
