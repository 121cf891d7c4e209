import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import {
  addMeasurementSchema,
  createMonitorSchema,
  idSchema,
  measurementSchema,
  monitorSchema,
  monitorSeriesSchema,
  monitorsQuerySchema,
  page,
  type AddMeasurement,
  type CreateMonitor,
  type MonitorsQuery,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Measurements } from './measurements.ts';
import { Monitors } from './monitors.ts';

/** What is watched, and what was measured. */
@Controller('organisations/:organisation/monitors')
export class MonitorsController {
  constructor(
    @Inject(Monitors) private readonly monitors: Monitors,
    @Inject(Measurements) private readonly measurements: Measurements,
  ) {}

  @Get()
  @Can('read', 'Monitor')
  @Returns(page(monitorSchema))
  list(@Ctx() ctx: RequestContext, @Query({ schema: monitorsQuerySchema }) query: MonitorsQuery) {
    return this.monitors.list(ctx, query);
  }

  @Get(':id')
  @Can('read', 'Monitor')
  @Returns(monitorSeriesSchema)
  get(@Ctx() ctx: RequestContext, @Param('id', { schema: idSchema }) id: string) {
    return this.monitors.get(ctx, id);
  }

  @Post()
  @Can('create', 'Monitor')
  @Returns(monitorSchema, 201)
  create(@Ctx() ctx: RequestContext, @Body({ schema: createMonitorSchema }) input: CreateMonitor) {
    return this.monitors.create(ctx, input);
  }

  @Post(':id/measurements')
  @Can('create', 'Measurement')
  @Returns(measurementSchema, 201)
  measure(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
    @Body({ schema: addMeasurementSchema }) input: AddMeasurement,
  ) {
    return this.measurements.record(ctx, id, input);
  }
}
