import assert from 'node:assert/strict';
import { ask, signIn } from './support/people.mjs';
import { answersTo, decide, doForm, readTask } from './support/task-forms.mjs';

/** Answers of an everyday tool: an office copilot that drafts internal text. */
const copilot = {
  name: 'Office copilot for internal text',
  purpose: 'Drafts internal notes and summaries. A person reads every one before it is used.',
  kind: 'off-the-shelf-tool',
  dataKinds: ['confidential-business'],
  volume: '100-to-1000',
  affectedGroups: ['none-outside-team'],
  sensitiveAreas: ['none'],
  safetyComponent: 'no',
  meetsPeople: 'no',
  ...{ t1: 0, t2: 0, t3: 1, t4: 2, t5: 0, t6: 1, t7: 0, t8: 1 },
  ...{ iq05: 'no', iq07: 'no', iq12: 'yes', iq13: 'no', iq16: 'suggests-human-decides' },
  ...{ iq18: 'instantly', iq25: 'no', iq31: ['sent-to-supplier'], iq32: 'no', iq42: 'no' },
  ...{ iq44: 'no', iq48: 'A new version.' },
  supplierChecked: true,
  ownerAccepts: true,
};

/** Proposes the tool as the person of this page and does the task that opens; answers what it made. */
async function propose(page, name) {
  const me = (await ask(page, '/api/sessions/current')).person;
  await page.goto('/c/northgate/propose');
  await page.getByLabel('What should we call it?').fill(name);
  await page.getByRole('radio', { name: 'A tool that we buy as it is' }).check();
  await page.getByRole('button', { name: 'Send proposal' }).click();
  const another = page.getByRole('button', { name: /^No, it is another use/ });
  const heading = page.getByRole('heading', { level: 1, name: /Describe the use/ });
  await another.or(heading).first().waitFor();
  if (await another.count()) await another.click();
  await page.waitForURL(/\/tasks\/[0-9a-f-]{36}/);
  await heading.waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const task = await readTask(page, 'northgate', id);
  const answers = answersTo(task, { ...copilot, name, owner: me.id }, { person: me.id });
  const receipt = await doForm(page, task, answers);
  return { system: task.aiSystem.id, runId: task.runId, receipt };
}

/** An everyday tool: proposed on one page, decided on another; nobody decides on their own. */
export default async function lightPath(world) {
  const proposer = await signIn(world, 'tom.reid@northgate.example');
  const made = await world.check('a proposer does one page and gets a receipt', () =>
    propose(proposer, copilot.name),
  );
  const manager = await signIn(world, 'daniel.okoye@northgate.example');
  const system = () => ask(manager, `/api/organisations/northgate/ai-systems/${made.system}`);

  await world.check('it waits for one decision and nothing else', async () => {
    const { items } = await ask(
      manager,
      `/api/organisations/northgate/tasks?view=your-turn&aiSystem=${made.system}`,
    );
    assert.deepEqual(
      items.map(({ type }) => type),
      ['approval'],
    );
  });

  await world.check(
    'the decision has nothing preselected and is recorded with a hash',
    async () => {
      await manager.goto('/c/northgate/tasks');
      await manager
        .getByRole('link', { name: new RegExp(copilot.name) })
        .first()
        .click();
      await manager.getByText('What you are deciding').waitFor();
      assert.equal(await manager.locator('input[type=radio]:checked').count(), 0);
      const receipt = await decide(manager, /^Approve the use/);
      assert.match(receipt, /[0-9a-f]{64}/);
    },
  );

  await world.check('it took at most 3 human tasks, and the tool may be used', async () => {
    const run = await ask(manager, `/api/organisations/northgate/runs/${made.runId}`);
    assert.equal(run.status, 'ended');
    const done = run.steps.filter(
      ({ type, visits }) => ['form', 'task', 'approval'].includes(type) && visits > 0,
    );
    assert.ok(done.length <= 3, `${done.length} tasks`);
    assert.ok(['approved', 'live'].includes((await system()).stage));
  });

  await world.check('the proposer’s own approval is refused with the reason', async () => {
    const own = await propose(manager, 'Office copilot for minutes');
    const run = await ask(manager, `/api/organisations/northgate/runs/${own.runId}`);
    const [task] = run.tasks;
    assert.match(task.title, /^Decide: /);
    await manager.goto(`/c/northgate/tasks/${task.id}`);
    await manager.getByText('Why you cannot do this').waitFor();
    assert.equal(await manager.getByRole('button', { name: 'Check decision' }).count(), 0);
    const refused = await manager.evaluate(async (id) => {
      const answer = await fetch(`/api/organisations/northgate/tasks/${id}/decide`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'own-approval-refused' },
        body: JSON.stringify({ outcome: 'approve', reason: 'Mine.', conditions: [] }),
      });
      return { status: answer.status, ...(await answer.json()) };
    }, task.id);
    assert.ok(refused.status >= 400, `answered ${refused.status}`);
    assert.match(refused.detail, /propos/i);
  });
}
