import * as z from 'zod';
import { idSchema } from './paging.ts';

/** A published version of a workflow in one organisation. */
export const workflowSchema = z
  .object({
    id: idSchema,
    key: z.string(),
    name: z.string(),
    purpose: z.string(),
    version: z.int(),
    /** `sha256:` and the hash of the canonical definition. */
    hash: z.string(),
    publishedAt: z.iso.datetime(),
    runsLive: z.int(),
  })
  .meta({ id: 'Workflow' });
export type Workflow = z.infer<typeof workflowSchema>;

/** With the definition as published: the document of @plumbline/workflow-engine. */
export const workflowVersionSchema = workflowSchema
  .extend({ definition: z.record(z.string(), z.unknown()) })
  .meta({ id: 'WorkflowVersion' });
export type WorkflowVersion = z.infer<typeof workflowVersionSchema>;
