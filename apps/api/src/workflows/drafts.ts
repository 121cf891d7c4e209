import { Inject, Injectable } from '@nestjs/common';
import type {
  BeginDraft,
  CreateWorkflow,
  ProblemsAnswer,
  SaveWorkflowDraft,
  WorkflowDraft,
} from '@plumbline/contracts';
import { definitionOf, standardLibrary } from '@plumbline/frameworks';
import sql from 'sql-template-tag';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { EventStream } from '../platform/http/index.ts';
import { newId } from '../platform/ids.ts';
import { Conflict, NotFound, Refused } from '../platform/problems.ts';
import { recordEvent } from '../platform/record/record-writer.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { DefinitionChecks } from './definition-checks.ts';
import { readDocument, refuseLargeLayout, refuseTooLarge } from './draft-document.ts';
import { DRAFT_ROW, toDraft, type DraftRow } from './draft-row.ts';
import { Editors } from './editors.ts';
import { blankDefinition, freeKey, keyOf, RESERVED_KEYS } from './new-workflow.ts';
import { Workflows } from './workflows.ts';

type Content = Readonly<Record<string, unknown>>;

/** What a draft begins with. */
interface Beginning {
  readonly key: string;
  readonly content: Content;
  readonly layout: Content;
  readonly basedOn: number | null;
}

/** How often a key is looked for anew when others take it meanwhile. */
const TRIES = 5;

/**
 * Workflows being edited: one draft for each workflow of an organisation. Every save names the
 * revision that it changes, and only whoever has the editor's place saves.
 */
@Injectable()
export class Drafts {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(DefinitionChecks) private readonly checks: DefinitionChecks,
    @Inject(Editors) private readonly editors: Editors,
    @Inject(EventStream) private readonly stream: EventStream,
  ) {}

  /** Begins a new workflow. Its key comes from its name, or from the given definition if it is free. */
  create(ctx: RequestContext, { name, from }: CreateWorkflow): Promise<WorkflowDraft> {
    return this.database.transaction(ctx, async (tx) => {
      await this.workflows.installLibrary(tx, ctx);
      const { content, layout } = await this.sourceOf(tx, ctx, name, from);
      for (let attempt = 1; attempt <= TRIES; attempt += 1) {
        const taken = await this.takenKeys(tx, ctx);
        const given = typeof from === 'object' && 'definition' in from ? content['key'] : null;
        const wanted = isKey(given) && !taken.has(given.toLowerCase()) ? given : keyOf(name);
        const key = freeKey(wanted, taken);
        const begun = await this.insert(tx, ctx, {
          ...{ key, content: { ...content, key, name }, layout, basedOn: null },
        });
        if (begun) return begun;
      }
      throw new Conflict(
        'already-exists',
        'Others are creating workflows of this name. Try again.',
      );
    });
  }

  /** Begins the draft of a published workflow; the one that is there already is answered as it is. */
  begin(ctx: RequestContext, key: string, { version }: BeginDraft): Promise<WorkflowDraft> {
    return this.database.transaction(ctx, async (tx) => {
      await this.workflows.installLibrary(tx, ctx);
      const there = await this.maybe(tx, ctx, key);
      if (there && version === undefined) return toDraft(there, ctx.personId);
      if (there) throw draftExists();
      const source = await tx.one<{ version: number; definition: Content; layout: Content }>(sql`
        select version, definition, layout from app.workflow_version
        where organisation_id = ${ctx.organisationId} and key = ${key}
          and (${version ?? null}::int is null or version = ${version ?? null}::int)
        order by version desc limit 1`);
      const { definition: content, layout, version: basedOn } = source;
      const begun = await this.insert(tx, ctx, { key, content, layout, basedOn });
      // Somebody else has begun it in the meantime: theirs is the draft.
      return begun ?? toDraft(await this.find(tx, ctx, key), ctx.personId);
    });
  }

  /** The draft of a workflow; NotFound when there is none. */
  get(ctx: RequestContext, key: string): Promise<WorkflowDraft> {
    return this.database.transaction(ctx, async (tx) =>
      toDraft(await this.find(tx, ctx, key), ctx.personId),
    );
  }

  /** Keeps a change and says what is wrong with the result. Takes the editor's place if it is free. */
  save(ctx: RequestContext, key: string, input: SaveWorkflowDraft): Promise<WorkflowDraft> {
    refuseTooLarge(input.definition);
    refuseLargeLayout(input.layout);
    return this.database.transaction(ctx, async (tx) => {
      const before = await this.find(tx, ctx, key, sql`for no key update of d`);
      this.editors.requirePlace(before, ctx);
      requireRevision(before, input.revision);
      const { content, name, purpose } = readDocument(input.definition, key);
      const { problems } = await this.checks.check(tx, ctx, content);
      await tx.execute(sql`
        update app.workflow_draft d set
          name = ${name}, purpose = ${purpose}, definition = ${JSON.stringify(content)}::jsonb,
          layout = ${JSON.stringify(input.layout)}::jsonb,
          problems = ${JSON.stringify(problems)}::jsonb, revision = revision + 1,
          saved_by = ${ctx.personId}, saved_at = now(), ${this.editors.placeOf(ctx)}
        where d.organisation_id = ${ctx.organisationId} and d.key = ${key}`);
      this.announce(tx, ctx, key);
      return toDraft(await this.find(tx, ctx, key), ctx.personId);
    });
  }

  /** Throws the draft away; what is published stays. Refused while somebody else is at it. */
  async remove(ctx: RequestContext, key: string): Promise<void> {
    await this.database.transaction(ctx, async (tx) => {
      const draft = await this.find(tx, ctx, key, sql`for update of d`);
      this.editors.requirePlace(draft, ctx);
      await this.discard(tx, ctx, draft);
      await recordEvent(tx, ctx, {
        action: 'workflow-draft.deleted',
        entity: 'workflow-draft',
        entityId: draft.id,
        payload: { key, revision: draft.revision },
      });
    });
  }

  /** Everything wrong with a definition that is kept nowhere. */
  check(ctx: RequestContext, definition: Content): Promise<ProblemsAnswer> {
    refuseTooLarge(definition);
    return this.database.transaction(ctx, async (tx) => {
      await this.workflows.installLibrary(tx, ctx);
      const { problems } = await this.checks.check(tx, ctx, definition);
      return { problems };
    });
  }

  /** Holds a draft for whoever publishes it; refused when it is not as they read it. */
  async takeForPublishing(
    tx: Tx,
    ctx: RequestContext,
    key: string,
    revision: number,
  ): Promise<DraftRow> {
    const draft = await this.maybe(tx, ctx, key, sql`for update of d`);
    if (!draft) {
      // Unknown here: 404. Known: somebody has published or deleted the draft in the meantime.
      if (!(await this.workflows.find(tx, ctx, key))) throw new NotFound();
      throw new Conflict('no-draft', 'There is no draft of this workflow any more. Load it again.');
    }
    this.editors.requirePlace(draft, ctx);
    requireRevision(draft, revision);
    return draft;
  }

  /** Removes a draft with the commit of `tx`. */
  async discard(tx: Tx, ctx: RequestContext, { id, key }: DraftRow): Promise<void> {
    await tx.execute(sql`
      delete from app.workflow_draft where organisation_id = ${ctx.organisationId} and id = ${id}`);
    this.announce(tx, ctx, key);
  }

  private async sourceOf(
    tx: Tx,
    ctx: RequestContext,
    name: string,
    from: CreateWorkflow['from'],
  ): Promise<{ content: Content; layout: Content }> {
    if (from === 'blank') return { content: { ...blankDefinition('', name) }, layout: {} };
    if ('definition' in from) {
      const content = { ...from.definition, key: 'imported', name };
      readDocument(content, 'imported');
      const { definition, problems } = await this.checks.check(tx, ctx, content);
      if (!definition) {
        throw new Refused(
          'bad-definition',
          'This is no definition of a workflow. See what is wrong with it, place by place.',
          { found: problems },
        );
      }
      const { layout = {} } = from;
      refuseLargeLayout(layout);
      return { content: { ...from.definition }, layout };
    }
    if ('template' in from) {
      const template = definitionOf(from.template);
      if (!template) throw new NotFound();
      return { content: { ...template }, layout: {} };
    }
    const { organisationId } = ctx;
    return tx.one(sql`
      select definition as content, layout from (
        select definition, layout, version from app.workflow_version
        where organisation_id = ${organisationId} and key = ${from.workflow}
        union all
        select definition, layout, 0 from app.workflow_draft
        where organisation_id = ${organisationId} and key = ${from.workflow}
      ) source order by version desc limit 1`);
  }

  /** Keys that nobody may take again, in lower case. */
  private async takenKeys(tx: Tx, { organisationId }: RequestContext): Promise<Set<string>> {
    const rows = await tx.query<{ key: string }>(sql`
      select key from app.workflow_version where organisation_id = ${organisationId}
      union select key from app.workflow_draft where organisation_id = ${organisationId}`);
    const known = [...rows, ...standardLibrary].map(({ key }) => key.toLowerCase());
    return new Set([...RESERVED_KEYS, ...known]);
  }

  /** Null when there is a draft of this key already. */
  private async insert(
    tx: Tx,
    ctx: RequestContext,
    { key, content, layout, basedOn }: Beginning,
  ): Promise<WorkflowDraft | null> {
    const { name, purpose } = readDocument(content, key);
    const { problems } = await this.checks.check(tx, ctx, content);
    const id = newId();
    const inserted = await tx.execute(sql`
      insert into app.workflow_draft
        (organisation_id, id, key, name, purpose, definition, layout, based_on, problems,
         created_by, saved_by)
      values (${ctx.organisationId}, ${id}, ${key}, ${name}, ${purpose},
              ${JSON.stringify(content)}::jsonb, ${JSON.stringify(layout)}::jsonb, ${basedOn},
              ${JSON.stringify(problems)}::jsonb, ${ctx.personId}, ${ctx.personId})
      on conflict (organisation_id, key) do nothing`);
    if (inserted === 0) return null;
    await recordEvent(tx, ctx, {
      action: 'workflow-draft.created',
      entity: 'workflow-draft',
      entityId: id,
      payload: { key, name, basedOn },
    });
    this.announce(tx, ctx, key);
    return toDraft(await this.find(tx, ctx, key), ctx.personId);
  }

  private maybe(
    tx: Tx,
    { organisationId }: RequestContext,
    key: string,
    lock = sql``,
  ): Promise<DraftRow | null> {
    return tx.maybe<DraftRow>(sql`
      select ${DRAFT_ROW} where d.organisation_id = ${organisationId} and d.key = ${key} ${lock}`);
  }

  /** The draft of a workflow; NotFound when there is none. */
  async find(tx: Tx, ctx: RequestContext, key: string, lock = sql``): Promise<DraftRow> {
    const draft = await this.maybe(tx, ctx, key, lock);
    if (!draft) throw new NotFound();
    return draft;
  }

  private announce(tx: Tx, { organisationId }: RequestContext, key: string): void {
    this.stream.publish(tx, organisationId, { type: 'workflow-changed', id: key });
  }
}

function requireRevision({ revision }: DraftRow, wanted: number): void {
  if (revision === wanted) return;
  throw new Conflict(
    'draft-changed',
    'The draft was changed since you read it. Load it again and repeat your change.',
    { revision },
  );
}

const isKey = (value: unknown): value is string =>
  typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9-]{0,59}$/.test(value);

const draftExists = (): Conflict =>
  new Conflict(
    'draft-exists',
    'This workflow is being edited already. Delete that draft first, or go on with it.',
  );
