import { describe, expect, it } from '@jest/globals';
import { digestText } from './digest-text.ts';
import { iCalendar } from './i-calendar.ts';

const task = {
  ...{ id: '1', reference: 'TSK-1', title: 'Decide: can A, B; C\\D go live?\nNow' },
  dueAt: new Date('2026-11-25T17:00:00Z'),
  openedAt: new Date('2026-11-20T09:00:00Z'),
};

describe('iCalendar', () => {
  it('writes one event that ends when the task is due, with text escaped', () => {
    const text = iCalendar('Alder', [task], (id) => `https://example.org/tasks/${id}`);
    expect(text).toContain('DTSTART:20261125T163000Z\r\nDTEND:20261125T170000Z\r\n');
    expect(text).toContain(String.raw`SUMMARY:Decide: can A\, B\; C\\D go live?\nNow`);
    expect(text.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  it('folds long lines at 75 octets, never inside a character', () => {
    const title = 'Prüfung der Größe 漢字 '.repeat(12);
    const text = iCalendar('Alder', [{ ...task, title }], () => 'x');
    const lines = text.split('\r\n');
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n ', '')).toContain(`SUMMARY:${title}`);
  });
});

describe('digestText', () => {
  const one = { reference: 'TSK-1', isDecision: true, dueOn: '2026-11-20', late: true };

  it('says what is late and what waits, without its content', () => {
    const tasks = [one, { ...one, reference: 'TSK-2', isDecision: false, late: false }];
    const text = digestText({
      name: 'Ana',
      tasks,
      unread: 1,
      link: 'https://x.org',
      weekly: false,
    });
    expect(text).toContain('Late (1):\n- TSK-1, a decision, due 20 November 2026\n');
    expect(text).toContain('Waiting for you (1):\n- TSK-2, a task, due 20 November 2026\n');
    expect(text).toContain('1 notification is unread.');
  });
});
