import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, StreamableFile } from '@nestjs/common';
import {
  runExportQuerySchema,
  runFiguresQuerySchema,
  runFiguresSchema,
  type RunExportQuery,
  type RunFiguresQuery,
} from '@plumbline/contracts';
import { Can, Ctx, Returns, ReturnsFile } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { csvOf, ocelOf, xesOf } from './process-formats.ts';
import { ProcessLog } from './process-log.ts';
import { RunFiguresPages } from './run-figures.ts';

/** Figures of workflows, and their history for process mining. */
@Controller('organisations/:organisation')
export class RunFiguresController {
  constructor(
    @Inject(RunFiguresPages) private readonly figures: RunFiguresPages,
    @Inject(ProcessLog) private readonly log: ProcessLog,
  ) {}

  @Get('run-figures')
  @Can('read', 'Run')
  @Returns(runFiguresSchema)
  of(@Ctx() ctx: RequestContext, @Query({ schema: runFiguresQuerySchema }) query: RunFiguresQuery) {
    return this.figures.of(ctx, query);
  }

  @Get('run-exports/xes')
  @Can('export', 'Export')
  @ReturnsFile('application/xml')
  async xes(
    @Ctx() ctx: RequestContext,
    @Query({ schema: runExportQuerySchema }) query: RunExportQuery,
  ): Promise<StreamableFile> {
    await this.log.requireWorkflow(ctx, query);
    return file(xesOf(this.log.runs(ctx, query)), query, 'xes', 'application/xml');
  }

  @Get('run-exports/ocel')
  @Can('export', 'Export')
  @ReturnsFile('application/json')
  async ocel(
    @Ctx() ctx: RequestContext,
    @Query({ schema: runExportQuerySchema }) query: RunExportQuery,
  ): Promise<StreamableFile> {
    await this.log.requireWorkflow(ctx, query);
    const names = await this.log.activityNames(ctx, query);
    const runs = () => this.log.runs(ctx, query);
    return file(ocelOf(names, runs(), runs), query, 'ocel.json', 'application/json');
  }

  @Get('run-exports/csv')
  @Can('export', 'Export')
  @ReturnsFile('text/csv')
  async csv(
    @Ctx() ctx: RequestContext,
    @Query({ schema: runExportQuerySchema }) query: RunExportQuery,
  ): Promise<StreamableFile> {
    await this.log.requireWorkflow(ctx, query);
    return file(csvOf(this.log.runs(ctx, query)), query, 'csv', 'text/csv; charset=utf-8');
  }
}

function file(
  content: AsyncIterable<string>,
  { workflow, from, to }: RunExportQuery,
  ending: string,
  type: string,
): StreamableFile {
  const name = `${workflow.replaceAll(/[^\w.-]/g, '_')}_${from}_${to}.${ending}`;
  return new StreamableFile(Readable.from(content), {
    type,
    disposition: `attachment; filename="${name}"`,
  });
}
