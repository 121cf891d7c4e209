import * as z from 'zod';
import { idSchema, pageQuerySchema, personRefSchema } from './paging.ts';

export const AI_SYSTEM_STAGES = [
  'proposed',
  'assessing',
  'approved',
  'pilot',
  'live',
  'under-review',
  'suspended',
  'retired',
  'stopped',
] as const;
export type AiSystemStage = (typeof AI_SYSTEM_STAGES)[number];

/** Governance tiers, lowest first. */
export const TIERS = ['minimal', 'limited', 'high', 'prohibited'] as const;
export type Tier = (typeof TIERS)[number];

/** Where the deployment gate stands: not asked yet, conditions open, waiting for the decision, decided. */
export const GATE_STATES = ['not-started', 'open', 'deciding', 'passed', 'refused'] as const;
export type GateState = (typeof GATE_STATES)[number];

export const AI_SYSTEM_KINDS = [
  'off-the-shelf-tool',
  'embedded-feature',
  'predictive-model',
  'generative',
  'retrieval-assistant',
  'ai-agent',
  'other',
] as const;

/** What people tell about an AI system: the fields of the register, all optional until it is complete. */
export const aiSystemFieldsSchema = z
  .object({
    purpose: z.string().max(10_000).nullable(),
    kind: z.enum(AI_SYSTEM_KINDS).nullable(),
    orgRole: z.array(z.string().max(60)).max(10).nullable(),
    euRole: z.array(z.string().max(60)).max(10).nullable(),
    supplier: z.string().max(300).nullable(),
    modelVersion: z.string().max(300).nullable(),
    affectedGroups: z.array(z.string().max(60)).max(20).nullable(),
    volume: z.string().max(60).nullable(),
    dataKinds: z.array(z.string().max(60)).max(20).nullable(),
    jurisdictions: z.array(z.string().max(60)).max(20).nullable(),
    businessCase: z.string().max(10_000).nullable(),
    targetDate: z.iso.date().nullable(),
    /** People of the organisation, by id. */
    owner: idSchema.nullable(),
    overseer: idSchema.nullable(),
    builders: z.array(idSchema).max(50).nullable(),
  })
  .partial();
export type AiSystemFields = z.infer<typeof aiSystemFieldsSchema>;

/** One row of the register. */
export const aiSystemRowSchema = z
  .object({
    id: idSchema,
    /** AIS-0001 …: how people refer to it. */
    reference: z.string(),
    name: z.string(),
    purpose: z.string().nullable(),
    kind: z.string().nullable(),
    owner: personRefSchema.nullable(),
    supplier: z.string().nullable(),
    stage: z.enum(AI_SYSTEM_STAGES),
    tier: z.enum(TIERS).nullable(),
    gateState: z.enum(GATE_STATES),
    residualLevel: z.enum(['low', 'moderate', 'high', 'critical']).nullable(),
    nextReviewOn: z.iso.date().nullable(),
    /** Names of required fields that are missing; an incomplete system never counts as governed. */
    missing: z.array(z.string()),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'AiSystemRow' });
export type AiSystemRow = z.infer<typeof aiSystemRowSchema>;

export const aiSystemSchema = aiSystemRowSchema
  .extend({
    fields: aiSystemFieldsSchema,
    overseer: personRefSchema.nullable(),
    builders: z.array(personRefSchema),
    /** Governance facts that finished runs have written: `regClass`, `path`, gate facts … */
    facts: z.record(z.string(), z.unknown()),
    /** Where an imported system came from. */
    source: z.object({ importId: idSchema, externalId: z.string(), row: z.int() }).nullable(),
    /** Columns of the import that have no field of their own, as they were. */
    extra: z.record(z.string(), z.string()),
    createdAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'AiSystem' });
export type AiSystem = z.infer<typeof aiSystemSchema>;

export const AI_SYSTEM_SORTS = ['name', 'stage', 'tier', 'nextReviewOn', 'updatedAt'] as const;

/** Filters of the register; lists are comma-separated in the address. */
export const aiSystemsQuerySchema = pageQuerySchema
  .extend({
    q: z.string().max(200).optional(),
    stage: z.string().max(200).optional(),
    tier: z.string().max(100).optional(),
    gate: z.string().max(100).optional(),
    owner: z.string().max(100).optional(),
    incomplete: z.enum(['true', 'false']).optional(),
    reviewBefore: z.iso.date().optional(),
    sort: z.enum(AI_SYSTEM_SORTS).default('name'),
    direction: z.enum(['asc', 'desc']).default('asc'),
  })
  .meta({ id: 'AiSystemsQuery' });
export type AiSystemsQuery = z.infer<typeof aiSystemsQuerySchema>;

/** A page of the register with the number of rows that match, so that a list can show its length. */
export const aiSystemsSchema = z
  .object({
    items: z.array(aiSystemRowSchema),
    nextCursor: z.string().nullable(),
    total: z.int(),
  })
  .meta({ id: 'AiSystems' });
export type AiSystemsAnswer = z.infer<typeof aiSystemsSchema>;

export const updateAiSystemSchema = aiSystemFieldsSchema
  .extend({ name: z.string().trim().min(1, 'Enter a name.').max(300).optional() })
  .strict()
  .meta({ id: 'UpdateAiSystem' });
export type UpdateAiSystem = z.infer<typeof updateAiSystemSchema>;

export const similarQuerySchema = z
  .object({ name: z.string().trim().min(1, 'Enter a name.').max(300) })
  .meta({ id: 'SimilarQuery' });
export type SimilarQuery = z.infer<typeof similarQuerySchema>;

/** Systems that look like the one about to be proposed. */
export const similarAiSystemsSchema = z
  .object({
    items: z.array(
      z.object({
        id: idSchema,
        reference: z.string(),
        name: z.string(),
        stage: z.enum(AI_SYSTEM_STAGES),
        /** Null unless the reader may open it. */
        owner: personRefSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'SimilarAiSystems' });
export type SimilarAiSystems = z.infer<typeof similarAiSystemsSchema>;

/** Whether a system may be live, as a deployment pipeline asks it, and each condition behind the answer. */
export const gateAnswerSchema = z
  .object({
    id: idSchema,
    reference: z.string(),
    name: z.string(),
    stage: z.enum(AI_SYSTEM_STAGES),
    gateState: z.enum(GATE_STATES),
    mayBeLive: z.boolean(),
    /** True as well while it may only run within the limits of its pilot plan. */
    mayPilot: z.boolean(),
    conditions: z.array(z.object({ key: z.string(), text: z.string(), met: z.boolean() })),
    askedAt: z.iso.datetime(),
  })
  .meta({ id: 'GateAnswer' });
export type GateAnswer = z.infer<typeof gateAnswerSchema>;

/** Proposes an AI system: it enters the register at once and its intake starts. */
export const proposeAiSystemSchema = z
  .strictObject({
    name: z.string().trim().min(1, 'Enter a name.').max(300),
    kind: z.enum(AI_SYSTEM_KINDS).nullable().default(null),
  })
  .meta({ id: 'ProposeAiSystem' });
export type ProposeAiSystem = z.infer<typeof proposeAiSystemSchema>;

export const proposalSchema = z
  .object({ aiSystemId: idSchema, runId: idSchema, taskId: idSchema })
  .meta({ id: 'Proposal' });
export type Proposal = z.infer<typeof proposalSchema>;

/** A named filter of a register, kept on the server: private, or for everyone in the organisation. */
export const savedViewSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    /** The address's query, without the leading `?`. */
    query: z.string(),
    shared: z.boolean(),
    owner: personRefSchema,
  })
  .meta({ id: 'SavedView' });
export type SavedView = z.infer<typeof savedViewSchema>;

export const savedViewsSchema = z
  .object({ items: z.array(savedViewSchema) })
  .meta({ id: 'SavedViews' });
export type SavedViews = z.infer<typeof savedViewsSchema>;

export const saveViewSchema = z
  .strictObject({
    name: z.string().trim().min(1, 'Enter a name.').max(100),
    query: z.string().max(2000),
    shared: z.boolean().default(false),
  })
  .meta({ id: 'SaveView' });
export type SaveView = z.infer<typeof saveViewSchema>;
