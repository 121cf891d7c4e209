import * as z from 'zod';
import { idSchema, personRefSchema } from './paging.ts';

const name = z.string().min(1).max(120);
const facts = z.record(z.string().min(1).max(100), z.unknown());
const due = z.strictObject({
  amount: z.number().min(0).max(10_000),
  unit: z.enum(['business-days', 'business-hours', 'calendar-days']),
});
const item = z.int().min(1).max(500).optional();
const stub = z.strictObject({ outcome: name, facts: facts.optional() });

/** One thing that happens in a case. */
export const caseStepSchema = z.union([
  z.strictObject({
    step: name,
    item,
    by: name.optional(),
    person: name.optional(),
    answers: facts.optional(),
    outcome: name.optional(),
    reason: z.string().max(4000).optional(),
    conditions: z
      .array(z.strictObject({ text: z.string().max(4000), owner: name, due: z.iso.date() }))
      .max(50)
      .optional(),
    sendBackTo: name.optional(),
    action: z.enum(['claim', 'release', 'hold', 'continue']).optional(),
    refused: name.optional(),
  }),
  z.strictObject({ skipTime: z.union([z.literal('next'), due]) }),
  z.strictObject({ signal: name, facts: facts.optional() }),
  z.strictObject({ child: name, item, outcome: name, facts: facts.optional() }),
  z.strictObject({ around: facts }),
  z.strictObject({ cancel: z.string().min(1).max(4000) }),
]);

/** A case to try a workflow with: how it begins, what is done, and what is expected in the end. */
export const savedCaseSchema = z
  .strictObject({
    name: z.string().trim().min(1, 'Enter a name.').max(120),
    facts,
    around: z
      .strictObject({ now: z.iso.datetime().optional(), facts: facts.optional() })
      .optional(),
    /** Endings of workflows that are called, by step or by workflow: these are not played. */
    stubs: z.record(name, stub).optional(),
    steps: z.array(caseStepSchema).max(500),
    expects: z
      .strictObject({
        ending: name.nullable().optional(),
        facts: facts.optional(),
        waitsAt: z.array(name).max(100).optional(),
      })
      .optional(),
  })
  .meta({ id: 'WorkflowCase' });
export type SavedWorkflowCase = z.infer<typeof savedCaseSchema>;

export const keptCaseSchema = z
  .object({
    id: idSchema,
    case: savedCaseSchema,
    savedBy: personRefSchema,
    savedAt: z.iso.datetime(),
  })
  .meta({ id: 'KeptWorkflowCase' });
export type KeptCase = z.infer<typeof keptCaseSchema>;

export const casesAnswerSchema = z
  .object({ cases: z.array(keptCaseSchema) })
  .meta({ id: 'WorkflowCases' });
export type CasesAnswer = z.infer<typeof casesAnswerSchema>;

/** Keeps a case; one of the same name is replaced. */
export const saveCaseSchema = z
  .strictObject({ case: savedCaseSchema })
  .meta({ id: 'SaveWorkflowCase' });
export type SaveCase = z.infer<typeof saveCaseSchema>;

const spread = z.strictObject({
  min: z.number().min(0).max(1_000_000),
  likely: z.number().min(0).max(1_000_000),
  max: z.number().min(0).max(1_000_000),
  shape: z.enum(['triangular', 'lognormal']).optional(),
});
const share = z.number().min(0).max(1);

/** What a forecast assumes; the calendar is the organisation's own. */
export const forecastAssumptionsSchema = z
  .strictObject({
    seed: z
      .int()
      .min(0)
      .max(2 ** 31),
    start: z.iso.datetime().optional(),
    runs: z.int().min(1).max(100_000),
    repeats: z.int().min(1).max(1000).optional(),
    arrivals: z.union([
      z.strictObject({
        pattern: z.enum(['even', 'random']),
        perDay: z.number().positive().max(100_000),
      }),
      z.strictObject({ pattern: z.literal('together') }),
    ]),
    steps: z
      .record(
        name,
        z.strictObject({
          minutes: spread.optional(),
          ways: z.record(name, z.number().min(0).max(1_000_000)).optional(),
          skipped: share.optional(),
          branches: z.record(name, share).optional(),
          signals: z.record(name, z.strictObject({ chance: share, after: spread })).optional(),
          people: z.int().min(1).max(100).optional(),
          items: z.int().min(0).max(500).optional(),
        }),
      )
      .optional(),
    roles: z
      .record(name, z.strictObject({ people: z.int().min(1).max(10_000), share: share.optional() }))
      .optional(),
  })
  .meta({ id: 'WorkflowForecastAssumptions' });
export type ForecastAssumptions = z.infer<typeof forecastAssumptionsSchema>;

/** Tries the draft, or a version, with cases or by a forecast. */
export const simulateWorkflowSchema = z
  .strictObject({
    of: z.union([z.literal('draft'), z.int().min(1).max(100_000)]),
    try: z.union([
      z.strictObject({ cases: z.union([z.literal('all'), z.array(idSchema).min(1).max(100)]) }),
      z.strictObject({ forecast: forecastAssumptionsSchema }),
    ]),
  })
  .meta({ id: 'SimulateWorkflow' });
export type SimulateWorkflow = z.infer<typeof simulateWorkflowSchema>;

/** What was tried and what came of it. Kept with the content: the same hash, the same results. */
export const simulationSchema = z
  .object({
    id: idSchema,
    kind: z.enum(['cases', 'forecast']),
    /** Hash of what was tried. */
    hash: z.string(),
    /** Versions with this content; empty while only a draft has it. */
    versions: z.array(z.int()),
    state: z.enum(['waiting', 'running', 'done', 'failed']),
    /** `CasesResult` or `Forecast` of @plumbline/workflow-engine. */
    result: z.record(z.string(), z.unknown()).nullable(),
    failure: z.string().nullable(),
    createdBy: personRefSchema,
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'WorkflowSimulation' });
export type Simulation = z.infer<typeof simulationSchema>;

export const simulationsAnswerSchema = z
  .object({ simulations: z.array(simulationSchema) })
  .meta({ id: 'WorkflowSimulations' });
export type SimulationsAnswer = z.infer<typeof simulationsAnswerSchema>;
