/** A problem the person at the keyboard can mend: says what is wrong and what to do about it. */
export class Trouble extends Error {
  constructor(message, cure) {
    super(message);
    this.name = 'Trouble';
    this.cure = cure;
  }
}

/** Prints an error for a person: what is wrong and the cure, or the whole stack if it surprised us. */
export function explain(error) {
  if (error instanceof Trouble) {
    console.error(`\n  ${error.message}\n  What to do: ${error.cure}\n`);
  } else {
    console.error(error);
  }
}

/** Runs a command's main function; an error is explained and becomes exit code 1. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    explain(error);
    process.exitCode = 1;
  }
}
