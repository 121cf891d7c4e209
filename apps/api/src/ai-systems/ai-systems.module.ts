import { Module } from '@nestjs/common';
import { AiSystemsController } from './ai-systems.controller.ts';
import { AiSystems } from './ai-systems.ts';
import { ImportedSystems } from './imported-systems.ts';
import { Register } from './register.ts';
import { SavedViewsController } from './saved-views.controller.ts';
import { SavedViewsOfRegister } from './saved-views.ts';

/** The register of AI systems. The views come first: their path would read as a system's id. */
@Module({
  controllers: [SavedViewsController, AiSystemsController],
  providers: [AiSystems, ImportedSystems, Register, SavedViewsOfRegister],
  exports: [AiSystems, ImportedSystems],
})
export class AiSystemsModule {}
