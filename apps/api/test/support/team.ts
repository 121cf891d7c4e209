import type { MemberRole } from '@plumbline/policies';
import type { Facts } from '@plumbline/workflow-engine';
import { Deliveries } from '../../src/platform/outbox/deliveries.ts';
import { AtWork } from './at-work.ts';
import type { TestApi } from './test-api.ts';
import { aMember, type TestOrganisation } from './world.ts';

interface OpenTask {
  id: string;
  title: string;
  step: string;
  role: string;
  also: string | null;
  assignee: string | null;
}

/** People of one organisation who do what is asked of them, each in their own role. */
export class Team {
  private readonly people: { readonly who: AtWork; readonly roles: readonly string[] }[] = [];
  /** What was done, in order: step and who did it. */
  readonly done: { readonly step: string; readonly by: string }[] = [];

  constructor(
    private readonly api: TestApi,
    private readonly organisation: TestOrganisation,
  ) {}

  async join(name: string, ...roles: MemberRole[]): Promise<AtWork> {
    const id = await aMember(this.api, this.organisation, roles, name);
    const who = new AtWork(await this.api.signIn(id, { steppedUp: true }), this.organisation);
    this.people.push({ who, roles });
    return who;
  }

  /** Gives everyone an evidence item to attach where a form asks for one. */
  shareProof(evidenceId: string): void {
    for (const { who } of this.people) who.proof = evidenceId;
  }

  /** Works on an AI system's tasks until none is open or `isDone` says so. */
  async work(
    aiSystemId: string,
    answers: Readonly<Record<string, Facts>>,
    isDone: () => Promise<boolean> = () => Promise.resolve(false),
  ): Promise<void> {
    for (let turn = 0; turn < 120 && !(await isDone()); turn += 1) {
      const open = await this.api.admin<OpenTask>(
        `select id, title, step, role, also, assignee from app.task
         where ai_system_id = $1 and status = 'open' order by opened_at, id`,
        [aiSystemId],
      );
      if (open.length === 0) return;
      for (const task of open) await this.doTask(task, answers[task.step] ?? {});
    }
  }

  private async doTask(task: OpenTask, given: Facts): Promise<void> {
    const refusals: string[] = [];
    for (const who of this.candidates(task)) {
      const page = await who.task(task.id);
      if (page.status !== 'open') return;
      if (!page.can.submit && !page.can.decide) {
        refusals.push(page.can.whyNot ?? '');
        continue;
      }
      const approving = page.decision?.outcomes.find(({ effect }) => effect === 'approve');
      const { outcome, ...rest } = given;
      const chosen = typeof outcome === 'string' ? outcome : (approving?.key ?? '');
      const answer = page.can.decide
        ? await who.decide(task.id, chosen)
        : await who.submit(task.id, who.answersTo(page, rest));
      if (answer.status !== 200) throw new Error(`${task.title}: ${answer.text}`);
      this.done.push({ step: task.step, by: who.personId });
      return;
    }
    throw new Error(`Nobody can do “${task.title}” (${task.role}): ${refusals.join(' / ')}`);
  }

  private candidates({ role, also, assignee }: OpenTask): AtWork[] {
    const fits = this.people.filter(
      ({ who, roles }) =>
        who.personId === assignee ||
        (assignee === null && roles.some((held) => held === role || held === also)),
    );
    return fits.map(({ who }) => who);
  }

  /** Carries out all promised work of the organisation, as the worker would. */
  async deliver(): Promise<void> {
    const rows = await this.api.admin<{ id: string }>(
      `select id from app.outbox where organisation_id = $1 and done_at is null order by id`,
      [this.organisation.id],
    );
    const deliveries = this.api.app.get(Deliveries);
    for (const { id } of rows)
      await deliveries.deliver({ id, organisationId: this.organisation.id });
  }
}
