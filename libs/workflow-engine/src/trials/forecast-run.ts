import type {
  ApprovalStep,
  FormStep,
  JoinStep,
  ParallelStep,
  Step,
  StepId,
} from '../definition/definition.ts';
import { chosenOf } from './forecast-luck.ts';
import type { Office, Work } from './forecast-office.ts';
import { minutesFor, seatsOf, weightsOf } from './forecast-plan.ts';
import type { StepAssumption } from './forecast.ts';
import { skipTargets } from '../definition/graph.ts';
import { boundaryKey, keyOf } from '../run/keys.ts';
import { besideIn, depthAt, isBranchOf } from '../definition/places.ts';

/** The most steps of one run of a forecast before it is given up. */
const maxStepsOfRun = 1_000;

/** An open block. */
interface Block {
  readonly started: number;
}

/** An open branch, or a side path beside a step, named as in a token’s scope. */
interface Scope {
  readonly entry: string;
  /** The block of a branch; null for a side path. */
  readonly block: Block | null;
}

/** Control at a step, inside what is open around it, the outermost first. */
interface Control {
  readonly step: StepId;
  readonly visit: number;
  readonly scopes: readonly Scope[];
  readonly work: Work[];
  gone: boolean;
}

/** One visit of a step by a played run; instants in milliseconds. */
export interface PlayedVisit {
  readonly step: StepId;
  readonly readyAt: number;
  dueAt: number | null;
  begunAt: number | null;
  doneAt: number | null;
}

/** What a draw is for. */
const draws = { way: 1, skip: 2, branch: 3, signal: 4, signalAfter: 5, minutes: 6 } as const;

/** One run of a forecast: control passes through the steps, by chance where facts would decide. */
export class PlayedRun {
  readonly visits: PlayedVisit[] = [];
  beganAt = 0;
  endedAt: number | null = null;
  ending: string | null = null;
  private readonly office: Office;
  private readonly number: number;
  private readonly open = new Set<Control>();
  private readonly counts = new Map<StepId, number>();
  private passed = 0;

  constructor(office: Office, number: number) {
    this.office = office;
    this.number = number;
  }

  /** Arrives. */
  begin(): void {
    this.beganAt = this.office.now;
    this.enter(this.office.compiled.definition.start, []);
  }

  private enter(id: StepId, scopes: readonly Scope[]): void {
    const step = this.office.compiled.steps.get(id);
    this.passed += 1;
    this.office.passed += 1;
    if (!step || this.passed > maxStepsOfRun) {
      // Goes round without an end: given up, and told as a run that did not finish.
      this.cancel(() => true);
      return;
    }
    const visit = (this.counts.get(id) ?? 0) + 1;
    this.counts.set(id, visit);
    const control: Control = { step: id, visit, scopes, work: [], gone: false };
    this.open.add(control);
    const { skipped = 0 } = this.assumed(id);
    const [past] = skipTargets(step, this.office.compiled.steps);
    if (past !== undefined && skipped > 0 && this.draw(control, draws.skip) < skipped) {
      this.leave(control, past);
    } else {
      this.execute(step, control);
    }
  }

  private execute(step: Step, control: Control): void {
    const { clock, now } = this.office;
    switch (step.type) {
      case 'form':
      case 'task':
      case 'approval':
        this.workOn(step, control);
        break;
      case 'timer':
        this.pass(step, control, clock.due(now, step.wait, 1));
        break;
      case 'await':
      case 'sub-workflow':
        this.pass(step, control, clock.after(now, this.minutes(step, control, 0)));
        break;
      case 'parallel':
        this.split(step, control);
        break;
      case 'join':
        this.meet(step, control);
        break;
      case 'path-end':
        this.remove(control);
        break;
      case 'end':
        this.ending = step.outcome;
        this.endedAt = now;
        this.cancel(() => true);
        break;
      default:
        this.leave(control, this.chosen(step, control));
    }
  }

  /** Waits for something that nobody works on. */
  private pass(step: Step, control: Control, until: number): void {
    const visit = this.visited(control);
    visit.begunAt = visit.readyAt;
    this.arm(step, control);
    this.office.at(until, (at) => {
      if (control.gone) return;
      visit.doneAt = at;
      this.leave(control, this.chosen(step, control));
    });
  }

  private workOn(step: FormStep | ApprovalStep, control: Control): void {
    const { clock, now, input } = this.office;
    const visit = this.visited(control);
    const rule = step.due?.find(({ when }) => !when) ?? step.due?.at(-1);
    if (rule && !('on' in rule.due)) {
      visit.dueAt = clock.due(now, rule.due, input.calendar.dueFactor);
    }
    this.arm(step, control);
    const { roles, needed, ordered } = seatsOf(step, this.assumed(step.id));
    let done = 0;
    const give = (nth: number): void => {
      const role = roles[nth];
      if (role === undefined || control.gone) return;
      const work: Work = {
        ...{ role, minutes: this.minutes(step, control, nth), since: this.office.now },
        ...{ beganAt: null, dropped: false },
        begun: (at) => (visit.begunAt ??= at),
        done: (at) => {
          control.work.splice(control.work.indexOf(work), 1);
          done += 1;
          if (done < needed) {
            if (ordered) give(nth + 1);
            return;
          }
          visit.doneAt = at;
          this.leave(control, this.chosen(step, control));
        },
      };
      control.work.push(work);
      this.office.give(work);
    };
    for (let nth = 0; nth < (ordered ? 1 : roles.length); nth += 1) give(nth);
  }

  /** What may happen while the step waits. */
  private arm(step: Step, control: Control): void {
    const { clock, now } = this.office;
    const { signals = {} } = this.assumed(step.id);
    const boundaries = 'boundaries' in step ? (step.boundaries ?? []) : [];
    for (const [nth, boundary] of boundaries.entries()) {
      let at: number;
      if ('after' in boundary) {
        at = clock.due(now, boundary.after, 1);
      } else {
        const signal = Object.hasOwn(signals, boundary.id) ? signals[boundary.id] : undefined;
        if (!signal || this.draw(control, draws.signal, nth) >= signal.chance) continue;
        const { number, office } = this;
        const key = [control.visit, draws.signalAfter, nth] as const;
        at = clock.after(now, office.minutes(signal.after, number, step.id, ...key));
      }
      this.office.at(at, () => {
        if (control.gone) return;
        if (boundary.interrupts) this.leave(control, boundary.to);
        else this.beside(control, boundary);
      });
    }
  }

  private beside(control: Control, { id, to }: { readonly id: string; readonly to: StepId }): void {
    const entry = boundaryKey(keyOf(control), id);
    this.enter(to, [...control.scopes, { entry, block: null }]);
  }

  private split(step: ParallelStep, control: Control): void {
    const { branches = {} } = this.assumed(step.id);
    const started = step.branches.filter(({ id }, nth) => {
      const chance = Object.hasOwn(branches, id) ? (branches[id] ?? 1) : 1;
      return chance >= 1 || this.draw(control, draws.branch, nth) < chance;
    });
    const join = this.office.compiled.steps.get(step.join);
    if (started.length === 0 && join) {
      this.leave(control, this.chosen(join, control));
      return;
    }
    this.remove(control);
    const block: Block = { started: started.length };
    for (const { id, start } of started) {
      const entry = `${keyOf(control)}/${id}`;
      this.enter(start, [...control.scopes, { entry, block }]);
    }
  }

  private meet(step: JoinStep, control: Control): void {
    const at = control.scopes.findLastIndex(({ entry }) => isBranchOf(entry, step.closes));
    const block = control.scopes[at]?.block;
    if (!block) return;
    const isInBlock = ({ scopes }: Control): boolean => scopes[at]?.block === block;
    const arrived = [...this.open].filter((other) => other.step === step.id && isInBlock(other));
    const { enough } = step;
    const needed =
      enough && 'count' in enough ? Math.min(enough.count, block.started) : block.started;
    if (arrived.length < needed) return;
    const to = this.chosen(step, control);
    this.cancel(isInBlock);
    this.enter(to, control.scopes.slice(0, at));
  }

  /** Leaves a step for another; leaving a block ends what is open beside it. */
  private leave(control: Control, to: StepId): void {
    this.remove(control);
    const entries = entriesOf(control);
    const depth = depthAt(this.office.compiled, to, entries);
    const isBeside = besideIn(entries, depth);
    if (isBeside) this.cancel((other) => isBeside(entriesOf(other)));
    this.enter(to, control.scopes.slice(0, depth));
  }

  private chosen(step: Step, control: Control): StepId {
    const ways = weightsOf(step, this.assumed(step.id));
    const weights = ways.map(({ weight }) => weight);
    return ways[chosenOf(weights, this.draw(control, draws.way))]?.to ?? '';
  }

  private cancel(which: (control: Control) => boolean): void {
    for (const control of this.open) if (which(control)) this.remove(control);
  }

  private remove(control: Control): void {
    control.gone = true;
    this.open.delete(control);
    for (const work of control.work) this.office.drop(work);
  }

  private visited({ step }: Control): PlayedVisit {
    const readyAt = this.office.now;
    const visit = { step, readyAt, dueAt: null, begunAt: null, doneAt: null };
    this.visits.push(visit);
    return visit;
  }

  private assumed(id: StepId): StepAssumption {
    const { steps = {} } = this.office.input;
    return Object.hasOwn(steps, id) ? (steps[id] ?? {}) : {};
  }

  private draw({ step, visit }: Control, ...purpose: readonly number[]): number {
    return this.office.draw(this.number, step, visit, ...purpose);
  }

  private minutes(step: Step, { visit }: Control, nth: number): number {
    const spread = minutesFor(step, this.assumed(step.id), this.office.clock.dayLength);
    return this.office.minutes(spread, this.number, step.id, visit, draws.minutes, nth);
  }
}

function entriesOf({ scopes }: Control): readonly string[] {
  return scopes.map(({ entry }) => entry);
}
