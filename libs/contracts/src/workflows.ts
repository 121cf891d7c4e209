import * as z from 'zod';
import { idSchema, personRefSchema } from './paging.ts';

/** Names a workflow in its organisation, and in the standard library: `WF-INTAKE`, `supplier-check`. */
export const workflowKeySchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,59}$/, 'Use letters, digits and hyphens, at most 60.');

/** The number of a version, as it stands in an address. */
export const versionNumberSchema = z.coerce.number().int().min(1).max(100_000);

/** The document of @plumbline/workflow-engine. Its shape is checked there, so that it is said in its terms. */
export const definitionDocumentSchema = z.record(z.string(), z.unknown());

/** Where the designer puts the steps, and what else belongs to the picture. Never hashed. */
export const layoutSchema = z.record(z.string(), z.unknown()).meta({ id: 'WorkflowLayout' });
export type WorkflowLayout = z.infer<typeof layoutSchema>;

/** Something wrong with a definition, or about it in this organisation. An error stops publishing. */
export const workflowProblemSchema = z
  .object({
    code: z.string(),
    severity: z.enum(['error', 'warning']),
    /** A path such as `steps.triage.next.0.when`, steps by id. */
    place: z.string(),
    message: z.string(),
    /** Steps that lead to it, when it is one of the flow. */
    trace: z.array(z.string()).optional(),
    /** A change that mends it: what it does, and as JSON Patch (RFC 6902). */
    fix: z
      .object({
        words: z.string(),
        changes: z.array(
          z.object({
            op: z.enum(['test', 'add', 'replace', 'remove']),
            path: z.string(),
            value: z.unknown().optional(),
          }),
        ),
      })
      .optional(),
  })
  .meta({ id: 'WorkflowProblem' });
export type WorkflowProblem = z.infer<typeof workflowProblemSchema>;

export const problemCountSchema = z.object({ errors: z.int(), warnings: z.int() });

/** Where a version or draft came from. */
export const workflowOriginSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('own') }),
    z.object({ kind: z.literal('standard') }),
    /** From the organisation's firm, as it published it. */
    z.object({ kind: z.literal('firm'), firm: z.string(), version: z.int() }),
  ])
  .meta({ id: 'WorkflowOrigin' });
export type WorkflowOrigin = z.infer<typeof workflowOriginSchema>;

/** The version that new runs are pinned to. */
export const publishedRefSchema = z.object({
  id: idSchema,
  version: z.int(),
  /** `sha256:` and the hash of the canonical definition. */
  hash: z.string(),
  publishedAt: z.iso.datetime(),
});

const draftSummarySchema = z.object({
  savedAt: z.iso.datetime(),
  savedBy: personRefSchema,
  revision: z.int(),
  problems: problemCountSchema,
});

/** A workflow of one organisation: published, drafted or both. */
export const workflowSchema = z
  .object({
    key: z.string(),
    name: z.string(),
    purpose: z.string(),
    published: publishedRefSchema.nullable(),
    draft: draftSummarySchema.nullable(),
    /** Runs under way, of all versions. */
    runsLive: z.int(),
    /** For a firm: how many of its clients run a version of it. Null for a client. */
    clients: z.int().nullable(),
    /** Set when no version is left for new runs. */
    retiredAt: z.iso.datetime().nullable(),
    origin: workflowOriginSchema,
  })
  .meta({ id: 'Workflow' });
export type Workflow = z.infer<typeof workflowSchema>;

export const versionSummarySchema = publishedRefSchema
  .extend({
    /** Null: the product published it. */
    publishedBy: personRefSchema.nullable(),
    note: z.string(),
    origin: workflowOriginSchema,
    runsLive: z.int(),
    retired: z.object({ at: z.iso.datetime(), by: personRefSchema, reason: z.string() }).nullable(),
  })
  .meta({ id: 'WorkflowVersionSummary' });
export type WorkflowVersionSummary = z.infer<typeof versionSummarySchema>;

/** A workflow with its versions, newest first. */
export const workflowDetailSchema = workflowSchema
  .extend({ versions: z.array(versionSummarySchema) })
  .meta({ id: 'WorkflowDetail' });
export type WorkflowDetail = z.infer<typeof workflowDetailSchema>;

/** A published version as it runs. It never changes. */
export const workflowVersionSchema = versionSummarySchema
  .extend({
    key: z.string(),
    name: z.string(),
    purpose: z.string(),
    definition: definitionDocumentSchema,
    layout: layoutSchema,
  })
  .meta({ id: 'WorkflowVersion' });
export type WorkflowVersion = z.infer<typeof workflowVersionSchema>;

/** Who has the editor's place, and since when. The place lapses 90 seconds after the last sign of life. */
export const editorSchema = z
  .object({ person: personRefSchema, since: z.iso.datetime(), isYou: z.boolean() })
  .meta({ id: 'WorkflowEditor' });
export type WorkflowEditor = z.infer<typeof editorSchema>;

/** A workflow being edited: one draft for each workflow of an organisation. */
export const workflowDraftSchema = z
  .object({
    key: z.string(),
    definition: definitionDocumentSchema,
    layout: layoutSchema,
    /** Goes up with every save; sent back with the next one. */
    revision: z.int(),
    /** The published version that it was begun from; null for a new workflow. */
    basedOn: z.int().nullable(),
    savedAt: z.iso.datetime(),
    savedBy: personRefSchema,
    editor: editorSchema.nullable(),
    problems: z.array(workflowProblemSchema),
  })
  .meta({ id: 'WorkflowDraft' });
export type WorkflowDraft = z.infer<typeof workflowDraftSchema>;

export const createWorkflowSchema = z
  .strictObject({
    name: z.string().trim().min(1, 'Enter a name.').max(120),
    /** Where to start: with nothing, a workflow of the standard library, one of ours, or a document. */
    from: z.union([
      z.literal('blank'),
      z.strictObject({ template: workflowKeySchema }),
      z.strictObject({ workflow: workflowKeySchema }),
      z.strictObject({ definition: definitionDocumentSchema, layout: layoutSchema.optional() }),
    ]),
  })
  .meta({ id: 'CreateWorkflow' });
export type CreateWorkflow = z.infer<typeof createWorkflowSchema>;

/** Begins the draft of a published workflow, from its newest version or from an earlier one. */
export const beginDraftSchema = z
  .strictObject({ version: z.int().min(1).max(100_000).optional() })
  .meta({ id: 'BeginWorkflowDraft' });
export type BeginDraft = z.infer<typeof beginDraftSchema>;

export const saveWorkflowDraftSchema = z
  .strictObject({
    revision: z.int().min(0),
    definition: definitionDocumentSchema,
    layout: layoutSchema,
  })
  .meta({ id: 'SaveWorkflowDraft' });
export type SaveWorkflowDraft = z.infer<typeof saveWorkflowDraftSchema>;

export const checkDefinitionSchema = z
  .strictObject({ definition: definitionDocumentSchema })
  .meta({ id: 'CheckWorkflow' });
export type CheckDefinition = z.infer<typeof checkDefinitionSchema>;

export const problemsAnswerSchema = z
  .object({ problems: z.array(workflowProblemSchema) })
  .meta({ id: 'WorkflowProblems' });
export type ProblemsAnswer = z.infer<typeof problemsAnswerSchema>;

/** Takes or keeps the editor's place; sent every 30 seconds while the designer is open. */
export const takeEditorSchema = z
  .strictObject({ takeOver: z.boolean().default(false) })
  .meta({ id: 'TakeWorkflowEditor' });
export type TakeEditor = z.infer<typeof takeEditorSchema>;

/** A remark about a draft or one of its steps. */
export const draftCommentSchema = z
  .object({
    id: idSchema,
    step: z.string().nullable(),
    text: z.string(),
    mentions: z.array(personRefSchema),
    by: personRefSchema,
    at: z.iso.datetime(),
    resolved: z.object({ by: personRefSchema, at: z.iso.datetime() }).nullable(),
  })
  .meta({ id: 'WorkflowComment' });
export type DraftComment = z.infer<typeof draftCommentSchema>;

export const addCommentSchema = z
  .strictObject({
    step: z.string().min(1).max(100).nullable().default(null),
    text: z.string().trim().min(1, 'Write something.').max(4000),
    /** People who may enter this organisation; they are told. */
    mentions: z.array(idSchema).max(20).default([]),
  })
  .meta({ id: 'AddWorkflowComment' });
export type AddComment = z.infer<typeof addCommentSchema>;

export const resolveCommentSchema = z
  .strictObject({ resolved: z.boolean() })
  .meta({ id: 'ResolveWorkflowComment' });
export type ResolveComment = z.infer<typeof resolveCommentSchema>;

export const commentsAnswerSchema = z
  .object({ comments: z.array(draftCommentSchema) })
  .meta({ id: 'WorkflowComments' });
export type CommentsAnswer = z.infer<typeof commentsAnswerSchema>;
