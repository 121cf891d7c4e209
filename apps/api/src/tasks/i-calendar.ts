/** A due task as a calendar shows it. */
export interface CalendarTask {
  readonly id: string;
  readonly reference: string;
  readonly title: string;
  readonly dueAt: Date;
  readonly openedAt: Date;
}

/** Octets of a content line before it is folded (RFC 5545, 3.1). */
const LONGEST = 75;

/** Tasks as an iCalendar file (RFC 5545): one event of half an hour that ends when each is due. */
export function iCalendar(
  name: string,
  tasks: readonly CalendarTask[],
  linkOf: (id: string) => string,
): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Plumbline//Tasks//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(`Plumbline: ${name}`)}`,
    `X-WR-CALNAME:${escaped(`Plumbline: ${name}`)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...tasks.flatMap((task) => eventOf(task, linkOf(task.id))),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

function eventOf({ id, reference, title, dueAt, openedAt }: CalendarTask, link: string): string[] {
  const start = new Date(dueAt.getTime() - 30 * 60_000);
  return [
    'BEGIN:VEVENT',
    `UID:${id}@plumbline`,
    `DTSTAMP:${stamp(openedAt)}`,
    `DTSTART:${stamp(start)}`,
    `DTEND:${stamp(dueAt)}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(`${reference}\n${link}`)}`,
    `URL:${link}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

const stamp = (at: Date): string => at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

const escaped = (text: string): string =>
  text
    .replaceAll(/[\\;,]/g, String.raw`\$&`)
    .replaceAll(/\r\n|\r|\n/g, String.raw`\n`)
    .replaceAll(/\p{Cc}/gu, ' ');

/** A line in pieces of at most 75 octets, never inside a character; what follows begins with a space. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LONGEST) {
      pieces.push(piece);
      piece = ' ';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join('\r\n');
}
