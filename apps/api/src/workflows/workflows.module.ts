import { Module } from '@nestjs/common';
import { DefinitionChecks } from './definition-checks.ts';
import { DraftsController } from './drafts.controller.ts';
import { Drafts } from './drafts.ts';
import { Editors } from './editors.ts';
import { WorkflowPages } from './workflow-pages.ts';
import { WorkflowsController } from './workflows.controller.ts';
import { Workflows } from './workflows.ts';

/** Workflows: their drafts and their published versions. */
@Module({
  controllers: [WorkflowsController, DraftsController],
  providers: [Workflows, WorkflowPages, DefinitionChecks, Drafts, Editors],
  exports: [Workflows],
})
export class WorkflowsModule {}
