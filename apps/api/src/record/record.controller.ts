import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import {
  consistencyProofSchema,
  consistencyQuerySchema,
  idSchema,
  inclusionProofSchema,
  page,
  recordCheckpointSchema,
  recordEventSchema,
  recordQuerySchema,
  recordVerdictSchema,
  type ConsistencyProof,
  type ConsistencyQuery,
  type InclusionProof,
  type Page,
  type RecordCheckpoint,
  type RecordEvent,
  type RecordQuery,
  type RecordVerdict,
} from '@plumbline/contracts';
import { z } from 'zod';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Proofs } from './proofs.ts';
import { RecordAudit } from './record-audit.ts';
import { RecordReader } from './record.ts';

/** What happened here, and the proofs of it. */
@Controller('organisations/:organisation/record')
export class RecordController {
  constructor(
    @Inject(RecordReader) private readonly record: RecordReader,
    @Inject(Proofs) private readonly proofs: Proofs,
    @Inject(RecordAudit) private readonly audit: RecordAudit,
  ) {}

  @Get()
  @Can('read', 'Record')
  @Returns(page(recordEventSchema))
  list(
    @Ctx() ctx: RequestContext,
    @Query({ schema: recordQuerySchema }) query: RecordQuery,
  ): Promise<Page<RecordEvent>> {
    return this.record.list(ctx, query);
  }

  @Get('checkpoint')
  @Can('read', 'Record')
  @Returns(recordCheckpointSchema)
  checkpoint(@Ctx() ctx: RequestContext): Promise<RecordCheckpoint> {
    return this.proofs.checkpoint(ctx);
  }

  @Get('consistency')
  @Can('read', 'Record')
  @Returns(consistencyProofSchema)
  consistency(
    @Ctx() ctx: RequestContext,
    @Query({ schema: consistencyQuerySchema }) { from, to }: ConsistencyQuery,
  ): Promise<ConsistencyProof> {
    return this.proofs.consistency(ctx, from, to);
  }

  @Get('entries/:id/proof')
  @Can('read', 'Record')
  @Returns(inclusionProofSchema)
  inclusion(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<InclusionProof> {
    return this.proofs.inclusion(ctx, id);
  }

  @Post('verify')
  @Can('verify', 'Record')
  @Returns(recordVerdictSchema)
  verify(
    @Ctx() ctx: RequestContext,
    @Body({ schema: z.looseObject({}) }) _nothing: object,
  ): Promise<RecordVerdict> {
    return this.audit.verify(ctx);
  }
}
