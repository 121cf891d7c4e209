import * as z from 'zod';
import { idSchema, pageQuerySchema } from './paging.ts';

/** One thing told to a person. */
export const notificationSchema = z
  .object({
    id: idSchema,
    kind: z.enum(['your-turn', 'late', 'for-information', 'job']),
    text: z.string(),
    path: z.string(),
    at: z.iso.datetime(),
    readAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Notification' });
export type Notification = z.infer<typeof notificationSchema>;

export const notificationsQuerySchema = pageQuerySchema.extend({
  unread: z.enum(['true', 'false']).optional(),
});
export type NotificationsQuery = z.infer<typeof notificationsQuerySchema>;

export const notificationsSchema = z
  .object({
    items: z.array(notificationSchema),
    nextCursor: z.string().nullable(),
    unread: z.int(),
  })
  .meta({ id: 'Notifications' });
export type NotificationsAnswer = z.infer<typeof notificationsSchema>;

export const markReadSchema = z
  .strictObject({ ids: z.array(idSchema).max(200).nullable() })
  .meta({ id: 'MarkRead' });
export type MarkRead = z.infer<typeof markReadSchema>;
