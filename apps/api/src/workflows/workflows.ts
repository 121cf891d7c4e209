import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonicalJson } from '@plumbline/evidence';
import { standardLibrary } from '@plumbline/frameworks';
import { validateDefinition, type WorkflowDefinition } from '@plumbline/workflow-engine';
import sql, { type Sql } from 'sql-template-tag';
import type { Tx } from '../platform/database/tenant-database.ts';
import { newId } from '../platform/ids.ts';
import { NotFound } from '../platform/problems.ts';
import { recordEvents } from '../platform/record/record-writer.ts';
import type { OrganisationScope } from '../platform/request-context.ts';
import type { FirmOrigin } from './workflow-row.ts';

/** A scope that names its organisation. */
export type InOrganisation = OrganisationScope & { readonly organisationId: string };

/** A published version, ready to run. */
export interface PublishedVersion {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly hash: string;
  readonly definition: WorkflowDefinition;
}

/** What a version carries besides its definition. */
export interface Beside {
  readonly layout?: Readonly<Record<string, unknown>>;
  readonly note?: string;
  /** The firm and its version that it was taken over from. */
  readonly origin?: FirmOrigin | null;
}

/** `sha256:` and the hash of a definition's canonical bytes: the same content, the same hash. */
export const hashOf = (definition: WorkflowDefinition): string =>
  `sha256:${createHash('sha256').update(canonicalJson(definition)).digest('hex')}`;

/** Published workflow versions of each organisation. They are added to and never changed. */
@Injectable()
export class Workflows {
  /** By content hash: a version never changes, so what was read once holds for ever. */
  private readonly definitions = new Map<string, WorkflowDefinition>();

  /** What can be run now: the newest version of each workflow that takes new runs. */
  async library(tx: Tx, ctx: InOrganisation): Promise<WorkflowDefinition[]> {
    await this.installLibrary(tx, ctx);
    const rows = await tx.query<{ id: string; hash: string }>(sql`
      select distinct on (v.key) v.id, v.hash from app.workflow_version v
      where v.organisation_id = ${ctx.organisationId} and ${TAKES_RUNS}
      order by v.key, v.version desc`);
    const definitions: WorkflowDefinition[] = [];
    for (const row of rows) definitions.push(await this.definitionOf(tx, ctx, row));
    return definitions;
  }

  /** The version that a new run of this workflow is pinned to: the newest that is not retired. */
  async latest(tx: Tx, ctx: InOrganisation, key: string): Promise<PublishedVersion> {
    const found = await this.find(tx, ctx, key);
    if (found) return found;
    await this.installLibrary(tx, ctx);
    const installed = await this.find(tx, ctx, key);
    if (!installed) throw new NotFound();
    return installed;
  }

  /** One version by its number, also a retired one; NotFound when there is none. */
  async versionOf(
    tx: Tx,
    ctx: InOrganisation,
    key: string,
    version: number,
  ): Promise<PublishedVersion> {
    const row = await tx.one<{ id: string; hash: string }>(sql`
      select id, hash from app.workflow_version
      where organisation_id = ${ctx.organisationId} and key = ${key} and version = ${version}`);
    return { ...row, key, version, definition: await this.definitionOf(tx, ctx, row) };
  }

  /** The definition of a version that a run is pinned to. */
  async definitionOf(
    tx: Tx,
    ctx: InOrganisation,
    version: { readonly id: string; readonly hash: string },
  ): Promise<WorkflowDefinition> {
    const known = this.definitions.get(version.hash);
    if (known) return known;
    const { definition } = await tx.one<{ definition: WorkflowDefinition }>(sql`
      select definition from app.workflow_version
      where organisation_id = ${ctx.organisationId} and id = ${version.id}`);
    this.definitions.set(version.hash, definition);
    return definition;
  }

  /** Publishes a definition as the next version of its key. An unsound one is never published. */
  async publish(
    tx: Tx,
    ctx: InOrganisation,
    definition: WorkflowDefinition,
    beside: Beside = {},
  ): Promise<PublishedVersion> {
    const { last } = await tx.one<{ last: number }>(sql`
      select coalesce(max(version), 0) as last from app.workflow_version
      where organisation_id = ${ctx.organisationId} and key = ${definition.key}`);
    const [added] = await this.add(tx, ctx, [definition], last + 1, beside);
    // Somebody published the same number meanwhile; the primary key made this one wait and lose.
    if (!added) return this.publish(tx, ctx, definition, beside);
    return added;
  }

  /** The same, or null when no version takes new runs. Installs nothing. */
  async find(tx: Tx, ctx: InOrganisation, key: string): Promise<PublishedVersion | null> {
    const [row] = await tx.prepared<{ id: string; version: number; hash: string }>(
      'workflow-latest',
      sql`select v.id, v.version, v.hash from app.workflow_version v
          where v.organisation_id = ${ctx.organisationId} and v.key = ${key} and ${TAKES_RUNS}
          order by v.version desc limit 1`,
    );
    return row ? { ...row, key, definition: await this.definitionOf(tx, ctx, row) } : null;
  }

  /**
   * Adds the workflows of the standard library that the organisation does not have yet. It is the
   * product that publishes them, whoever happens to look first.
   */
  async installLibrary(tx: Tx, ctx: InOrganisation): Promise<void> {
    const known = await tx.query<{ key: string }>(sql`
      select distinct key from app.workflow_version where organisation_id = ${ctx.organisationId}`);
    const has = new Set(known.map(({ key }) => key));
    await this.add(
      tx,
      { organisationId: ctx.organisationId, personId: null },
      standardLibrary.filter(({ key }) => !has.has(key)),
      1,
    );
  }

  private async add(
    tx: Tx,
    ctx: InOrganisation,
    definitions: readonly WorkflowDefinition[],
    version: number,
    { layout = {}, note = '', origin = null }: Beside = {},
  ): Promise<PublishedVersion[]> {
    const added: PublishedVersion[] = [];
    for (const definition of definitions) {
      requireSound(definition);
      const id = newId();
      const hash = hashOf(definition);
      const inserted = await tx.execute(sql`
        insert into app.workflow_version
          (organisation_id, id, key, version, name, purpose, definition, hash, published_by,
           layout, note, origin)
        values (${ctx.organisationId}, ${id}, ${definition.key}, ${version}, ${definition.name},
                ${definition.purpose}, ${JSON.stringify(definition)}::jsonb, ${hash}, ${ctx.personId},
                ${JSON.stringify(layout)}::jsonb, ${note}, ${origin && JSON.stringify(origin)}::jsonb)
        on conflict (organisation_id, key, version) do nothing`);
      if (inserted === 1) added.push({ id, key: definition.key, version, hash, definition });
    }
    await recordEvents(
      tx,
      ctx,
      added.map(({ id, key, hash }) => ({
        action: 'workflow.published',
        entity: 'workflow-version',
        entityId: id,
        payload: { key, version, hash, ...(note && { note }), ...(origin && { origin }) },
      })),
    );
    return added;
  }
}

const sound = new WeakSet<WorkflowDefinition>();

/** Stops on a definition that could get stuck or names what is not there. */
function requireSound(definition: WorkflowDefinition): void {
  if (sound.has(definition)) return;
  // Warnings are for authors: they keep nothing from being published.
  const problems = validateDefinition(definition).filter(({ severity }) => severity === 'error');
  if (problems.length > 0) {
    const text = problems.map(({ message }) => message).join('; ');
    throw new Error(`Workflow ${definition.key} cannot be published: ${text}`);
  }
  sound.add(definition);
}

/** Whether version `v` takes new runs. */
const TAKES_RUNS: Sql = sql`not exists (
  select 1 from app.workflow_retirement x
  where x.organisation_id = v.organisation_id and x.version_id = v.id)`;
