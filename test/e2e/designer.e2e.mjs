import assert from 'node:assert/strict';
import { axe, fits, LOOKS } from './support/axe.mjs';
import { ask, signIn } from './support/people.mjs';

const MANAGER = 'daniel.okoye@northgate.example';
const api = (path) => `/api/organisations/northgate/workflows/${path}`;

/** What the designer said last, for ears. */
const said = (page) => page.locator('#designer-said').innerText();

async function hears(page, text) {
  await page
    .waitForFunction(
      (wanted) => globalThis.document.querySelector('#designer-said')?.textContent.includes(wanted),
      text,
      { timeout: 10_000 },
    )
    .catch(async () => assert.fail(`It says “${await said(page)}”, not “${text}”.`));
}

/** Moves focus with Tab until it is where the function says. */
async function tabTo(page, what, is) {
  for (let at = 0; at < 80; at += 1) {
    if (await page.evaluate(is)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`Tab does not come to ${what}.`);
}

const onVerb = (verb) => `document.activeElement?.dataset.verb === '${verb}'`;

/** Begins a workflow from nothing, by keyboard. */
async function begin(page, name) {
  await page.goto('/c/northgate/workflows/new');
  await page.getByRole('heading', { level: 1, name: 'New workflow' }).waitFor();
  await tabTo(page, 'the ways to start', `document.activeElement?.type === 'radio'`);
  await page.keyboard.press('ArrowDown');
  await tabTo(page, 'the name', `document.activeElement?.id === 'name'`);
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  await page.locator('app-palette').waitFor();
  return new URL(page.url()).pathname.split('/').at(-1);
}

/** From a step: N, the verb, Enter. Focus is on the new step afterwards. */
async function add(page, verb, text) {
  await page.keyboard.press('n');
  await tabTo(page, `the verb ${verb}`, onVerb(verb));
  await page.keyboard.press('Enter');
  await hears(page, text);
}

async function focusOutline(page) {
  await page.locator('[role=treeitem][tabindex="0"]').focus();
}

async function renamed(page, name) {
  await page.keyboard.press('F2');
  await page.locator('input.rename').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await hears(page, `Renamed to “${name}”`);
}

/** Keeps what each draft was saved as, from now on. */
function watchSaving(page) {
  const latest = new Map();
  page.on('response', (answer) => {
    const [, key] = /workflows\/([^/]+)\/draft$/.exec(answer.url()) ?? [];
    if (key && answer.request().method() === 'PUT' && answer.ok())
      latest.set(key, answer.request().postDataJSON());
  });
  return latest;
}

/** Waits until the draft is saved as it must be; answers it as the server has it. */
async function saved(page, drafts, key, holds) {
  const fits = () => drafts.has(key) && holds(drafts.get(key));
  if (!fits()) await page.waitForResponse(fits, { timeout: 15_000 });
  return ask(page, api(`${key}/draft`));
}

const typesOf = (draft) => draft.definition.steps.map(({ type }) => type);

/** A workflow is built twice by keyboard only, mended, saved and found again. */
export default async function designer(world) {
  const page = await signIn(world, MANAGER, { viewport: { width: 1280, height: 900 } });
  const drafts = watchSaving(page);
  let key;

  await world.check('six steps with a loop, a quorum and branches, in the outline', async () => {
    key = await begin(page, 'Supplier check');
    await page.goto(`/c/northgate/workflows/${key}?view=outline`);
    await page.locator('app-outline-view').waitFor();
    await focusOutline(page);
    await add(page, 'form', 'Added “New form”');
    await page.locator('[role=treeitem]:focus').waitFor();
    await renamed(page, 'Describe the supplier');
    await add(page, 'parallel', 'Added “Side by side”');
    await page.locator('[role=treeitem]:focus').waitFor();
    await add(page, 'approval', 'Added “New decision”');
    await page.locator('[role=treeitem]:focus').waitFor();
    await renamed(page, 'May we use it?');
    const lines = await page.getByRole('treeitem').allInnerTexts();
    assert.equal(lines.length, 7, lines.join('\n'));
    // The loop: C, the first step, connect.
    await page.keyboard.press('c');
    await tabTo(page, 'the steps to go to', `document.activeElement?.id === 'then-to'`);
    await page.keyboard.type('1');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await hears(page, 'Added an outcome of “May we use it?” that leads to “Describe the supplier”');
  });

  await world.check('a quorum in the inspector', async () => {
    await focusOutline(page);
    await page.keyboard.press('Enter');
    await tabTo(
      page,
      'the group of the quorum',
      `document.activeElement?.tagName === 'SUMMARY' && document.activeElement.textContent.includes('How many decide')`,
    );
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    const draft = await saved(page, drafts, key, ({ definition }) =>
      definition.steps.some(({ quorum }) => quorum),
    );
    const decision = draft.definition.steps.find(({ type }) => type === 'approval');
    assert.equal(decision.quorum.needs, 'all');
    assert.equal(decision.outcomes.length, 3);
    assert.deepEqual(typesOf(draft).toSorted(), [
      'approval',
      'end',
      'form',
      'join',
      'parallel',
      'task',
      'task',
    ]);
  });

  await world.check('two problems are shown, and mended', async () => {
    // The first: a second way on, without a condition yet. Show leads to where it is written.
    await focusOutline(page);
    await page.keyboard.press('Home');
    await page.keyboard.press('c');
    await tabTo(page, 'the steps to go to', `document.activeElement?.id === 'then-to'`);
    await page.keyboard.type('7');
    await tabTo(page, 'Connect', `document.activeElement?.textContent.trim() === 'Connect'`);
    await page.keyboard.press('Enter');
    await hears(page, 'Connected “Describe the supplier” to “Done”');
    const unwritten = page
      .locator('app-problems-panel li.error')
      .filter({ hasText: 'Nothing is written' });
    await unwritten.getByRole('button', { name: /^Show/ }).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(() =>
      globalThis.document.activeElement?.closest('[data-place]')?.dataset.place.endsWith('.when'),
    );
    await page.keyboard.press('Tab');
    await page.keyboard.type('1 > 2');
    await unwritten.waitFor({ state: 'detached' });
    // The second: the ending is gone. Fix adds one.
    await focusOutline(page);
    await page.keyboard.press('End');
    await page.keyboard.press('Delete');
    await hears(page, 'Removed “Done”');
    const fix = page
      .locator('app-problems-panel')
      .getByRole('button', { name: /^Fix: Add an ending/ });
    await fix.first().focus();
    await page.keyboard.press('Enter');
    await hears(page, 'Fixed: Add an ending after');
    await page.keyboard.press('Control+z');
    await hears(page, 'Undone: Fixed');
    await page.keyboard.press('Control+z');
    await hears(page, 'Undone: Removed “Done”');
    await page.keyboard.press('Control+y');
    await hears(page, 'Done again: Removed “Done”');
    await page.keyboard.press('Control+z');
    await page.getByText('No problems. This can be published.').waitFor();
  });

  await world.check('the draft is there after a reload', async () => {
    await saved(page, drafts, key, ({ definition }) =>
      definition.steps.some(({ name }) => name === 'May we use it?'),
    );
    await page.reload();
    await page.getByRole('treeitem', { name: /Decide: May we use it\?/ }).waitFor();
    const text = await page.getByRole('treeitem').first().innerText();
    assert.match(
      text.replaceAll(/\s+/g, ' '),
      /^1\. Ask: Describe the supplier \(AI system owner\)/,
    );
  });

  await world.check('a workflow in the graph', async () => {
    const other = await begin(page, 'Small change');
    await page.goto(`/c/northgate/workflows/${other}?view=graph`);
    const canvas = page.getByRole('application');
    await canvas.locator('.step').first().waitFor();
    await canvas.focus();
    await page.keyboard.press('ArrowDown');
    await add(page, 'form', 'Added “New form”');
    await canvas.focus();
    await add(page, 'approval', 'Added “New decision”');
    await page.waitForFunction(
      () => globalThis.document.querySelectorAll('app-canvas .step').length === 3,
    );
    // Delete takes the decision out again, undo brings it back.
    await canvas.focus();
    await page.keyboard.press('Delete');
    await hears(page, 'Removed “New decision”');
    await page.keyboard.press('Control+z');
    await hears(page, 'Undone: Removed “New decision”');
    const draft = await saved(page, drafts, other, (it) => it.definition.steps.length === 3);
    assert.deepEqual(typesOf(draft).toSorted(), ['approval', 'end', 'form']);
  });

  const storageState = await page.context().storageState();
  for (const look of LOOKS) {
    const name = `${look.colorScheme} at ${look.viewport.width}`;
    await world.check(`the screens are clean, ${name}`, async () => {
      const other = await world.newPage({ ...look, storageState });
      for (const view of [
        '',
        `/new`,
        `/${key}?view=graph`,
        `/${key}?view=outline`,
        `/${key}?view=facts`,
        `/${key}?view=settings`,
        `/${key}/versions`,
        `/${key}/publish`,
        `/${key}?view=form&step=new-form`,
        '/WF-RISK?view=table&step=residual-level',
      ]) {
        await other.goto(`/c/northgate/workflows${view}`);
        await other.getByRole('heading', { level: 1 }).waitFor();
        await other.waitForFunction(() => !globalThis.document.querySelector('ui-skeleton'));
        if (view.includes('?')) await other.locator('.views').waitFor();
        await axe(other);
        await fits(other);
      }
    });
  }
}
