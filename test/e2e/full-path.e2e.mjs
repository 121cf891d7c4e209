import assert from 'node:assert/strict';
import { listen } from './support/live.mjs';
import { ask, signIn } from './support/people.mjs';
import { answersTo, decide, doForm, readTask } from './support/task-forms.mjs';

const CLIENT = 'northgate';
const api = (path) => `/api/organisations/${CLIENT}/${path}`;

/** Who does what at the client, by role. */
const PEOPLE = {
  'client.staff': 'tom.reid',
  'client.system_owner': 'tom.reid',
  'client.aims_manager': 'daniel.okoye',
  'client.approver': 'priya.shah',
  'client.top_management': 'helen.marsh',
  'client.risk_owner': 'ruth.lindqvist',
  'client.technical_lead': 'sam.whitfield',
  'client.validator': 'farah.aziz',
  'client.data_lead': 'oliver.banks',
  'client.security_lead': 'grace.kim',
  'client.legal': 'edward.nash',
  'client.supplier_manager': 'bea.costa',
  'client.overseer': 'jamal.wright',
  // The client's adviser, who looks at the scores of a high-risk system.
  'firm.consultant': 'leo.park',
};

/** Where two of one role must decide. */
const SECOND_APPROVER = 'mei.tan';

/** Where people's addresses end. */
const domainOf = (name) => (name === PEOPLE['firm.consultant'] ? 'harbour' : CLIENT);

/** A custom agent that issues refunds by itself: high tier, full path. */
const agent = {
  name: 'Refund agent',
  purpose: 'Reads complaints of customers and refunds up to 50 pounds by itself.',
  kind: 'ai-agent',
  dataKinds: ['confidential-business'],
  volume: '100-to-1000',
  affectedGroups: ['customers'],
  sensitiveAreas: ['none'],
  safetyComponent: 'no',
  meetsPeople: 'no',
  ...{ t1: 2, t2: 2, t3: 2, t4: 2, t5: 2, t6: 2, t7: 1, t8: 3 },
};

/** Answers along the way, by question; all others get a plain one. */
const along = (ids) => ({
  prohibitedUse: 'no',
  overseer: ids.overseer,
  builders: [ids.technical],
  iq21: 'By mail, answered within five days.',
  iq28: 'Two in a hundred.',
  testException: 'The pilot is limited to ten people.',
  sourcesLeftOut: 'The others do not apply.',
  logRetentionDays: 180,
  decision: 'start-review',
});

/** Everybody at their own browser. */
class Team {
  constructor(world) {
    this.world = world;
    this.pages = new Map();
    /** Who finished what, in order. */
    this.done = [];
  }

  async begin() {
    this.changes = await listen(await this.page(PEOPLE['client.aims_manager']), CLIENT);
  }

  async page(name) {
    if (!this.pages.has(name)) {
      this.pages.set(name, await signIn(this.world, `${name}@${domainOf(name)}.example`));
    }
    return this.pages.get(name);
  }

  async idOf(name) {
    return (await ask(await this.page(name), '/api/sessions/current')).person.id;
  }

  /** Does the open tasks of a system, each by somebody who may, until `isDone`. */
  async work(system, answers, isDone) {
    const manager = await this.page(PEOPLE['client.aims_manager']);
    for (let turn = 0; turn < 80; turn += 1) {
      // The worker carries out what the last task has set going.
      const open = await this.changes.until(async () => {
        if (await isDone(manager)) return 'done';
        const tasks = await this.openTasks(manager, system);
        return tasks.length > 0 && tasks;
      });
      if (open === 'done') return;
      for (const task of open) await this.do(task, answers);
    }
    throw new Error('The work does not come to its end.');
  }

  async openTasks(page, system) {
    const lists = await Promise.all(
      ['your-turn', 'waiting'].map((view) =>
        ask(page, api(`tasks?view=${view}&aiSystem=${system}&limit=100`)),
      ),
    );
    const all = lists.flatMap(({ items }) => items).filter(({ status }) => status === 'open');
    return all.filter(({ id }, at) => all.findIndex((one) => one.id === id) === at);
  }

  /** First whoever the task names, then its role, then others who decide. */
  candidates({ role, assignee }) {
    const named = assignee?.name.toLowerCase().replaceAll(/[^a-z]+/g, '.');
    const deciders = ['client.approver', 'client.top_management', 'client.aims_manager'];
    const byRole = [role, ...deciders].map((one) => PEOPLE[one]);
    return [...new Set([named, ...byRole, SECOND_APPROVER].filter(Boolean))];
  }

  async do(row, answers) {
    const reasons = [];
    for (const name of this.candidates(row)) {
      const page = await this.page(name);
      const task = await readTask(page, CLIENT, row.id);
      if (task.status !== 'open') return;
      if (!task.can.submit && !task.can.decide) {
        reasons.push(`${name}: ${task.can.whyNot}`);
        continue;
      }
      await page.goto(`/c/${CLIENT}/tasks/${row.id}`);
      if (task.decision) {
        const approving = task.decision.outcomes.find(({ effect }) => effect === 'approve');
        await decide(page, new RegExp(`^${approving.label}`));
      } else {
        const given = answersTo(task, answers, { person: await this.idOf(name) });
        await doForm(page, task, given);
      }
      this.done.push({ title: row.title, by: name });
      return;
    }
    throw new Error(`Nobody can do “${row.title}” (${row.role}): ${reasons.join(' / ')}`);
  }
}

/** A custom agent from its proposal to live, to a breach that is measured, and through a review. */
export default async function fullPath(world) {
  const team = new Team(world);
  await team.begin();
  const owner = await team.page(PEOPLE['client.system_owner']);
  const answers = along({
    overseer: await team.idOf(PEOPLE['client.overseer']),
    technical: await team.idOf(PEOPLE['client.technical_lead']),
  });
  let system;
  const read = async (page) => ask(page, api(`ai-systems/${system}`));
  const runs = async (page) => (await ask(page, api(`runs?aiSystem=${system}&limit=100`))).items;

  await world.check('a custom agent is proposed and described', async () => {
    await owner.goto(`/c/${CLIENT}/propose`);
    await owner.getByLabel('What should we call it?').fill(agent.name);
    await owner.getByRole('radio', { name: 'An agent that acts with tools' }).check();
    await owner.getByRole('button', { name: 'Send proposal' }).click();
    const another = owner.getByRole('button', { name: /^No, it is another use/ });
    const heading = owner.getByRole('heading', { level: 1, name: /Describe the use/ });
    await another.or(heading).first().waitFor();
    if (await another.count()) await another.click();
    await heading.waitFor();
    const id = new URL(owner.url()).pathname.split('/').at(-1);
    const task = await readTask(owner, CLIENT, id);
    system = task.aiSystem.id;
    const person = await team.idOf(PEOPLE['client.system_owner']);
    const given = { ...answers, ...agent, owner: person };
    await doForm(owner, task, answersTo(task, given, { person }));
  });

  await world.check('it is assessed, and waits for the decision at the gate', async () => {
    await team.work(system, answers, async (page) =>
      ['deciding', 'passed'].includes((await read(page)).gateState),
    );
    const { tier } = await read(owner);
    assert.equal(tier, 'high');
  });

  await world.check('two people with authority let it through, and it goes live', async () => {
    await team.work(system, answers, async (page) => (await read(page)).stage === 'live');
  });

  await world.check('its owner cannot decide about it', () =>
    assert.ok(
      !team.done.some(
        ({ title, by }) => title.startsWith('Decide') && by === PEOPLE['client.system_owner'],
      ),
    ),
  );

  await world.check('a breach is measured on its monitor', async () => {
    const manager = await team.page(PEOPLE['client.aims_manager']);
    const monitor = await team.changes.until(
      async () => (await ask(manager, api(`monitors?aiSystem=${system}`))).items[0],
    );
    const beyond = monitor.direction === 'at-most' ? monitor.breach + 1 : monitor.breach - 1;
    const windows = [
      [1, 9, 30, 9],
      [1, 10, 31, 10],
    ];
    for (const [fromDay, fromMonth, toDay, toMonth] of windows) {
      await owner.goto(`/c/${CLIENT}/monitors/${monitor.id}`);
      await owner.getByRole('link', { name: 'Record a measurement' }).click();
      await owner.locator('#windowFrom').fill(`${fromDay}/${fromMonth}/2026`);
      await owner.locator('#windowTo').fill(`${toDay}/${toMonth}/2026`);
      await owner.getByLabel('Value').fill(String(beyond));
      await owner.getByLabel('Sample').fill('500');
      await owner.getByRole('button', { name: 'Record the measurement' }).click();
      await owner.getByRole('img', { name: /readings from/ }).waitFor();
    }
    assert.match(await owner.locator('ui-page-header').innerText(), /Breach/);
  });

  await world.check('it is reviewed to the end', async () => {
    await team.work(system, answers, async (page) =>
      (await runs(page)).some(
        ({ workflow, status }) => workflow.key === 'WF-REVIEW' && status === 'ended',
      ),
    );
  });

  await world.check('at least six people took part, and the system page tells it', async () => {
    const people = new Set(team.done.map(({ by }) => by));
    assert.ok(people.size >= 6, `${people.size} people: ${[...people].join(', ')}`);
    await owner.goto(`/c/${CLIENT}/ai-systems/${system}`);
    await owner.getByRole('heading', { level: 1, name: agent.name }).waitFor();
    const decisions = owner.getByRole('region', { name: 'Decisions and who answers' });
    await decisions.getByRole('table').waitFor();
    assert.ok((await decisions.locator('tbody tr').count()) >= 3);
  });
}
