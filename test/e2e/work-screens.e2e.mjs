import assert from 'node:assert/strict';
import { axe, fits, LOOKS } from './support/axe.mjs';
import { ask, signIn } from './support/people.mjs';

const api = (path) => `/api/organisations/northgate/${path}`;

/** A record that the demo has, for each screen that shows one; and a heading to know it by. */
async function screensOf(page) {
  const { items: systems } = await ask(page, api('ai-systems'));
  const screener = systems.find(({ name }) => name === 'CV Screener');
  assert.ok(screener, 'the demo has its CV Screener');
  const first = async (path) => (await ask(page, api(`${path}?aiSystem=${screener.id}`))).items[0];
  const [run, monitor, decision] = await Promise.all(
    ['runs', 'monitors', 'decisions'].map((path) => first(path)),
  );
  const { items: tasks } = await ask(page, api('tasks?view=your-turn'));
  const { items: done } = await ask(page, api('tasks?view=done'));
  return [
    ['tasks', 'My tasks'],
    ['tasks?view=waiting', 'My tasks'],
    ['tasks?view=done', 'My tasks'],
    ...tasks.slice(0, 2).map(({ id, title }) => [`tasks/${id}`, title]),
    ...done.slice(0, 1).map(({ id, title }) => [`tasks/${id}`, title]),
    ['propose', 'Propose an AI system'],
    [`ai-systems/${screener.id}`, screener.name],
    [`ai-systems/${screener.id}/edit`, `Change what the register holds: ${screener.name}`],
    ['runs', 'Runs'],
    [`runs/${run.id}`, `${run.workflow.name}: ${screener.name}`],
    ['monitors', 'Monitoring'],
    [`monitors/${monitor.id}`, monitor.name],
    [`monitors/${monitor.id}/record`, `Record a measurement: ${monitor.name}`],
    [`monitors/new?aiSystem=${screener.id}`, `Watch a metric of ${screener.name}`],
    [`decisions/${decision.id}`, decision.question],
  ];
}

/** Every screen of daily work, for a person who decides and one who does, in its four looks. */
export default async function workScreens(world) {
  for (const [who, email] of [
    ['an approver', 'priya.shah@northgate.example'],
    ['an owner', 'tom.reid@northgate.example'],
    ['the AIMS manager', 'daniel.okoye@northgate.example'],
  ]) {
    const scout = await signIn(world, email);
    const screens = await screensOf(scout);
    const storageState = await scout.context().storageState();
    for (const look of LOOKS) {
      const page = await world.newPage({ ...look, storageState });
      const name = `${look.colorScheme} at ${look.viewport.width}`;
      await world.check(`${screens.length} screens of ${who} are clean, ${name}`, async () => {
        for (const [path, heading] of screens) {
          await page.goto(`/c/northgate/${path}`);
          // The heading first: an empty or refused page would be clean too.
          await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
          await page.waitForFunction(() => !document.querySelector('ui-skeleton'));
          await axe(page);
          await fits(page);
        }
      });
    }
  }
}
