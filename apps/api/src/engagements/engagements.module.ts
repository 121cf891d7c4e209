import { Module } from '@nestjs/common';
import { EngagementsController } from './engagements.controller.ts';
import { Engagements } from './engagements.ts';

/** The access that clients give to firms. */
@Module({
  controllers: [EngagementsController],
  providers: [Engagements],
  exports: [Engagements],
})
export class EngagementsModule {}
