import {
  WEBHOOK_CONTRACT,
  WEBHOOK_TEST,
  webhookEventSchema,
  type WebhookEvent,
} from '@plumbline/contracts';
import type { Happening } from './happenings.ts';
import { taskPlace, type NamedOrganisation, type Names } from './names.ts';

/** What a test event is about. */
export interface TestOf {
  readonly webhookId: string;
  readonly at: Date;
}

/** Where people find things: the product's address, and the part of it that is an organisation's. */
const pagesOf =
  (publicUrl: string, { kind, slug }: NamedOrganisation) =>
  (path: string): string =>
    `${publicUrl.replace(/\/$/, '')}/${kind === 'firm' ? 'f' : 'c'}/${slug}/${path}`;

const aboutOf = ({ id, slug, name }: NamedOrganisation) => ({
  version: WEBHOOK_CONTRACT,
  organisation: { id, slug, name },
});

/**
 * What is sent about a happening: ids, names of things and links, nobody's name. Null when what it is
 * about is gone.
 */
export function bodyOf(happening: Happening, names: Names, publicUrl: string): WebhookEvent | null {
  const data = dataOf(happening, names, pagesOf(publicUrl, names.organisation));
  if (data === null) return null;
  return webhookEventSchema.parse({
    type: happening.type,
    timestamp: happening.at.toISOString(),
    ...aboutOf(names.organisation),
    recordEntry: happening.entryId,
    data,
  });
}

/** What is sent to try an endpoint out. */
export function testBodyOf(
  { webhookId, at }: TestOf,
  organisation: NamedOrganisation,
  publicUrl: string,
): WebhookEvent {
  const url = pagesOf(publicUrl, organisation)(`webhooks/${webhookId}`);
  return webhookEventSchema.parse({
    type: WEBHOOK_TEST,
    timestamp: at.toISOString(),
    ...aboutOf(organisation),
    recordEntry: null,
    data: { webhook: { id: webhookId, url } },
  });
}

function dataOf(it: Happening, names: Names, at: (path: string) => string): object | null {
  switch (it.type) {
    case 'run.started':
      return runOf(it.runId, names, at);
    case 'run.ended': {
      const run = runOf(it.runId, names, at);
      return run && { ...run, status: it.status, outcome: it.outcome };
    }
    case 'task.opened':
    case 'task.closed': {
      const run = runOf(it.runId, names, at);
      const task = taskOf(names.taskIds.get(taskPlace(it.runId, it.taskKey)), names, at);
      return run && task && { task, ...run, ...(it.type === 'task.closed' && { why: it.why }) };
    }
    case 'decision.recorded': {
      const run = runOf(it.runId, names, at);
      const task = taskOf(it.taskId, names, at);
      const { decisionId: id, reference, outcome, capsule } = it;
      const decision = { id, reference, outcome, capsule, url: at(`decisions/${id}`) };
      return run && task && { decision, task, ...run };
    }
    case 'breach.found': {
      const monitor = names.monitors.get(it.monitorId);
      const aiSystem = monitor && aiSystemOf(monitor.aiSystemId, names, at);
      if (!monitor || !aiSystem) return null;
      const { metric, segment } = monitor;
      const url = at(`monitors/${it.monitorId}`);
      const { measurement } = it;
      return { monitor: { id: it.monitorId, metric, segment, url }, measurement, aiSystem };
    }
    case 'evidence-pack.made': {
      const about = names.packs.get(it.packId);
      if (about === undefined) return null;
      const { packId: id, reference, sha256, size } = it;
      const pack = { id, reference, sha256, size, url: at(`exports/${id}`) };
      return { pack, aiSystem: about === null ? null : aiSystemOf(about, names, at) };
    }
    case 'workflow.published': {
      const name = names.workflows.get(it.versionId);
      if (name === undefined) return null;
      const { key, version, hash } = it;
      const url = at(`workflows/${encodeURIComponent(key)}`);
      return { workflow: { key, name, version, hash, url } };
    }
  }
}

function runOf(id: string, names: Names, at: (path: string) => string) {
  const run = names.runs.get(id);
  const aiSystem = run && aiSystemOf(run.aiSystemId, names, at);
  if (!run || !aiSystem) return null;
  const { number, key, workflow, version } = run;
  const url = at(`runs/${id}`);
  return { run: { id, number, workflow: { key, name: workflow, version }, url }, aiSystem };
}

function taskOf(id: string | undefined, names: Names, at: (path: string) => string) {
  const task = id === undefined ? undefined : names.tasks.get(id);
  if (!task) return null;
  const { reference, title, type, role, dueAt } = task;
  return { id: task.id, reference, title, type, role, dueAt, url: at(`tasks/${task.id}`) };
}

function aiSystemOf(id: string, names: Names, at: (path: string) => string) {
  const system = names.aiSystems.get(id);
  return system ? { id, ...system, url: at(`ai-systems/${id}`) } : null;
}
