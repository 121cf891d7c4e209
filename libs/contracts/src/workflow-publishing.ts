import * as z from 'zod';
import { idSchema } from './paging.ts';
import { versionNumberSchema, versionSummarySchema, workflowProblemSchema } from './workflows.ts';

/** One difference between two versions, in plain words. */
export const workflowChangeSchema = z
  .object({
    kind: z.enum(['added', 'removed', 'renamed', 'moved', 'changed']),
    /** What it is about: `step`, `deadline`, `question` … */
    part: z.string(),
    place: z.string(),
    step: z.string().nullable(),
    text: z.string(),
    /** Whether people who work with the workflow will notice. */
    noticeable: z.boolean(),
  })
  .meta({ id: 'WorkflowChange' });
export type WorkflowChange = z.infer<typeof workflowChangeSchema>;

export const workflowDifferenceSchema = z
  .object({
    changes: z.array(workflowChangeSchema),
    /** How each step of either version compares. */
    steps: z.record(z.string(), z.enum(['added', 'removed', 'changed', 'same'])),
    /** What people will notice, a line each. */
    noticeable: z.array(z.string()),
  })
  .meta({ id: 'WorkflowDifference' });
export type WorkflowDifference = z.infer<typeof workflowDifferenceSchema>;

/** The draft, or a version by its number. */
export const comparedVersionSchema = z.union([z.literal('draft'), versionNumberSchema]);

export const differenceQuerySchema = z.object({
  from: comparedVersionSchema,
  to: comparedVersionSchema,
});
export type DifferenceQuery = z.infer<typeof differenceQuerySchema>;

/** What a step does in the workflow's own name, without a person at that moment. */
export const ownActSchema = z.object({ step: z.string(), name: z.string(), does: z.string() });

/** What publishing the draft would mean. */
export const publicationSchema = z
  .object({
    key: z.string(),
    revision: z.int(),
    /** The number that it would get, if nobody publishes meanwhile. */
    version: z.int(),
    /** The version that new runs are pinned to now. */
    published: z.int().nullable(),
    /** Null for the first version. */
    difference: workflowDifferenceSchema.nullable(),
    /** As found right now: errors stop it, warnings must be named in the request. */
    problems: z.array(workflowProblemSchema),
    mayPublish: z.boolean(),
    /** Why not, or null. */
    whyNot: z.string().nullable(),
    /** Who decides at each gate, by role. */
    decides: z.array(
      z.object({
        step: z.string(),
        name: z.string(),
        question: z.string(),
        roles: z.array(z.string()),
      }),
    ),
    acts: z.array(ownActSchema),
    /** Runs under way, by version, newest first. */
    running: z.array(z.object({ version: z.int(), runs: z.int() })),
  })
  .meta({ id: 'WorkflowPublication' });
export type Publication = z.infer<typeof publicationSchema>;

export const publishWorkflowSchema = z
  .strictObject({
    revision: z.int().min(1),
    /** Why: kept with the version and shown beside it. */
    note: z.string().trim().min(1, 'Say what this version changes.').max(4000),
    /** Every warning that the publisher has read, by code and place. */
    acknowledged: z
      .array(z.strictObject({ code: z.string().max(100), place: z.string().max(1000) }))
      .max(2000)
      .default([]),
    /** For a firm: clients to offer the new version to. */
    clients: z.array(idSchema).max(200).default([]),
  })
  .meta({ id: 'PublishWorkflow' });
export type PublishWorkflow = z.infer<typeof publishWorkflowSchema>;

export const publishedAnswerSchema = z
  .object({ id: idSchema, key: z.string(), version: versionSummarySchema })
  .meta({ id: 'PublishedWorkflow' });
export type PublishedAnswer = z.infer<typeof publishedAnswerSchema>;

export const retireVersionSchema = z
  .strictObject({ reason: z.string().trim().min(1, 'Say why.').max(4000) })
  .meta({ id: 'RetireWorkflowVersion' });
export type RetireVersion = z.infer<typeof retireVersionSchema>;
