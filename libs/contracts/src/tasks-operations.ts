import * as z from 'zod';
import { idSchema, personRefSchema } from './paging.ts';
import { tasksQuerySchema } from './tasks.ts';

const reason = z.string().trim().min(1, 'Say why.').max(1000);

/** Puts a task on hold: nobody is asked, and its deadline waits. */
export const holdTaskSchema = z.strictObject({ reason }).meta({ id: 'HoldTask' });
export type HoldTask = z.infer<typeof holdTaskSchema>;

/** Gives one's task to somebody else, until a day or until it is done. */
export const delegateTaskSchema = z
  .strictObject({
    to: z.uuid('Choose a person.'),
    reason,
    /** The last day; afterwards the task comes back. */
    until: z.iso.date('Choose a day.').nullable().default(null),
  })
  .meta({ id: 'DelegateTask' });
export type DelegateTask = z.infer<typeof delegateTaskSchema>;

/** Moves the deadline of a task. */
export const moveTaskDeadlineSchema = z
  .strictObject({ dueOn: z.iso.date('Choose a day.'), reason })
  .meta({ id: 'MoveTaskDeadline' });
export type MoveTaskDeadline = z.infer<typeof moveTaskDeadlineSchema>;

export const taskRemindedSchema = z.object({ told: z.int() }).meta({ id: 'TaskReminded' });
export type TaskReminded = z.infer<typeof taskRemindedSchema>;

/** What is done to many tasks. Decisions are never made so. */
export const taskBulkActionSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('remind') }),
    z.strictObject({ kind: z.literal('assign'), assignee: idSchema.nullable() }),
    z.strictObject({ kind: z.literal('due'), dueOn: z.iso.date('Choose a day.'), reason }),
  ])
  .meta({ id: 'TaskBulkAction' });
export type TaskBulkAction = z.infer<typeof taskBulkActionSchema>;

/** `POST task-bulks`: chooses once, on the server, and begins. */
export const startTaskBulkSchema = z
  .strictObject({
    action: taskBulkActionSchema,
    /** These tasks, or all open ones that match what a list shows. */
    tasks: z.union([
      z.strictObject({ ids: z.array(idSchema).min(1, 'Choose at least one task.').max(1000) }),
      z.strictObject({
        matching: z.strictObject({
          view: tasksQuerySchema.shape.view.unwrap().exclude(['done']),
          q: z.string().max(200).optional(),
        }),
      }),
    ]),
  })
  .meta({ id: 'StartTaskBulk' });
export type StartTaskBulk = z.infer<typeof startTaskBulkSchema>;

export const taskBulkSchema = z
  .object({
    id: idSchema,
    kind: z.enum(['remind', 'assign', 'due', 'undo']),
    status: z.enum(['running', 'done']),
    total: z.int(),
    done: z.int(),
    refused: z.int(),
    askedBy: personRefSchema,
    askedAt: z.iso.datetime(),
    /** Whether the reader may give the tasks back to whom had them. */
    mayUndo: z.boolean(),
    /** Those that were refused, with the reason of each. */
    problems: z.array(z.object({ taskId: idSchema, label: z.string(), message: z.string() })),
  })
  .meta({ id: 'TaskBulk' });
export type TaskBulk = z.infer<typeof taskBulkSchema>;
