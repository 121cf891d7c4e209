/** Why a file cannot be imported, with the place and the cure, in words for whoever sent it. */
export class UnreadableFile extends Error {}
