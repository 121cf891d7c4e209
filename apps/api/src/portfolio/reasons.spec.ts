import { describe, expect, it } from '@jest/globals';
import { needs, reasonsFor, type ClientSituation } from './reasons.ts';

const calm: ClientSituation = {
  slug: 'alder',
  breaches: 0,
  lateOurs: 0,
  lateTheirs: 0,
  decisionsWaiting: 0,
  incomplete: 0,
  daysToReview: 12,
  daysToEnd: 200,
};

describe('why a client needs somebody', () => {
  it('has no reason when all is calm', () => {
    expect(reasonsFor(calm)).toEqual([]);
    expect(reasonsFor({ ...calm, daysToReview: null })).toEqual([]);
  });

  it.each<[Partial<ClientSituation>, string, string, 'firm' | 'client']>([
    [{ breaches: 1 }, 'A threshold is crossed.', '/c/alder/monitors', 'firm'],
    [{ breaches: 2 }, '2 thresholds are crossed.', '/c/alder/monitors', 'firm'],
    [{ lateOurs: 1 }, 'A task of ours is late.', '/c/alder/tasks', 'firm'],
    [{ daysToEnd: 30 }, 'Our access ends in 30 days.', '/c/alder/members', 'firm'],
    [{ daysToEnd: 1 }, 'Our access ends in a day.', '/c/alder/members', 'firm'],
    [{ daysToEnd: 0 }, 'Our access ends today.', '/c/alder/members', 'firm'],
    [{ daysToReview: -1 }, 'A review is a day overdue.', '/c/alder/ai-systems', 'firm'],
    [{ daysToReview: -9 }, 'A review is 9 days overdue.', '/c/alder/ai-systems', 'firm'],
    [{ lateTheirs: 4 }, '4 tasks at the client are late.', '/c/alder/tasks', 'client'],
    [{ decisionsWaiting: 1 }, 'A decision waits.', '/c/alder/tasks', 'client'],
    [{ incomplete: 5 }, '5 AI systems are incomplete.', '/c/alder/ai-systems', 'firm'],
  ])('says so for %o', (situation, text, path, who) => {
    const reasons = reasonsFor({ ...calm, ...situation });
    expect(reasons).toEqual([expect.objectContaining({ text, path, needs: who })]);
    expect(needs(reasons, who)).toBe(true);
    expect(needs(reasons, who === 'firm' ? 'client' : 'firm')).toBe(false);
  });

  it('is told from the day of a review on, not on the day itself', () => {
    expect(reasonsFor({ ...calm, daysToReview: 0 })).toEqual([]);
    expect(reasonsFor({ ...calm, daysToEnd: 31 })).toEqual([]);
  });

  it('puts the most urgent first', () => {
    const all = reasonsFor({
      ...{ slug: 'alder', breaches: 1, lateOurs: 1, lateTheirs: 1, decisionsWaiting: 1 },
      ...{ incomplete: 1, daysToReview: -2, daysToEnd: 3 },
    });
    expect(all.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });
});
