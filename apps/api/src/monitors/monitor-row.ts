import type { Measurement, Monitor } from '@plumbline/contracts';
import { metricCatalogue } from '@plumbline/frameworks';
import sql from 'sql-template-tag';

/** A monitor as it is read. */
export interface MonitorRow {
  id: string;
  ai_system_id: string;
  metric: string;
  segment: string;
  direction: Monitor['direction'];
  warning: number | null;
  breach: number;
  minimum_sample: number | null;
  every: Monitor['every'];
  owner_id: string | null;
  owner_name: string | null;
  state: Monitor['state'];
  last_at: Date | null;
  next_due_on: string;
  version: number;
}

/** The columns of a monitor, from `app.monitor m` and its owner. */
export const MONITOR_COLUMNS = sql`
  m.id, m.ai_system_id, m.metric, m.segment, m.direction, m.warning, m.breach, m.minimum_sample,
  m.every, m.owner_id, p.name as owner_name, m.state, m.last_at, m.next_due_on::text as next_due_on,
  m.version
  from app.monitor m left join app.person p on p.id = m.owner_id`;

/** What a metric is called: its name in the catalogue, else its key. */
export const metricName = (key: string): string =>
  metricCatalogue.find((metric) => metric.key === key)?.name ?? key;

/** A monitor as the contract says. */
export function toMonitor(row: MonitorRow): Monitor {
  const owner =
    row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? 'Someone' };
  const name = metricName(row.metric);
  return {
    id: row.id,
    aiSystemId: row.ai_system_id,
    metric: row.metric,
    name: row.segment === '' ? name : `${name}: ${row.segment}`,
    unit: metricCatalogue.find(({ key }) => key === row.metric)?.unit ?? '',
    direction: row.direction,
    warning: row.warning,
    breach: row.breach,
    minimumSample: row.minimum_sample,
    every: row.every,
    owner,
    state: row.state,
    rule: ruleInWords(row),
    lastAt: row.last_at?.toISOString() ?? null,
    nextDueOn: row.next_due_on,
    version: row.version,
  };
}

function ruleInWords({ direction, breach, every, owner_name }: MonitorRow): string {
  const bound = direction === 'at-least' ? 'At least' : 'At most';
  const owner = owner_name === null ? 'nobody owns it yet' : `owned by ${owner_name}`;
  return `${bound} ${breach}, read every ${every}, ${owner}.`;
}

/** A measurement as it is read. */
export interface MeasurementRow {
  id: string;
  window_from: string;
  window_to: string;
  value: number;
  sample: number | null;
  state: Measurement['state'];
  note: string;
  person_id: string | null;
  person_name: string | null;
  at: Date;
}

/** A measurement as the contract says. */
export const toMeasurement = (row: MeasurementRow): Measurement => ({
  id: row.id,
  windowFrom: row.window_from,
  windowTo: row.window_to,
  value: row.value,
  sample: row.sample,
  state: row.state,
  note: row.note,
  by: row.person_id === null ? null : { id: row.person_id, name: row.person_name ?? 'Someone' },
  at: row.at.toISOString(),
});
