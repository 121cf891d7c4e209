import * as z from 'zod';
import { idSchema, personRefSchema } from './paging.ts';

/** Something said at a task. */
export const taskCommentSchema = z
  .object({
    id: idSchema,
    by: personRefSchema,
    /** An adviser's comments carry their firm's name for ever. */
    firm: z.string().nullable(),
    at: z.iso.datetime(),
    /** Empty once it has been taken back. */
    text: z.string(),
    mentions: z.array(personRefSchema),
    evidence: z.array(z.object({ id: idSchema, reference: z.string(), shows: z.string() })),
    withdrawnAt: z.iso.datetime().nullable(),
    /** Whether the reader may take it back. */
    mayWithdraw: z.boolean(),
  })
  .meta({ id: 'TaskComment' });
export type TaskComment = z.infer<typeof taskCommentSchema>;

export const taskConversationSchema = z
  .object({
    comments: z.array(taskCommentSchema),
    watching: z.boolean(),
    watchers: z.array(personRefSchema),
    /** Who may be mentioned: those who may see the task. */
    mentionable: z.array(personRefSchema),
    mayComment: z.boolean(),
  })
  .meta({ id: 'TaskConversation' });
export type TaskConversation = z.infer<typeof taskConversationSchema>;

export const addTaskCommentSchema = z
  .strictObject({
    text: z.string().trim().min(1, 'Write something first.').max(4000),
    mentions: z.array(idSchema).max(20).default([]),
    evidence: z.array(idSchema).max(10).default([]),
  })
  .meta({ id: 'AddTaskComment' });
export type AddTaskComment = z.infer<typeof addTaskCommentSchema>;

export const watchTaskSchema = z.strictObject({ watching: z.boolean() }).meta({ id: 'WatchTask' });
export type WatchTask = z.infer<typeof watchTaskSchema>;
