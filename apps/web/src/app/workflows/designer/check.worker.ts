import {
  type DefinitionProblem,
  validateDefinition,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';

/** A definition to check; the answer carries the same number. */
export interface CheckRequest {
  readonly number: number;
  readonly definition: WorkflowDefinition;
}

/** What is wrong with it; `null` when it could not be checked at all. */
export interface CheckAnswer {
  readonly number: number;
  readonly problems: readonly DefinitionProblem[] | null;
}

addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => {
  const { number, definition } = data;
  let answer: CheckAnswer;
  try {
    answer = { number, problems: validateDefinition(definition) };
  } catch {
    // A document that no version of the language describes: the page says that it was not checked.
    answer = { number, problems: null };
  }
  postMessage(answer);
});
