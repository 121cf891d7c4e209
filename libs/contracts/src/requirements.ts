import * as z from 'zod';

/** Counts of requirements in the three states of truth; never one percentage. */
export const readinessSchema = z.object({
  total: z.int(),
  /** Said: a finished step or a person claims it. */
  said: z.int(),
  /** Shown: evidence is attached. */
  shown: z.int(),
  /** Checked: somebody else has approved it on that evidence. */
  checked: z.int(),
});
export type Readiness = z.infer<typeof readinessSchema>;

export const readinessRowSchema = z
  .object({
    /** `4` … `10` or `A.2` … `A.10`. */
    group: z.string(),
    title: z.string(),
    counts: readinessSchema,
    biggestGap: z.string().nullable(),
  })
  .meta({ id: 'ReadinessRow' });
export type ReadinessRow = z.infer<typeof readinessRowSchema>;

/** One requirement and where it stands. */
export const requirementSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    words: z.string(),
    said: z.boolean(),
    shown: z.boolean(),
    checked: z.boolean(),
    evidence: z.array(z.object({ id: z.string(), reference: z.string(), shows: z.string() })),
  })
  .meta({ id: 'Requirement' });
export type Requirement = z.infer<typeof requirementSchema>;

/** The readiness table of an organisation. */
export const readinessAnswerSchema = z
  .object({ items: z.array(readinessRowSchema) })
  .meta({ id: 'ReadinessAnswer' });
export type ReadinessAnswer = z.infer<typeof readinessAnswerSchema>;

/** `4` … `10` or `A.2` … `A.10`. */
export const requirementGroupIdSchema = z.string().regex(/^(A\.)?\d{1,2}$/);

/** One group with all its clauses or controls. */
export const requirementGroupSchema = z
  .object({ group: z.string(), title: z.string(), items: z.array(requirementSchema) })
  .meta({ id: 'RequirementGroup' });
export type RequirementGroup = z.infer<typeof requirementGroupSchema>;
