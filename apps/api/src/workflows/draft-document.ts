import { Invalid, Refused, type FieldProblem } from '../platform/problems.ts';

/** Largest definition, and largest layout, in bytes of JSON. */
const LARGEST = 1_000_000;
/** As many as people can follow; the engine judges no more. */
const MOST_STEPS = 300;

/** A definition as it came, with what lists show of it. Whether it can run is judged elsewhere. */
export interface DraftDocument {
  readonly content: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly purpose: string;
}

/** Refuses a document that is too large to be worked on, or that is no workflow of this key at all. */
export function readDocument(
  content: Readonly<Record<string, unknown>>,
  key: string,
): DraftDocument {
  refuseTooLarge(content);
  const { name, purpose = '', steps } = content;
  const problems: FieldProblem[] = [];
  const refuse = (field: string, message: string) =>
    problems.push({ field: `definition.${field}`, message });
  if (content['key'] !== key) refuse('key', `The key of this workflow is “${key}” and stays so.`);
  if (typeof name !== 'string' || name.trim() === '' || name.length > 120)
    refuse('name', 'Give the workflow a name of at most 120 characters.');
  if (typeof purpose !== 'string' || purpose.length > 4000)
    refuse('purpose', 'Say in at most 4,000 characters what the workflow is for.');
  if (!Array.isArray(steps)) refuse('steps', 'A workflow has a list of steps.');
  if (problems.length > 0) throw new Invalid('This is no definition of a workflow.', problems);
  return { content, name: String(name), purpose: String(purpose) };
}

/** Refuses what nobody could follow, and nothing could judge in reasonable time. */
export function refuseTooLarge(content: Readonly<Record<string, unknown>>): void {
  const { steps } = content;
  if (Array.isArray(steps) && steps.length > MOST_STEPS) {
    throw tooLarge(
      'definition.steps',
      `A workflow may have ${MOST_STEPS} steps; this one has ${steps.length}. ` +
        'Split it, and call the parts as sub-workflows.',
    );
  }
  refuseBytes('definition', content);
}

/** Refuses a layout that is larger than any picture needs. */
export const refuseLargeLayout = (layout: unknown): void => refuseBytes('layout', layout);

function refuseBytes(field: string, value: unknown): void {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes <= LARGEST) return;
  throw tooLarge(
    field,
    `This takes ${bytes.toLocaleString('en-GB')} bytes, and at most ` +
      `${LARGEST.toLocaleString('en-GB')} are kept. Split the workflow, or shorten its texts.`,
  );
}

const tooLarge = (field: string, message: string): Refused =>
  new Refused('definition-too-large', message, { problems: [{ field, message }] });
