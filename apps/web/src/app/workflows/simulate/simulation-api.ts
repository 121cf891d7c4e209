import { inject, Injectable } from '@angular/core';
import {
  type CasesAnswer,
  casesAnswerSchema,
  type SimulateWorkflow,
  type Simulation,
  simulationSchema,
} from '@plumbline/contracts';
import type { SavedCase } from '@plumbline/workflow-engine';
import { Api, CurrentOrganisation } from '../../platform/index.ts';

/** Cases that are kept and simulations that are made. Refusals are thrown as `ApiProblem`. */
@Injectable()
export class SimulationApi {
  private readonly api = inject(Api);
  private readonly organisation = inject(CurrentOrganisation);

  /** Keeps a case; one of the same name is replaced. */
  save(key: string, content: SavedCase): Promise<CasesAnswer> {
    return this.api.put(this.path(key, 'cases'), { case: content }, { answer: casesAnswerSchema });
  }

  remove(key: string, id: string): Promise<CasesAnswer> {
    return this.api.delete(this.path(key, 'cases', id), { answer: casesAnswerSchema });
  }

  simulate(key: string, input: SimulateWorkflow): Promise<Simulation> {
    return this.api.post(this.path(key, 'simulations'), input, { answer: simulationSchema });
  }

  path(key: string, ...more: readonly string[]): string {
    return this.organisation.api('workflows', key, ...more);
  }
}
