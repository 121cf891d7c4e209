import { axe, fits, LOOKS } from './support/axe.mjs';
import { signIn } from './support/people.mjs';

/** Screens by who sees them, with the heading that says the page is there. */
const PUBLIC = [
  ['/sign-in', 'Sign in'],
  ['/reset', 'Choose a new password'],
  ['/verify', 'Check an evidence pack'],
  ['/outbox', 'Sent mail of this machine'],
  ['/no/such/page', 'Page not found'],
];
const ADVISER = [
  ['/f/harbour', 'Portfolio'],
  ['/f/harbour/clients/new', 'Add a client'],
  ['/f/harbour/imports', 'Imports'],
  ['/f/harbour/imports/new', 'Import an inventory'],
  ['/f/harbour/members', 'People'],
  ['/f/harbour/webhooks', 'Webhooks'],
  ['/f/harbour/webhooks/new', /Add a webhook/],
];
const CLIENT = [
  ['/c/northgate', 'Northgate Foods'],
  ['/c/northgate/ai-systems', 'AI systems'],
  ['/c/northgate/ai-systems?q=nothing-has-this-name', 'AI systems'],
  ['/c/northgate/requirements/A.6', /Annex A\.6/],
  ['/c/northgate/evidence', 'Evidence'],
  ['/c/northgate/evidence/new', 'Add evidence'],
  ['/c/northgate/exports', 'Evidence packs'],
  ['/c/northgate/exports/new', 'Create an evidence pack'],
  ['/c/northgate/members', 'People'],
  ['/c/northgate/members/invite', /Invite someone/],
  ['/c/northgate/engagements', 'Firms with access'],
  ['/c/northgate/engagements/new', /Let a firm into/],
  ['/c/northgate/exceptions', 'Declared exceptions'],
  ['/c/northgate/exceptions/new', /Declare an exception/],
  ['/c/northgate/tokens', 'Service tokens'],
  ['/c/northgate/tokens/new', /Create a token/],
  ['/c/northgate/webhooks', 'Webhooks'],
  ['/c/northgate/webhooks/new', /Add a webhook/],
  ['/c/northgate/notifications', 'Notices'],
  ['/c/northgate/more', 'More'],
  ['/c/northgate/no/such/page', 'Page not found'],
  ['/me', 'Your settings'],
  ['/organisations', 'Where do you want to work?'],
];

async function look(page, [path, heading]) {
  await page.goto(path);
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
  // Nothing may still be loading: axe must see what a reader sees.
  await page.waitForFunction(() => !document.querySelector('ui-skeleton'));
  await axe(page);
  await fits(page);
}

const nameOf = ({ colorScheme, viewport }) => `${colorScheme}, ${viewport.width} px`;

/** Every screen of the shell's side, in both colour schemes, at a desk and on a phone: axe with every rule on. */
export default async function (world) {
  for (const options of LOOKS) {
    const visitor = await world.newPage(options);
    const adviser = await signIn(world, 'ana.ruiz@harbour.example', options);
    const manager = await signIn(world, 'daniel.okoye@northgate.example', options);
    const groups = [
      [visitor, PUBLIC],
      [adviser, ADVISER],
      [manager, CLIENT],
    ];
    for (const [page, screens] of groups) {
      for (const screen of screens) {
        await world.check(`${screen[0]} (${nameOf(options)})`, () => look(page, screen));
      }
    }
    await world.check(`the palette and the help (${nameOf(options)})`, async () => {
      await manager.goto('/c/northgate/ai-systems');
      await manager.getByRole('heading', { name: 'AI systems', level: 1 }).waitFor();
      await manager.keyboard.press('Control+k');
      await manager.getByRole('dialog').getByRole('combobox').waitFor();
      await axe(manager);
      await manager.keyboard.press('Escape');
      await manager.getByRole('dialog').waitFor({ state: 'detached' });
      await manager.keyboard.press('?');
      await manager.getByRole('heading', { name: 'Help' }).waitFor();
      await axe(manager);
    });
  }
}
