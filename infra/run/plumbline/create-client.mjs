import { foundAndTell } from './founding.mjs';

export const summary =
  'sets up a client that has no firm: create-client "<name>" "<first person>" <e-mail>';
export { usage } from './founding.mjs';

/** Creates the client and prints the link for its first person. */
export const run = (args) => foundAndTell('client', args);
