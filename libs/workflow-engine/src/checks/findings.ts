import type {
  DefinitionFix,
  DefinitionProblem,
  DefinitionProblemCode,
} from '../definition/definition-problem.ts';

/** Collects what the checks of a definition find. */
export class Findings {
  readonly problems: DefinitionProblem[] = [];

  /** Something that keeps the definition from being published. */
  error(code: DefinitionProblemCode, place: string, message: string, fix?: DefinitionFix): void {
    this.problems.push({ code, severity: 'error', place, message, ...(fix && { fix }) });
  }

  /** Something that is probably not meant. */
  warn(code: DefinitionProblemCode, place: string, message: string, fix?: DefinitionFix): void {
    this.problems.push({ code, severity: 'warning', place, message, ...(fix && { fix }) });
  }

  /** A problem of the flow, with the steps that lead to it. */
  flow(problem: DefinitionProblem): void {
    this.problems.push(problem);
  }

  get failed(): boolean {
    return this.problems.some(({ severity }) => severity === 'error');
  }
}
