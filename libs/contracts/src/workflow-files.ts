import * as z from 'zod';
import { workflowDraftSchema } from './workflows.ts';

/** The largest file that is read as a workflow, in bytes. */
export const MAX_WORKFLOW_BYTES = 5 * 1024 * 1024;

/** What a workflow is saved as, to be taken elsewhere. */
export const WORKFLOW_FORMATS = ['json', 'yaml', 'bpmn'] as const;

export const exportWorkflowQuerySchema = z.object({
  format: z.enum(WORKFLOW_FORMATS).default('json'),
});
export type ExportWorkflowQuery = z.infer<typeof exportWorkflowQuerySchema>;

/** A draft made of a file, and everything in the file that could not be taken over as it is. */
export const importedWorkflowSchema = z
  .object({
    draft: workflowDraftSchema,
    notTaken: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        /** In the words of the file's format. */
        kind: z.string(),
        /** Taken over as something else, or not taken over. */
        what: z.enum(['changed', 'left']),
        why: z.string(),
      }),
    ),
  })
  .meta({ id: 'ImportedWorkflow' });
export type ImportedWorkflow = z.infer<typeof importedWorkflowSchema>;
