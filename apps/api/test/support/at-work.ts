import type { Receipt, Task, TasksAnswer } from '@plumbline/contracts';
import {
  askedAnswers,
  dictionaryOf,
  sampleAnswers,
  type FactDeclaration,
  type Facts,
  type FormDefinition,
} from '@plumbline/workflow-engine';
import type { Client } from './test-api.ts';
import type { TestOrganisation } from './world.ts';

/** A task's answer with the engine's types on what it passes through. */
export type TaskAnswer = Omit<Task, 'form' | 'facts' | 'values'> & {
  readonly form: FormDefinition;
  readonly facts: readonly FactDeclaration[];
  readonly values: Facts;
};

/** A person doing their tasks through the API, as the web does. */
export class AtWork {
  /** An evidence item that this person attaches wherever a form asks for one. */
  proof = 'evidence-1';

  constructor(
    readonly client: Client,
    private readonly organisation: TestOrganisation,
  ) {}

  get personId(): string {
    return this.client.personId;
  }

  path(rest: string): string {
    return `/api/organisations/${this.organisation.slug}/${rest}`;
  }

  async tasks(view = 'your-turn'): Promise<TasksAnswer> {
    const answer = await this.client.get(this.path(`tasks?view=${view}`)).expect(200);
    return answer.body as TasksAnswer;
  }

  async task(id: string): Promise<TaskAnswer> {
    const answer = await this.client.get(this.path(`tasks/${id}`)).expect(200);
    return answer.body as TaskAnswer;
  }

  /** The one open task of this step that waits for the person. */
  async find(title: string | RegExp): Promise<TaskAnswer> {
    const { items } = await this.tasks();
    const found = items.filter((item) =>
      typeof title === 'string' ? item.title === title : title.test(item.title),
    );
    if (found.length !== 1) {
      const titles = items.map((item) => item.title).join(', ');
      throw new Error(`${found.length} tasks “${String(title)}” among: ${titles}`);
    }
    return this.task(found[0]!.id);
  }

  /**
   * Complete answers to a task's form: those given that it asks, and the plainest for every other
   * question, where the person names themselves.
   */
  answersTo(task: TaskAnswer, given: Facts = {}): Facts {
    const dictionary = dictionaryOf(task.facts);
    const filled = sampleAnswers(task.form, dictionary, task.values, given);
    const sample = askedAnswers(task.form, dictionary, task.values, filled);
    const text = JSON.stringify(sample)
      .replaceAll('person-1', this.personId)
      .replaceAll('evidence-1', this.proof);
    return JSON.parse(text) as Facts;
  }

  submit(id: string, answers: Facts, headers: Readonly<Record<string, string>> = {}) {
    return this.client.post(this.path(`tasks/${id}/submit`), { answers }, headers);
  }

  decide(id: string, outcome: string, more: object = {}) {
    return this.client.post(this.path(`tasks/${id}/decide`), {
      outcome,
      reason: 'Looked at the facts.',
      ...more,
    });
  }

  /** Finds a form task by its title and finishes it. */
  async does(title: string | RegExp, given: Facts = {}): Promise<Receipt> {
    const task = await this.find(title);
    const answer = await this.submit(task.id, this.answersTo(task, given)).expect(200);
    return answer.body as Receipt;
  }

  /** Finds an approval by its title and records an outcome. */
  async decides(title: string | RegExp, outcome = 'approve', more: object = {}): Promise<Receipt> {
    const task = await this.find(title);
    const answer = await this.decide(task.id, outcome, more).expect(200);
    return answer.body as Receipt;
  }
}
