import { bulkFilter, filtersOn, type RunQuery, toApi } from './run-query.ts';

const none: RunQuery = {
  ...{ status: undefined, workflow: undefined, version: undefined, aiSystem: undefined },
  ...{ role: undefined, person: undefined, late: false, suspended: false, stuck: false },
};
const some: RunQuery = { ...none, status: 'running', workflow: 'WF-RISK', version: 2, stuck: true };

it('asks the API only for what is on', () => {
  expect(Object.values(toApi(none)).every((value) => value === undefined)).toBe(true);
  expect(toApi(some)).toMatchObject({ workflow: 'WF-RISK', version: 2, stuck: true });
  expect(toApi(some).late).toBeUndefined();
});

it('counts the filters that are on', () => {
  expect(filtersOn(none)).toBe(0);
  expect(filtersOn(some)).toBe(4);
});

it('chooses by the filters, and leaves the status out', () => {
  expect(bulkFilter(some, null)).toEqual({ workflow: 'WF-RISK', version: 2, stuck: true });
  expect(bulkFilter(none, null)).toEqual({});
});

it('chooses exactly what was ticked', () => {
  expect(bulkFilter(some, ['a', 'b'])).toEqual({ runs: ['a', 'b'] });
});
