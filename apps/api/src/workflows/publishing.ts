import { Inject, Injectable } from '@nestjs/common';
import type { PublishedAnswer, PublishWorkflow } from '@plumbline/contracts';
import { TenantDatabase, type Tx } from '../platform/database/tenant-database.ts';
import { Conflict } from '../platform/problems.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { DefinitionChecks } from './definition-checks.ts';
import { Drafts } from './drafts.ts';
import { Offering } from './offering.ts';
import { refuseErrors, refuseUnread } from './refusals.ts';
import { summaryOf } from './workflow-row.ts';
import { hashOf, Workflows } from './workflows.ts';

/**
 * Makes a draft the newest version of its workflow. A version keeps what it was published with:
 * definition, layout, hash and note.
 */
@Injectable()
export class Publishing {
  constructor(
    @Inject(TenantDatabase) private readonly database: TenantDatabase,
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(DefinitionChecks) private readonly checks: DefinitionChecks,
    @Inject(Offering) private readonly offering: Offering,
  ) {}

  /**
   * Publishes the draft as its caller read it; the draft is gone with it. In a firm: in its library,
   * and offered to the chosen clients, or nothing of it.
   */
  publish(ctx: RequestContext, key: string, input: PublishWorkflow): Promise<PublishedAnswer> {
    return this.database.transaction(ctx, async (tx) => {
      const published = await this.publishIn(tx, ctx, key, input);
      if (input.clients.length > 0) {
        const { version } = published.version;
        const { clients, note } = input;
        await this.offering.offerIn(tx, ctx, key, { version, clients, note });
      }
      return published;
    });
  }

  private async publishIn(
    tx: Tx,
    ctx: RequestContext,
    key: string,
    input: PublishWorkflow,
  ): Promise<PublishedAnswer> {
    const draft = await this.drafts.takeForPublishing(tx, ctx, key, input.revision);
    const { definition, problems } = await this.checks.check(tx, ctx, draft.definition);
    refuseErrors(problems);
    if (!definition) throw new Error('a definition without problems was read');
    refuseUnread(problems, input.acknowledged);
    const now = await this.workflows.find(tx, ctx, key);
    if (now?.hash === hashOf(definition)) {
      throw new Conflict(
        'nothing-to-publish',
        `The draft says the same as version ${now.version}, which is in use. Change it first.`,
      );
    }
    const beside = { layout: draft.layout, note: input.note };
    const { id } = await this.workflows.publish(tx, ctx, definition, beside);
    await this.drafts.discard(tx, ctx, draft);
    return { id, key, version: await summaryOf(tx, ctx, id) };
  }
}
