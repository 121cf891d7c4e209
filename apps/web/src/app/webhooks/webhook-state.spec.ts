import { outcomeKey, webhookName, webhookState } from './webhook-state.ts';

const AT = '2026-11-25T12:00:00.000Z';

describe('how an endpoint stands', () => {
  it.each([
    ['on', null, null],
    ['failing', null, AT],
    ['off', { at: AT, why: 'person' }, AT],
    ['ended', { at: AT, why: 'failing' }, AT],
    ['ended', { at: AT, why: 'gone' }, null],
  ] as const)('is %s', (state, off, failingSince) => {
    expect(webhookState({ off, failingSince })).toBe(state);
  });

  it('is called by what it is for, else by its host', () => {
    const url = 'https://hooks.example.org:8443/in?a=1';
    expect(webhookName({ url, description: 'Our desk' })).toBe('Our desk');
    expect(webhookName({ url, description: '' })).toBe('hooks.example.org:8443');
  });

  it.each([
    ['delivered', 'delivered', 204],
    ['answered', 'answered', 500],
    ['answered', 'answered', 404],
    ['redirected', 'answered', 307],
    ['timeout', 'timeout', null],
  ] as const)('says %s of a call that ended with %s, %s', (key, outcome, status) => {
    expect(outcomeKey({ outcome, status })).toBe(key);
  });
});
