import type { StepId, WorkflowDefinition } from '../definition/definition.ts';
import type { Forecast, ForecastInput, Quantiles, RoleForecast, StepForecast } from './forecast.ts';
import type { Office } from './forecast-office.ts';
import type { PlayedVisit } from './forecast-run.ts';

const hour = 3_600_000;

/** What all repeats of a forecast say together. */
export function resultsOf(
  definition: WorkflowDefinition,
  input: ForecastInput,
  offices: readonly Office[],
): Forecast {
  const runs = offices.flatMap((office) => office.runs.map((run) => ({ office, run })));
  const [hours, minutes] = [[] as number[], [] as number[]];
  const endings = new Map<string, number>();
  for (const { office, run } of runs) {
    if (run.endedAt === null || run.ending === null) continue;
    hours.push((run.endedAt - run.beganAt) / hour);
    minutes.push(worked(office, run.beganAt, run.endedAt));
    endings.set(run.ending, (endings.get(run.ending) ?? 0) + 1);
  }
  const dated = runs.map(({ run }) => run.visits.filter(({ dueAt }) => dueAt !== null));
  const late = dated.flat().filter(isLate).length;
  const roles = rolesOf(offices);
  const waits = roles.map(({ waiting, role }) => ({
    role,
    total: waiting * begunBy(offices, role),
  }));
  const worst = waits.reduce((most, one) => (one.total > most.total ? one : most), {
    ...{ role: '', total: 0 },
  });
  return {
    runs: runs.length,
    finished: hours.length,
    endings: Object.fromEntries([...endings].map(([key, count]) => [key, count / hours.length])),
    hours: quantiles(hours),
    workingMinutes: quantiles(minutes),
    pastDue: {
      work: dated.flat().length === 0 ? null : late / dated.flat().length,
      runs: dated.filter((visits) => visits.some(isLate)).length / Math.max(1, runs.length),
    },
    steps: stepsOf(definition, input.runs * (input.repeats ?? 1), offices),
    roles,
    bottleneck: worst.total > 0 ? worst.role : null,
  };
}

/** Work that was done after its time; what was given up before is not counted as late. */
function isLate({ dueAt, doneAt }: PlayedVisit): boolean {
  return dueAt !== null && doneAt !== null && doneAt > dueAt;
}

function worked({ clock }: Office, from: number, to: number): number {
  return clock.workAt(to) - clock.workAt(from);
}

interface Figures {
  visits: number;
  readonly waiting: number[];
  readonly working: number[];
  dated: number;
  late: number;
}

function stepsOf(
  definition: WorkflowDefinition,
  runs: number,
  offices: readonly Office[],
): readonly StepForecast[] {
  const steps = new Map<StepId, Figures>();
  for (const office of offices) {
    for (const visit of office.runs.flatMap(({ visits }) => visits)) {
      let figures = steps.get(visit.step);
      if (!figures) {
        figures = { visits: 0, waiting: [], working: [], dated: 0, late: 0 };
        steps.set(visit.step, figures);
      }
      figures.visits += 1;
      if (visit.dueAt !== null) figures.dated += 1;
      if (isLate(visit)) figures.late += 1;
      if (visit.begunAt === null) continue;
      figures.waiting.push(worked(office, visit.readyAt, visit.begunAt));
      if (visit.doneAt !== null) figures.working.push(worked(office, visit.begunAt, visit.doneAt));
    }
  }
  return definition.steps.flatMap(({ id }) => {
    const figures = steps.get(id);
    if (!figures) return [];
    return {
      step: id,
      visits: figures.visits / runs,
      waiting: quantiles(figures.waiting),
      working: quantiles(figures.working),
      pastDue: figures.dated === 0 ? null : figures.late / figures.dated,
    };
  });
}

function rolesOf(offices: readonly Office[]): readonly RoleForecast[] {
  const roles = [...new Set(offices.flatMap(({ desks }) => [...desks.keys()]))];
  return roles.map((role) => {
    const desks = offices.flatMap((office) => {
      const desk = office.desks.get(role);
      return desk ? [{ desk, work: office.clock.workAt(office.now), office }] : [];
    });
    const sum = (of: (one: (typeof desks)[number]) => number): number =>
      desks.reduce((total, one) => total + of(one), 0);
    const time = sum(({ work }) => work);
    const area = sum(({ desk }) => desk.areas.reduce((total, part) => total + (part || 0), 0));
    const days = Math.max(0, ...desks.map(({ desk }) => desk.areas.length));
    return {
      role,
      used: ratio(
        sum(({ desk }) => desk.used),
        sum(({ desk, work }) => work * desk.capacity.people * desk.capacity.share),
      ),
      waiting: ratio(
        sum(({ desk }) => desk.waited),
        sum(({ desk }) => desk.begun),
      ),
      queue: ratio(area, time),
      longestQueue: Math.max(0, ...desks.map(({ desk }) => desk.longest)),
      queueByDay: Array.from({ length: days }, (_, day) =>
        ratio(
          sum(({ desk }) => desk.areas[day] ?? 0),
          sum(({ office, work }) => lengthOfDay(office, day, work)),
        ),
      ),
    };
  });
}

/** Working minutes of a day that an office was still at work. */
function lengthOfDay({ clock }: Office, day: number, work: number): number {
  return Math.max(0, Math.min(clock.dayLength, work - day * clock.dayLength));
}

function begunBy(offices: readonly Office[], role: string): number {
  return offices.reduce((sum, { desks }) => sum + (desks.get(role)?.begun ?? 0), 0);
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

function quantiles(figures: readonly number[]): Quantiles {
  const sorted = Float64Array.from(figures).sort();
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
    return low + (high - low) * (place - Math.floor(place));
  };
  const mean = sorted.reduce((sum, one) => sum + one, 0) / Math.max(1, sorted.length);
  return { mean, p10: at(0.1), p50: at(0.5), p80: at(0.8), p95: at(0.95), max: at(1) };
}
