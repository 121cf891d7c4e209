import * as z from 'zod';
import { idSchema, pageQuerySchema, personRefSchema } from './paging.ts';

/** A step that waits for a person. */
export const taskRowSchema = z
  .object({
    id: idSchema,
    reference: z.string(),
    /** A verb phrase: "Decide: can CV Screener go live?" */
    title: z.string(),
    type: z.enum(['form', 'task', 'approval']),
    status: z.enum(['open', 'done', 'cancelled']),
    aiSystem: z.object({ id: idSchema, reference: z.string(), name: z.string() }),
    workflow: z.object({ key: z.string(), name: z.string() }),
    runId: idSchema,
    role: z.string(),
    roleLabel: z.string(),
    assignee: personRefSchema.nullable(),
    /** Does it wait for the reader: theirs, open to a role they hold, or for who they stand in? */
    yourTurn: z.boolean(),
    /** The absent person for whom the reader would do it, when it is not their own. */
    onBehalfOf: personRefSchema.nullable(),
    dueAt: z.iso.datetime().nullable(),
    minutes: z.int().nullable(),
    openedAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    hasDraft: z.boolean(),
    onHold: z.boolean(),
  })
  .meta({ id: 'TaskRow' });
export type TaskRow = z.infer<typeof taskRowSchema>;

export const tasksQuerySchema = pageQuerySchema.extend({
  view: z.enum(['your-turn', 'waiting', 'done']).default('your-turn'),
  q: z.string().max(200).optional(),
  aiSystem: idSchema.optional(),
});
export type TasksQuery = z.infer<typeof tasksQuerySchema>;

export const tasksSchema = z
  .object({
    items: z.array(taskRowSchema),
    nextCursor: z.string().nullable(),
    counts: z.object({ yourTurn: z.int(), waiting: z.int(), done: z.int() }),
  })
  .meta({ id: 'Tasks' });
export type TasksAnswer = z.infer<typeof tasksSchema>;

/** A fact shown above the questions or under "What you are deciding", in words. */
export const shownFactSchema = z.object({
  name: z.string(),
  label: z.string(),
  /** In words; of a list, the titles of its rows. */
  value: z.string(),
  /** The rows of a list, each with what is said about it; null for anything else. */
  rows: z
    .array(
      z.object({
        title: z.string(),
        facts: z.array(z.object({ label: z.string(), value: z.string() })),
      }),
    )
    .nullable(),
  /** Where it comes from, when there is a page for it. */
  path: z.string().nullable(),
});
export type ShownFact = z.infer<typeof shownFactSchema>;

/** Everything a task page needs. */
export const taskSchema = taskRowSchema
  .extend({
    description: z.string().nullable(),
    /** The form of @plumbline/workflow-engine; null for an approval. */
    form: z.record(z.string(), z.unknown()).nullable(),
    /** Declared facts that the form's conditions may name. */
    facts: z.array(z.record(z.string(), z.unknown())),
    /** Known facts by name: what conditions look at, and first answers from the register. */
    values: z.record(z.string(), z.unknown()),
    shows: z.array(shownFactSchema),
    draft: z
      .object({
        answers: z.record(z.string(), z.unknown()),
        savedAt: z.iso.datetime(),
        version: z.int(),
      })
      .nullable(),
    /** What the reader may do, and why not. */
    can: z.object({
      submit: z.boolean(),
      decide: z.boolean(),
      claim: z.boolean(),
      release: z.boolean(),
      assign: z.boolean(),
      sendBack: z.boolean(),
      hold: z.boolean(),
      continue: z.boolean(),
      delegate: z.boolean(),
      takeBack: z.boolean(),
      moveDeadline: z.boolean(),
      remind: z.boolean(),
      whyNot: z.string().nullable(),
    }),
    sendBackTo: z.array(z.object({ step: z.string(), name: z.string() })),
    /** Set for an approval. */
    decision: z
      .object({
        question: z.string(),
        needed: z.int(),
        recorded: z.array(
          z.object({
            person: personRefSchema,
            /** Null while it is kept from the reader: everybody decides for themselves first. */
            outcome: z.string().nullable(),
            at: z.iso.datetime(),
          }),
        ),
        /** Nobody sees the votes of others before the matter is settled. */
        blind: z.boolean(),
        /** The seats in their order; how many of each are taken. */
        seats: z.array(z.object({ role: z.string(), people: z.int(), taken: z.int() })),
        /** Whose turn it is when seats are asked one after another. */
        waitingFirstFor: z.string().nullable(),
        blocked: z.string().nullable(),
        outcomes: z.array(
          z.object({
            key: z.string(),
            label: z.string(),
            effect: z.enum([
              'approve',
              'approve-with-conditions',
              'ask-for-changes',
              'reject',
              'stop',
            ]),
            consequence: z.string(),
            reasonRequired: z.boolean(),
          }),
        ),
        gate: z.array(
          z.object({ key: z.string(), label: z.string(), met: z.boolean(), cure: z.string() }),
        ),
      })
      .nullable(),
    /** On hold: since when and why. */
    held: z.object({ since: z.iso.datetime(), reason: z.string() }).nullable(),
    /** Given on by who had it. */
    delegation: z
      .object({
        from: personRefSchema,
        to: personRefSchema,
        reason: z.string(),
        until: z.iso.date().nullable(),
      })
      .nullable(),
    /** Asked for again: for the how manieth time, and why. */
    rework: z.object({ time: z.int(), reason: z.string().nullable() }).nullable(),
    /** How often it was escalated. */
    level: z.int(),
    /** The finished decision, when there is one. */
    decisionId: idSchema.nullable(),
    submission: z
      .object({
        answers: z.record(z.string(), z.unknown()),
        by: personRefSchema,
        at: z.iso.datetime(),
      })
      .nullable(),
    stages: z.array(
      z.object({ key: z.string(), label: z.string(), state: z.enum(['done', 'current', 'ahead']) }),
    ),
    history: z.array(
      z.object({ at: z.iso.datetime(), text: z.string(), detail: z.string().nullable() }),
    ),
    requirements: z.array(z.object({ id: z.string(), title: z.string() })),
    evidence: z.array(z.object({ id: idSchema, reference: z.string(), shows: z.string() })),
    evidenceAsked: z.array(z.string()),
    people: z.array(personRefSchema),
    runVersion: z.int(),
  })
  .meta({ id: 'Task' });
export type Task = z.infer<typeof taskSchema>;

const answers = z.record(z.string().max(80), z.unknown());

/** Saves the reader's private draft; unfinished answers are welcome. */
export const saveDraftSchema = z
  .strictObject({ answers, version: z.int().min(0) })
  .meta({ id: 'SaveDraft' });
export type SaveDraft = z.infer<typeof saveDraftSchema>;

export const draftSavedSchema = z
  .object({ savedAt: z.iso.datetime(), version: z.int() })
  .meta({ id: 'DraftSaved' });

export const submitTaskSchema = z.strictObject({ answers }).meta({ id: 'SubmitTask' });
export type SubmitTask = z.infer<typeof submitTaskSchema>;

export const decideTaskSchema = z
  .strictObject({
    outcome: z.string().min(1, 'Choose an answer.').max(60),
    reason: z.string().trim().max(10_000).default(''),
    conditions: z
      .array(
        z.strictObject({
          text: z.string().trim().min(1, 'Say what must be done.').max(1000),
          owner: idSchema,
          due: z.iso.date(),
        }),
      )
      .max(20)
      .default([]),
  })
  .meta({ id: 'DecideTask' });
export type DecideTask = z.infer<typeof decideTaskSchema>;

export const sendBackTaskSchema = z
  .strictObject({
    to: z.string().min(1).max(80),
    reason: z.string().trim().min(1, 'Say what should change.').max(4000),
  })
  .meta({ id: 'SendBackTask' });
export type SendBackTask = z.infer<typeof sendBackTaskSchema>;

export const assignTaskSchema = z
  .strictObject({ assignee: idSchema.nullable() })
  .meta({ id: 'AssignTask' });
export type AssignTask = z.infer<typeof assignTaskSchema>;

/** What a command on a task answers: the receipt. */
export const receiptSchema = z
  .object({
    taskId: idSchema,
    reference: z.string(),
    at: z.iso.datetime(),
    /** Id of the entry of the record, and the hash of what was decided on. */
    recordEventId: idSchema.nullable(),
    decisionId: idSchema.nullable(),
    capsuleHash: z.string().nullable(),
    /** What happens next, in words. */
    next: z.string(),
    runStatus: z.enum(['running', 'ended', 'cancelled']),
    aiSystemId: idSchema,
    /** The next task of this run that waits for the same person, when there is one. */
    nextTaskId: idSchema.nullable(),
  })
  .meta({ id: 'Receipt' });
export type Receipt = z.infer<typeof receiptSchema>;
