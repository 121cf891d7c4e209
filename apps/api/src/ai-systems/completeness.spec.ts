import { describe, expect, it } from '@jest/globals';
import { missingFields, REQUIRED_FIELDS } from './completeness.ts';

const complete: Parameters<typeof missingFields>[0] = {
  name: 'Invoice reader',
  purpose: 'Reads invoices.',
  kind: 'generative',
  orgRole: ['customer'],
  euRole: ['deployer'],
  owner: '01890000-0000-7000-8000-000000000000',
  affectedGroups: ['employees'],
  volume: '<100',
  dataKinds: ['personal'],
  jurisdictions: ['UK'],
};

describe('missingFields', () => {
  it('finds nothing missing in a complete system', () => {
    expect(missingFields(complete)).toEqual([]);
  });

  it('lists everything but the name for a bare name, in the order of the form', () => {
    expect(missingFields({ name: 'Invoice reader' })).toEqual(REQUIRED_FIELDS.slice(1));
  });

  it.each([
    ['null', { purpose: null }, ['purpose']],
    ['an empty text', { purpose: '' }, ['purpose']],
    ['an empty list', { dataKinds: [] }, ['dataKinds']],
    ['an optional field', { supplier: null, overseer: null }, []],
  ])('takes %s for no answer where one is required', (_, change, missing) => {
    expect(missingFields({ ...complete, ...change })).toEqual(missing);
  });
});
