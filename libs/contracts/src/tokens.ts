import * as z from 'zod';
import { idSchema, personRefSchema } from './paging.ts';

/** What a service token may be allowed to do. None of them approves anything. */
export const TOKEN_SCOPES = [
  'ai-systems:read',
  'ai-systems:write',
  'gate:read',
  'measurements:write',
  'record:read',
  'signals:write',
] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/**
 * `…/tokens`: a service token of an organisation, sent as `Authorization: Bearer plt_…`. Its secret is
 * shown once and kept as a hash; `DELETE …/<id>` revokes it.
 */
export const tokenSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    scopes: z.array(z.enum(TOKEN_SCOPES)),
    createdBy: personRefSchema,
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Token' });
export type Token = z.infer<typeof tokenSchema>;

/** A token works for a year at most. Needs a password entered within five minutes. */
export const createTokenSchema = z
  .strictObject({
    name: z.string().trim().min(1, 'Enter a name.').max(100),
    scopes: z.array(z.enum(TOKEN_SCOPES)).min(1, 'Choose at least one scope.'),
    expiresAt: z.iso.datetime('Choose a day.'),
  })
  .meta({ id: 'CreateToken' });
export type CreateToken = z.infer<typeof createTokenSchema>;

export const createdTokenSchema = tokenSchema
  .extend({ secret: z.string() })
  .meta({ id: 'CreatedToken' });
export type CreatedToken = z.infer<typeof createdTokenSchema>;

export const tokensSchema = z.object({ tokens: z.array(tokenSchema) }).meta({ id: 'Tokens' });
export type TokensAnswer = z.infer<typeof tokensSchema>;
