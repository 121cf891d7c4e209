import {
  AI_SYSTEM_STAGES,
  aiSystemFieldsSchema,
  GATE_STATES,
  TIERS,
  type AiSystemFields,
} from '@plumbline/contracts';
import { z } from 'zod';

/** What a run may set that has a column of its own. */
const governanceSchema = z
  .object({
    name: z.string().trim().min(1).max(300),
    stage: z.enum(AI_SYSTEM_STAGES),
    tier: z.enum(TIERS).nullable(),
    path: z.enum(['light', 'standard', 'full', 'stop']).nullable(),
    gateState: z.enum(GATE_STATES),
    residualLevel: z.enum(['low', 'moderate', 'high', 'critical']).nullable(),
    nextReviewOn: z.iso.date().nullable(),
  })
  .partial();

export type Governance = z.infer<typeof governanceSchema>;

/** What a run writes, sorted by where it is kept. */
export interface SortedWrites {
  readonly governance: Governance;
  readonly fields: AiSystemFields;
  /** Everything else: facts that only conditions read. */
  readonly facts: Readonly<Record<string, unknown>>;
}

const pick = (writes: Readonly<Record<string, unknown>>, known: (key: string) => boolean) =>
  Object.fromEntries(Object.entries(writes).filter(([key]) => known(key)));

const isGovernance = (key: string) => Object.hasOwn(governanceSchema.shape, key);
const isField = (key: string) => Object.hasOwn(aiSystemFieldsSchema.shape, key);

/** Sorts and checks what a run writes. A value that its column cannot hold throws a ZodError. */
export function sortWrites(writes: Readonly<Record<string, unknown>>): SortedWrites {
  return {
    governance: governanceSchema.parse(pick(writes, isGovernance)),
    fields: aiSystemFieldsSchema.parse(pick(writes, isField)),
    facts: pick(writes, (key) => !isGovernance(key) && !isField(key)),
  };
}
