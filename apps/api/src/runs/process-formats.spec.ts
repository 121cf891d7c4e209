import { describe, expect, it } from '@jest/globals';
import type { Activity, ProcessRun } from './process-events.ts';
import { csvOf, ocelOf, xesOf } from './process-formats.ts';

const activity = (seq: number, change: Partial<Activity> = {}): Activity => ({
  ...{
    seq,
    activity: 'Do it',
    step: 'do',
    lifecycle: 'start',
    at: `2026-11-2${seq}T09:00:00.000Z`,
  },
  ...{ resource: null, outcome: null, ...change },
});
const run = (id: string, change: Partial<ProcessRun> = {}): ProcessRun => ({
  ...{ id, aiSystem: 'AIS-1', number: 1, workflow: 'WF-T', version: 2, status: 'ended' },
  ...{
    outcome: 'done',
    activities: [activity(1), activity(2, { lifecycle: 'complete' })],
    ...change,
  },
});
async function* all(...runs: ProcessRun[]): AsyncGenerator<ProcessRun> {
  yield* await Promise.resolve(runs);
}
const read = async (parts: AsyncIterable<string>): Promise<string> => {
  let whole = '';
  for await (const part of parts) whole += part;
  return whole;
};

describe('a process log', () => {
  it('is XES with a trace for each run, and nothing that breaks out of an attribute', async () => {
    const nasty = activity(1, {
      activity: 'A "quoted" <step> & more\u0000\u000b\n',
      resource: 'p-1',
    });
    const xes = await read(xesOf(all(run('r-1', { activities: [nasty] }), run('r-2'))));
    expect(xes.match(/<trace>/g)).toHaveLength(2);
    expect(xes).toContain(
      '<string key="concept:name" value="A &quot;quoted&quot; &lt;step&gt; &amp; more&#10;"/>',
    );
    expect(xes).toContain('<string key="org:resource" value="p-1"/>');
    expect(xes.trim().endsWith('</log>')).toBe(true);
    const open = xes.match(/<(?!\/|\?)[^>]*[^/]>/g) ?? [];
    const close = xes.match(/<\/[^>]*>/g) ?? [];
    expect(open).toHaveLength(close.length);
  });

  it('is OCEL whose events name only declared types and known objects', async () => {
    const runs = () => all(run('r-1'), run('r-2', { aiSystem: 'AIS-2' }), run('r-3'));
    const log = JSON.parse(await read(ocelOf(['Do it'], runs(), runs))) as {
      objectTypes: { name: string }[];
      eventTypes: { name: string }[];
      objects: { id: string; type: string; relationships: { objectId: string }[] }[];
      events: { id: string; type: string; relationships: { objectId: string }[] }[];
    };
    const ids = log.objects.map(({ id }) => id);
    expect(ids).toEqual(['AIS-1', 'r-1', 'AIS-2', 'r-2', 'r-3']);
    expect(log.events).toHaveLength(6);
    expect(new Set(log.events.map(({ id }) => id)).size).toBe(6);
    const types = log.eventTypes.map(({ name }) => name);
    for (const { type, relationships } of log.events) {
      expect(types).toContain(type);
      for (const { objectId } of relationships) expect(ids).toContain(objectId);
    }
  });

  it.each([
    ['of nothing', []],
    ['of a run without activities', [run('r-1', { activities: [] })]],
  ])('%s is still whole', async (_, runs) => {
    expect(() => JSON.parse('[]') as unknown).not.toThrow();
    const ocel = await read(ocelOf([], all(...runs), () => all(...runs)));
    expect(JSON.parse(ocel)).toMatchObject({ events: [] });
    expect(await read(xesOf(all(...runs)))).toContain('</log>');
  });

  it('is CSV with a line for each event, and no formula in it', async () => {
    const risky = activity(1, { activity: '=HYPERLINK("x")' });
    const csv = await read(csvOf(all(run('r-1', { activities: [risky, activity(2)] }))));
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^r-1,"'=HYPERLINK\(""x""\)",start,2026-11-21T09:00:00\.000Z,/);
    expect(lines[2]).toBe('r-1,Do it,start,2026-11-22T09:00:00.000Z,,do,,WF-T,2,AIS-1,done');
  });
});
