import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import {
  absencesSchema,
  declareAbsenceSchema,
  idSchema,
  type AbsencesAnswer,
  type DeclareAbsence,
} from '@plumbline/contracts';
import { Can, Ctx, Returns } from '../platform/http/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { Absences } from './absences.ts';

/** Who is away and who stands in. Every change answers the whole list. */
@Controller('organisations/:organisation/absences')
export class AbsencesController {
  constructor(@Inject(Absences) private readonly absences: Absences) {}

  @Get()
  @Can('read', 'Absence')
  @Returns(absencesSchema)
  list(@Ctx() ctx: RequestContext): Promise<AbsencesAnswer> {
    return this.absences.list(ctx);
  }

  @Post()
  @Can('create', 'Absence')
  @Returns(absencesSchema, 201)
  declare(
    @Ctx() ctx: RequestContext,
    @Body({ schema: declareAbsenceSchema }) input: DeclareAbsence,
  ): Promise<AbsencesAnswer> {
    return this.absences.declare(ctx, input);
  }

  @Post(':id/end')
  @Can('update', 'Absence')
  @Returns(absencesSchema)
  end(
    @Ctx() ctx: RequestContext,
    @Param('id', { schema: idSchema }) id: string,
  ): Promise<AbsencesAnswer> {
    return this.absences.end(ctx, id);
  }
}
