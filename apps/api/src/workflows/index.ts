export { DefinitionSource } from './definition-source.ts';
export { hashOf, Workflows, type PublishedVersion } from './workflows.ts';
export { WorkflowsModule } from './workflows.module.ts';
