import { Module } from '@nestjs/common';
import { RequirementsController } from './requirements.controller.ts';
import { Requirements } from './requirements.ts';

/** Readiness: said, shown, checked. */
@Module({
  controllers: [RequirementsController],
  providers: [Requirements],
  exports: [Requirements],
})
export class RequirementsModule {}
