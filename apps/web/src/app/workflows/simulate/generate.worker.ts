import {
  generateCases,
  type GeneratedCases,
  type WorkflowDefinition,
} from '@plumbline/workflow-engine';

/** A workflow to make cases up for; the answer carries the same number. */
export interface GenerateRequest {
  readonly number: number;
  readonly definition: WorkflowDefinition;
  readonly library: readonly WorkflowDefinition[];
}

/** The cases, or null when none could be made at all. */
export interface GenerateAnswer {
  readonly number: number;
  readonly made: GeneratedCases | null;
}

addEventListener('message', ({ data }: MessageEvent<GenerateRequest>) => {
  const { number, definition, library } = data;
  let answer: GenerateAnswer;
  try {
    answer = { number, made: generateCases(definition, { library }) };
  } catch {
    // A document with problems may not be playable: the page says that nothing was made.
    answer = { number, made: null };
  }
  postMessage(answer);
});
