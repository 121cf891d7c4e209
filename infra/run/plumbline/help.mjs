import { commandNames, findCommand } from './commands.mjs';

export const summary = 'lists the commands, or explains one: help <command>';

const CONNECTION = `
  Every command that talks to Plumbline takes
    --url <address>       default: PLUMBLINE_URL, else the one running on this machine
    --email <address>     default: PLUMBLINE_EMAIL, else the demo adviser
    --password <secret>   default: PLUMBLINE_PASSWORD, else the demo password
  Prefer the environment for passwords: a command line is visible to everybody on the machine.
`;

/** Prints what there is. */
export async function run([name]) {
  const asked = name ? await findCommand(name) : null;
  if (asked) {
    console.log(
      `\n  npm run plumbline -- ${name}: ${asked.summary}\n\n${asked.usage ?? ''}${CONNECTION}`,
    );
    return 0;
  }
  console.log('\n  npm run plumbline -- <command> …\n');
  for (const command of commandNames()) {
    console.log(`    ${command.padEnd(12)} ${(await findCommand(command)).summary}`);
  }
  console.log(CONNECTION);
  return name ? 1 : 0;
}
