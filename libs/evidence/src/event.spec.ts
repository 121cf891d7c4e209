import { fromHex, text } from './encoding.ts';
import {
  eventAroundTime,
  eventBytes,
  parseEvent,
  payloadBytes,
  payloadCommit,
  type EventBody,
} from './event.ts';

const body: EventBody = {
  v: 1,
  id: '01939f1e-7f2a-7000-8000-000000000001',
  at: '2026-11-24T16:20:00.123Z',
  actor: 'system',
  action: 'ai-system.created',
  entity: 'ai-system',
  entityId: '01939f1e-7f2a-7000-8000-000000000002',
  commit: payloadCommit(fromHex('00'.repeat(16)), payloadBytes({ name: 'Copilot' })),
};

describe('an entry', () => {
  it('has one text, which the database can complete with its own clock', () => {
    const { at, actor, ...rest } = body;
    const parts = eventAroundTime(rest);
    expect(parts.beforeActor + actor + parts.beforeTime + at + parts.afterTime).toBe(
      text(eventBytes(body)),
    );
  });

  it('reads back only from its canonical text', () => {
    const line = text(eventBytes(body));
    expect(parseEvent(line)).toEqual(body);
    const others = [
      line.replace('{', '{ '),
      line.replace('"v":1', '"v":2'),
      line.replace('"actor":"system",', ''),
      line.replace('"v":1', '"v":1,"w":1'),
      line.replace('"system"', '7'),
      '[]',
      'x',
    ];
    expect(others.map(parseEvent)).toEqual(others.map(() => null));
  });

  it('binds its payload and hides it behind the salt', () => {
    const payload = payloadBytes({ b: 1, a: [2] });
    expect(text(payload)).toBe('{"a":[2],"b":1}');
    expect(payloadCommit(fromHex('00'.repeat(16)), payload)).not.toBe(
      payloadCommit(fromHex('01'.repeat(16)), payload),
    );
  });
});
