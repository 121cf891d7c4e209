/** A stretch of a mail: plain text, or a link to a page of ours. */
export interface MailPart {
  readonly text: string;
  /** Path within this site. */
  readonly path?: string;
}

/** Splits a mail at its links. Only addresses of this site become links. */
export function linkParts(text: string, origin: string): readonly MailPart[] {
  return text.split(/(https?:\/\/\S+)/).map((part) => {
    const url = URL.canParse(part) ? new URL(part) : null;
    return url?.origin === origin ? { text: part, path: url.pathname } : { text: part };
  });
}
