import { foundAndTell } from './founding.mjs';

export const summary = 'lets an advisory firm in: create-firm "<name>" "<first person>" <e-mail>';
export { usage } from './founding.mjs';

/** Creates the firm and prints the link for its first person. */
export const run = (args) => foundAndTell('firm', args);
