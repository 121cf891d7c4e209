import { safeCell } from '../imports/index.ts';
import type { Activity, ProcessRun } from './process-events.ts';

/** A log as IEEE XES (1849-2016): one trace for each run. */
export async function* xesOf(runs: AsyncIterable<ProcessRun>): AsyncGenerator<string> {
  yield XES_HEAD;
  for await (const run of runs) {
    const about = [
      ...[text('concept:name', run.id), text('workflow', run.workflow)],
      `<int key="version" value="${run.version}"/>`,
      ...[text('aiSystem', run.aiSystem), text('status', run.status)],
      ...(run.outcome === null ? [] : [text('outcome', run.outcome)]),
    ];
    yield `<trace>${about.join('')}${run.activities.map(xesEvent).join('')}</trace>\n`;
  }
  yield '</log>\n';
}

const XES_HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<classifier name="Activity" keys="concept:name"/>
<string key="lifecycle:model" value="standard"/>
`;

function xesEvent({ activity, step, lifecycle, at, resource, outcome }: Activity): string {
  const parts = [
    ...[text('concept:name', activity), text('lifecycle:transition', lifecycle)],
    `<date key="time:timestamp" value="${xml(at)}"/>`,
    ...[text('step', step)],
    ...(resource === null ? [] : [text('org:resource', resource)]),
    ...(outcome === null ? [] : [text('outcome', outcome)]),
  ];
  return `<event>${parts.join('')}</event>`;
}

const text = (key: string, value: string): string => `<string key="${key}" value="${xml(value)}"/>`;

/** As the value of an attribute; characters that XML cannot hold at all are left out. */
const xml = (value: string): string =>
  Array.from(value)
    .filter((character) => isXml(character.codePointAt(0) ?? 0))
    .map((character) => ESCAPED[character] ?? character)
    .join('');

const ESCAPED: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
  ...{ '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' },
};

/** https://www.w3.org/TR/xml/#charsets */
const isXml = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  code >= 0x1_0000;

/**
 * A log as OCEL 2.0 (JSON): runs and AI systems are the objects. `again` reads the same runs a second
 * time, since objects stand before events.
 */
export async function* ocelOf(
  activityNames: readonly string[],
  runs: AsyncIterable<ProcessRun>,
  again: () => AsyncIterable<ProcessRun>,
): AsyncGenerator<string> {
  const eventTypes = activityNames.map((name) => ({ name, attributes: OCEL_EVENT }));
  yield `{"objectTypes":${JSON.stringify(OCEL_OBJECTS)},"eventTypes":${JSON.stringify(eventTypes)},"objects":[`;
  const systems = new Set<string>();
  let separator = '';
  for await (const run of runs) {
    const objects = [
      ...(systems.has(run.aiSystem) ? [] : [{ id: run.aiSystem, type: 'ai-system', ...NOTHING }]),
      ocelRun(run),
    ];
    systems.add(run.aiSystem);
    yield objects.map((object) => `${separatedBy()}${JSON.stringify(object)}`).join('');
  }
  yield '],"events":[';
  separator = '';
  for await (const run of again()) {
    // A run that began between the two readings is in the next file.
    yield run.activities
      .map((each) => `${separatedBy()}${JSON.stringify(ocelEvent(run, each))}`)
      .join('');
  }
  yield ']}\n';

  function separatedBy(): string {
    const now = separator;
    separator = ',\n';
    return now;
  }
}

const NOTHING = { attributes: [], relationships: [] };
const asText = (name: string) => ({ name, type: 'string' });
const OCEL_EVENT = [asText('lifecycle'), asText('step'), asText('resource'), asText('outcome')];
const OCEL_OBJECTS = [
  { name: 'ai-system', attributes: [] },
  {
    name: 'run',
    attributes: [
      ...[asText('workflow'), { name: 'version', type: 'integer' }],
      ...[asText('status'), asText('outcome')],
    ],
  },
];

function ocelRun(run: ProcessRun) {
  const time = run.activities[0]?.at ?? '1970-01-01T00:00:00.000Z';
  const attributes = { workflow: run.workflow, version: run.version, status: run.status };
  return {
    ...{ id: run.id, type: 'run' },
    attributes: Object.entries({ ...attributes, outcome: run.outcome ?? '' }).map(
      ([name, value]) => ({ name, time, value }),
    ),
    relationships: [{ objectId: run.aiSystem, qualifier: 'about' }],
  };
}

function ocelEvent(run: ProcessRun, { seq, activity, at, ...rest }: Activity) {
  const { lifecycle, step, resource, outcome } = rest;
  const attributes = { lifecycle, step, resource: resource ?? '', outcome: outcome ?? '' };
  return {
    ...{ id: `${run.id}-${seq}`, type: activity, time: at },
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
    relationships: [
      { objectId: run.id, qualifier: 'run' },
      { objectId: run.aiSystem, qualifier: 'about' },
    ],
  };
}

const COLUMNS = [
  ...['case_id', 'activity', 'lifecycle', 'timestamp', 'resource', 'step', 'outcome'],
  ...['workflow', 'version', 'ai_system', 'case_outcome'],
];

/** A log as CSV: one line for each event. */
export async function* csvOf(runs: AsyncIterable<ProcessRun>): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for await (const run of runs) {
    const about = [run.workflow, String(run.version), run.aiSystem, run.outcome ?? ''];
    yield run.activities
      .map(({ activity, lifecycle, at, resource, step, outcome }) =>
        [run.id, activity, lifecycle, at, resource ?? '', step, outcome ?? '', ...about]
          .map(safeCell)
          .join(','),
      )
      .map((line) => `${line}\r\n`)
      .join('');
  }
}
