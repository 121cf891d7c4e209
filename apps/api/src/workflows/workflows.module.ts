import { Module } from '@nestjs/common';
import { WorkflowsController } from './workflows.controller.ts';
import { Workflows } from './workflows.ts';

/** Published workflow versions. */
@Module({ controllers: [WorkflowsController], providers: [Workflows], exports: [Workflows] })
export class WorkflowsModule {}
