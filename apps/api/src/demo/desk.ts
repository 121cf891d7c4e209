import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import {
  askedAnswers,
  dictionaryOf,
  sampleAnswers,
  type FactDeclaration,
  type Facts,
  type FactValue,
  type Field,
  type FormDefinition,
} from '@plumbline/workflow-engine';
import type { Task } from '@plumbline/contracts';
import { EvidenceItems } from '../evidence/index.ts';
import { FileStorage } from '../platform/storage/index.ts';
import type { RequestContext } from '../platform/request-context.ts';
import { TaskDecisions, TaskPage, Tasks } from '../tasks/index.ts';
import type { Cast } from './demo-people.ts';
import type { Story } from './story.ts';

/** An open task as a story meets it. */
export interface StoryTask {
  readonly id: string;
  readonly step: string;
  readonly type: 'form' | 'task' | 'approval';
}

const APPROVING = new Set(['approve', 'approve-with-conditions']);

/** Does one task of a story, as one of its people, through the same services as everybody. */
@Injectable()
export class Desk {
  constructor(
    @Inject(TaskPage) private readonly page: TaskPage,
    @Inject(Tasks) private readonly tasks: Tasks,
    @Inject(TaskDecisions) private readonly decisions: TaskDecisions,
    @Inject(EvidenceItems) private readonly evidence: EvidenceItems,
    @Inject(FileStorage) private readonly storage: FileStorage,
  ) {}

  async finish(ctx: RequestContext, task: StoryTask, story: Story, cast: Cast): Promise<void> {
    const page = await this.page.get(ctx, task.id);
    if (task.type === 'approval') {
      await this.decide(ctx, page, task, story);
      return;
    }
    const answers = await this.answersTo(ctx, page, story, cast);
    await this.tasks.submit(ctx, task.id, { answers });
  }

  private async decide(
    ctx: RequestContext,
    page: Task,
    { id, step }: StoryTask,
    story: Story,
  ): Promise<void> {
    const approving = page.decision?.outcomes.find(({ effect }) => APPROVING.has(effect));
    const outcome = story.outcomes?.[step] ?? approving?.key;
    if (!outcome) throw new Error(`${story.name}: nothing can be decided at ${step}`);
    const reason = story.reasons[step];
    if (!reason) throw new Error(`${story.name}: the story gives no reason at ${step}`);
    await this.decisions.decide(ctx, id, { outcome, reason, conditions: [] });
  }

  /** The story's answers to what the form asks; documents are added where it asks for evidence. */
  private async answersTo(
    ctx: RequestContext,
    page: Task,
    story: Story,
    cast: Cast,
  ): Promise<Facts> {
    // The page's form is the engine's document, passed through the contract as plain JSON.
    const form = page.form as unknown as FormDefinition;
    const facts = page.facts as unknown as FactDeclaration[];
    const values = page.values as Facts;
    const dictionary = dictionaryOf(facts);
    const told = withPeople(
      { ...story.answers, name: story.name, kind: story.kind },
      cast,
    ) as Facts;
    const documents: Record<string, FactValue> = {};
    for (const { key } of evidenceFields(form)) {
      const document = story.documents[key];
      if (!document) continue;
      const file = await this.storage.receive(Readable.from([document.text]));
      const item = await this.evidence.add(
        ctx,
        { shows: document.shows, taskId: page.id },
        { ...file, fileName: document.fileName },
      );
      documents[key] = [item.id];
    }
    const given = { ...told, ...documents };
    const asked = askedAnswers(form, dictionary, values, given);
    const complete = sampleAnswers(form, dictionary, values, asked);
    return askedAnswers(form, dictionary, values, complete);
  }
}

const evidenceFields = (form: FormDefinition): Field[] =>
  form.sections.flatMap(({ fields }) => fields).filter(({ type }) => type === 'evidence');

/** Replaces `@role` by the person who holds the role, wherever it stands. */
function withPeople(value: unknown, cast: Cast): unknown {
  if (typeof value === 'string' && value.startsWith('@')) {
    const [person] = cast.withRole(value.slice(1));
    if (!person) throw new Error(`The demo has nobody with the role ${value.slice(1)}.`);
    return person.personId;
  }
  if (Array.isArray(value)) return value.map((item: unknown) => withPeople(item, cast));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, withPeople(item, cast)]),
    );
  }
  return value;
}
