import { Inject, Injectable } from '@nestjs/common';
import type { WorkflowProblem } from '@plumbline/contracts';
import {
  validateDefinition,
  type DefinitionProblem,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';
import type { Tx } from '../platform/database/tenant-database.ts';
import { Workflows, type InOrganisation } from './workflows.ts';

/** A definition that was read, or null with what is wrong with its shape. */
interface Checked {
  readonly definition: WorkflowDefinition | null;
  readonly problems: WorkflowProblem[];
}

/** Judges definitions as they come from outside, in the organisation where they are to run. */
@Injectable()
export class DefinitionChecks {
  constructor(@Inject(Workflows) private readonly workflows: Workflows) {}

  /** Everything wrong with a document; the definition is null when it cannot be read as one. */
  async check(
    tx: Tx,
    ctx: InOrganisation,
    content: Readonly<Record<string, unknown>>,
  ): Promise<Checked> {
    const library = await this.workflows.library(tx, ctx);
    const others = library.filter(({ key }) => key !== content['key']);
    const definition = content as object as WorkflowDefinition;
    try {
      const problems = validateDefinition(definition, [...others, definition]);
      return { definition, problems: problems.map(toProblem) };
    } catch (error) {
      // The checks expect a definition; what they stumble over has not its shape.
      if (!(error instanceof TypeError)) throw error;
      const message = 'This has not the shape of a definition. Start from a workflow that works.';
      return {
        definition: null,
        problems: [{ code: 'bad-shape', severity: 'error', place: '', message }],
      };
    }
  }
}

const toProblem = ({ trace, ...problem }: DefinitionProblem): WorkflowProblem => ({
  ...problem,
  ...(trace && { trace: [...trace] }),
});
