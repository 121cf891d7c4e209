import { deadline } from '../time/calendar.ts';
import type { Step } from '../definition/definition.ts';
import { forecast, type ForecastInput, type Quantiles } from './forecast.ts';
import { Luck, minutesOf, type Spread } from './forecast-luck.ts';
import { language } from '../testing/language.data.ts';
import { aDefinition, approval, calendar, end, parallel, task } from '../testing/samples.data.ts';
import { WorkingClock } from '../time/working-clock.ts';

const start = '2026-11-24T10:00:00.000Z';
const exactly = (minutes: number): Spread => ({ min: minutes, likely: minutes, max: minutes });
const always = { ...calendar, workingDays: [1, 2, 3, 4, 5, 6, 7], holidays: [] };
/** Work at all hours, so that working time is plain time. */
const roundTheClock = { ...always, startHour: 0, endHour: 24, timeZone: 'UTC' };

const oneStep = aDefinition('a', [task('a', 'done'), end('done')]);

function input(change: Partial<ForecastInput> = {}): ForecastInput {
  return {
    ...{ seed: 1, start, calendar, runs: 10, arrivals: { pattern: 'together' } },
    ...change,
  };
}

const same = (value: number): Quantiles => ({
  ...{ mean: value, p10: value, p50: value, p80: value, p95: value, max: value },
});

describe('a forecast', () => {
  it('of steps one after another is their sum, when nobody has to wait', () => {
    const chain = aDefinition('a', [
      task('a', 'b'),
      task('b', 'c'),
      task('c', 'done'),
      end('done'),
    ]);
    const steps = { a: { minutes: exactly(30) }, b: { minutes: exactly(45) } };
    const result = forecast(
      chain,
      input({
        runs: 5,
        arrivals: { pattern: 'even', perDay: 1 },
        steps: { ...steps, c: { minutes: exactly(25) } },
      }),
    );
    expect(result.workingMinutes).toEqual(same(100));
    expect(result).toMatchObject({ finished: 5, endings: { done: 1 }, bottleneck: null });
    expect(result.steps.map(({ step, working }) => [step, working.mean])).toEqual([
      ['a', 30],
      ['b', 45],
      ['c', 25],
    ]);
  });

  it('of work that arrives together is done one after the other', () => {
    // Waits of 0, 1, 2 … hours: half a working day of 8 hours on average.
    const result = forecast(oneStep, input({ runs: 9, steps: { a: { minutes: exactly(60) } } }));
    expect(result.workingMinutes).toMatchObject({ mean: 300, p50: 300, max: 540 });
    expect(result.roles).toMatchObject([{ used: 1, waiting: 240, longestQueue: 8, queue: 4 }]);
    expect(result.bottleneck).toBe('client.staff');
    // The first seven until the evening of the first day, the last two in the next morning.
    expect(result.hours.max).toBe(25);
  });

  it.each([
    [2, 1, 150],
    [3, 1, 120],
    [1, 0.5, 600],
  ])('takes people and their share of time into account (%d × %d)', (people, share, mean) => {
    const roles = { 'client.staff': { people, share } };
    const steps = { a: { minutes: exactly(60) } };
    const result = forecast(oneStep, input({ runs: 9, roles, steps }));
    expect(result.workingMinutes.mean).toBeCloseTo(people === 2 ? 1500 / 9 : mean, 6);
    expect(result.roles[0]?.used).toBeCloseTo(people === 2 ? 0.9 : 1, 6);
  });

  it.each([0.5, 0.8])('waits as queueing theory says: M/D/1, busy %d of the time', (busy) => {
    const result = forecast(
      oneStep,
      input({
        ...{ runs: 2_500, repeats: 10, calendar: roundTheClock },
        arrivals: { pattern: 'random', perDay: busy * 24 },
        steps: { a: { minutes: exactly(60) } },
      }),
    );
    const waiting = (60 * busy) / (2 * (1 - busy));
    expect(result.roles[0]?.used).toBeCloseTo(busy, 1);
    expect(Math.abs(result.steps[0]!.waiting.mean / waiting - 1)).toBeLessThan(0.06);
    // Little's law: as many wait as arrive in the time of a wait.
    const queue = (result.steps[0]!.waiting.mean * busy) / 60;
    expect(Math.abs(result.roles[0]!.queue / queue - 1)).toBeLessThan(0.02);
  });

  it('waits as queueing theory says with two people: M/D/2 is near half of M/M/2', () => {
    const busy = 0.8;
    const result = forecast(
      oneStep,
      input({
        ...{ runs: 2_500, repeats: 10, calendar: roundTheClock },
        arrivals: { pattern: 'random', perDay: 2 * busy * 24 },
        roles: { 'client.staff': { people: 2 } },
        steps: { a: { minutes: exactly(60) } },
      }),
    );
    const exponential = (60 * busy ** 2) / (1 - busy ** 2);
    expect(Math.abs(result.steps[0]!.waiting.mean / (exponential / 2) - 1)).toBeLessThan(0.1);
  });

  it('is the same for the same seed and another for another', () => {
    const played = (seed: number) =>
      forecast(approval, input({ seed, runs: 40, arrivals: { pattern: 'random', perDay: 3 } }));
    expect(played(7)).toEqual(played(7));
    expect(played(7).hours).not.toEqual(played(8).hours);
  });

  it('has the same luck in all else when one assumption changes', () => {
    const played = (people: number) =>
      forecast(approval, input({ runs: 40, roles: { 'client.staff': { people } } }));
    const [one, two] = [played(1), played(2)];
    expect(two.endings).toEqual(one.endings);
    expect(two.steps.map(({ working }) => working.mean)).toEqual(
      one.steps.map(({ working }) => expect.closeTo(working.mean, 6)),
    );
    expect(two.hours.mean).toBeLessThan(one.hours.mean);
  });

  it('takes outcomes by their chance and repeats what is sent back', () => {
    const ways = { changes: 1, approve: 1 };
    const result = forecast(approval, input({ runs: 2_000, steps: { decide: { ways } } }));
    const visits = Object.fromEntries(result.steps.map(({ step, visits }) => [step, visits]));
    // Sent back every second time: twice in all, on average.
    expect(visits['describe']).toBeCloseTo(2, 0);
    expect(result.endings).toEqual({ approved: 1 });
  });

  it('tells what is late, against the deadlines of the definition', () => {
    const due = (amount: number) =>
      aDefinition('a', [
        task('a', 'done', { due: [{ due: { amount, unit: 'business-hours' } }] }),
        end('done'),
      ]);
    const played = (amount: number) =>
      forecast(due(amount), input({ runs: 8, steps: { a: { minutes: exactly(60) } } })).pastDue;
    expect(played(4)).toEqual({ work: 0.5, runs: 0.5 });
    expect(played(8)).toEqual({ work: 0, runs: 0 });
    expect(forecast(oneStep, input()).pastDue).toEqual({ work: null, runs: 0 });
  });

  it('of branches is as long as the longest; what is skipped takes no time', () => {
    const steps = {
      ...{ prepare: { minutes: exactly(60) }, risk: { minutes: exactly(30), skipped: 0 } },
      ...{ called: { minutes: exactly(600) }, privacy: { minutes: exactly(20), ways: { yes: 1 } } },
    };
    const result = forecast(parallel, input({ runs: 1, calendar: roundTheClock, steps }));
    expect(result.workingMinutes.mean).toBe(60 + 3 * 24 * 60 + 600);
    const short = { ...steps, called: { ...steps.called, skipped: 1 }, wait: { skipped: 1 } };
    const quick = forecast(parallel, input({ runs: 1, calendar: roundTheClock, steps: short }));
    expect(quick.workingMinutes.mean).toBe(60 + 30);
  });

  it('ends what is open beside when a block is left', () => {
    const steps = { risk: { minutes: exactly(9_000) }, privacy: { ways: { no: 1 } } };
    const result = forecast(parallel, input({ runs: 3, steps }));
    expect(result.endings).toEqual({ rejected: 1 });
    expect(result.steps.find(({ step }) => step === 'risk')?.working.mean).toBe(0);
  });

  it('plays every construct of the language to an end', () => {
    const result = forecast(language, input({ runs: 300, repeats: 2 }));
    expect(result.finished).toBe(600);
    expect(Object.keys(result.endings).sort()).toEqual(['done', 'stopped']);
  });

  it('plays side paths beside a step, and the way of a boundary that interrupts it', () => {
    const late = { amount: 1, unit: 'calendar-days' } as const;
    const bounded = (interrupts: boolean, to: string) =>
      aDefinition('a', [
        task('a', 'done', {
          boundaries: [{ id: 'late', label: 'Late', interrupts, to, after: late }],
        }),
        task('nudge', 'nudged', { role: 'client.approver' }),
        { type: 'path-end', id: 'nudged', stage: 'main', name: 'Nudged' },
        ...[end('done'), end('lost')],
      ]);
    const steps = { a: { minutes: exactly(960) }, nudge: { minutes: exactly(10) } };
    const beside = forecast(bounded(false, 'nudge'), input({ runs: 1, steps }));
    expect(beside.endings).toEqual({ done: 1 });
    expect(beside.steps.find(({ step }) => step === 'nudge')?.working.mean).toBe(10);
    const lost = forecast(bounded(true, 'lost'), input({ runs: 1, steps }));
    expect([lost.endings, lost.hours.mean]).toEqual([{ lost: 1 }, 24]);
    expect(lost.roles[0]?.used).toBeCloseTo(1, 6);
  });

  it('goes on from a join when so many branches are enough', () => {
    const enough = {
      ...parallel,
      steps: parallel.steps.map((step) =>
        step.id === 'join' ? ({ ...step, enough: { count: 1 } } as Step) : step,
      ),
    };
    const steps = { prepare: { minutes: exactly(60) }, risk: { minutes: exactly(30) } };
    const result = forecast(enough, input({ runs: 1, steps }));
    expect(result.workingMinutes.mean).toBe(90);
    expect(result.steps.map(({ step }) => step)).not.toContain('called');
  });

  it('gives up a run that goes round, and says so', () => {
    const round = aDefinition('a', [
      task('a', 'b'),
      { ...task('b', 'a'), next: [{ to: 'a' }, { to: 'done' }] } as Step,
      end('done'),
    ]);
    const steps = { b: { ways: { a: 1 } } };
    expect(forecast(round, input({ runs: 2, steps }))).toMatchObject({ runs: 2, finished: 0 });
  });

  it.each<[string, Partial<ForecastInput>]>([
    ['without runs', { runs: 0 }],
    ['with too many runs', { runs: 2_000_000 }],
    ['with a broken seed', { seed: 0.5 }],
    ['without a start', { start: 'tomorrow' }],
    ['with nobody', { roles: { 'client.staff': { people: 0 } } }],
    ['with too much time', { roles: { 'client.staff': { people: 1, share: 2 } } }],
    ['with no arrivals', { arrivals: { pattern: 'even', perDay: 0 } }],
    ['with chances above one', { steps: { a: { skipped: 1.5 } } }],
    ['with less than no time', { steps: { a: { minutes: { min: -1, likely: 0, max: 1 } } } }],
    ['with a crowd', { steps: { a: { people: 101 } } }],
  ])('is refused %s', (_, change) => {
    expect(() => forecast(oneStep, input(change))).toThrow(RangeError);
  });
});

describe('a spread', () => {
  const luck = new Luck(3);
  const drawn = (spread: Spread): readonly number[] =>
    Array.from({ length: 20_000 }, (_, nth) =>
      minutesOf(spread, luck.draw(nth, 0), luck.draw(nth, 1)),
    );
  const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;

  it('of a triangle has its mean and its limits', () => {
    const all = drawn({ min: 10, likely: 20, max: 60 });
    expect(mean(all)).toBeCloseTo(30, 0);
    expect([Math.min(...all) >= 10, Math.max(...all) <= 60]).toEqual([true, true]);
  });

  it('of a lognormal shape exceeds its most once in twenty', () => {
    const all = drawn({ min: 10, likely: 20, max: 60, shape: 'lognormal' });
    expect(all.filter((one) => one > 60).length / all.length).toBeCloseTo(0.05, 2);
    expect(Math.min(...all)).toBeGreaterThan(10);
  });
});

describe('the working clock', () => {
  const clock = new WorkingClock(start, { ...calendar, halfDays: ['2026-12-24'] });
  const instants = Array.from({ length: 60 }, (_, nth) => Date.parse(start) + nth * 17 * 3_600_000);

  it.each([
    ['business-days', 0],
    ['business-days', 3],
    ['business-hours', 5],
    ['calendar-days', 2],
  ] as const)('says what deadlines say (%s, %d)', (unit, amount) => {
    for (const from of instants) {
      const due = { amount: unit === 'business-hours' && from % 2 ? amount + 0.5 : amount, unit };
      const said = new Date(clock.due(from, due, 1)).toISOString();
      const iso = new Date(from).toISOString();
      expect([iso, said]).toEqual([
        iso,
        deadline(iso, due, { ...calendar, halfDays: ['2026-12-24'] }, 1),
      ]);
    }
  });

  it('counts working time both ways', () => {
    for (const work of [0.5, 420, 421, 900, 5_000]) {
      expect(clock.workAt(clock.instantAt(work))).toBeCloseTo(work, 6);
    }
    expect(clock.workAt(Date.parse('2026-11-25T09:00:00Z'))).toBe(420);
  });
});
