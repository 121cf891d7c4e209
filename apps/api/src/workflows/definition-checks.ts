import { Inject, Injectable } from '@nestjs/common';
import type { WorkflowProblem } from '@plumbline/contracts';
import {
  parseDefinition,
  validateDefinition,
  type DefinitionProblem,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';
import type { Tx } from '../platform/database/tenant-database.ts';
import { callerProblems } from './callers.ts';
import { lifecycleProblems } from './lifecycle-fit.ts';
import { Staffing } from './staffing.ts';
import { Workflows, type InOrganisation } from './workflows.ts';

/** A definition that was read, or null with what is wrong with its shape. */
export interface Checked {
  readonly definition: WorkflowDefinition | null;
  readonly problems: WorkflowProblem[];
}

/**
 * Judges documents from outside, in the organisation where they are to run: whether each is a sound
 * definition, fits the workflows that call it and the life of AI systems, and finds its people.
 */
@Injectable()
export class DefinitionChecks {
  constructor(
    @Inject(Workflows) private readonly workflows: Workflows,
    @Inject(Staffing) private readonly staffing: Staffing,
  ) {}

  /** Everything wrong with a document; the definition is null when it cannot be read as one. */
  async check(tx: Tx, ctx: InOrganisation, content: unknown): Promise<Checked> {
    const { definition, problems } = parseDefinition(content);
    if (!definition) return { definition, problems: problems.map(toProblem) };
    const library = await this.workflows.library(tx, ctx);
    const others = library.filter(({ key }) => key !== definition.key);
    return {
      definition,
      problems: [
        ...validateDefinition(definition, [...others, definition]).map(toProblem),
        ...lifecycleProblems(definition),
        ...callerProblems(definition, library),
        ...(await this.staffing.problems(tx, ctx, definition)),
      ],
    };
  }
}

const toProblem = ({ trace, fix, ...problem }: DefinitionProblem): WorkflowProblem => ({
  ...problem,
  ...(trace && { trace: [...trace] }),
  ...(fix && { fix: { words: fix.words, changes: [...fix.changes] } }),
});
