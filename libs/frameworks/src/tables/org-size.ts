import type { DecisionTable } from '@plumbline/workflow-engine';
import { choice, declare } from '../authoring.ts';
import { orgSizes } from '../vocabulary.ts';

/** What the size of an organisation changes. */
export interface SizeProfile {
  readonly size: 'micro' | 'small' | 'medium' | 'large';
  /** The fewest people that a client needs to separate duties. */
  readonly minPeople: number;
  /** Deadlines are multiplied by this. */
  readonly dueFactor: number;
  readonly rolesMayMerge: string;
}

const profiles: readonly (SizeProfile & { readonly below: number })[] = [
  {
    size: 'micro',
    below: 10,
    minPeople: 2,
    dueFactor: 1.5,
    rolesMayMerge: 'All except the internal auditor; an adviser may review, and never approves.',
  },
  {
    size: 'small',
    below: 50,
    minPeople: 3,
    dueFactor: 1.25,
    rolesMayMerge: 'The AIMS manager may also lead security or privacy.',
  },
  {
    size: 'medium',
    below: 250,
    minPeople: 5,
    dueFactor: 1,
    rolesMayMerge: 'The owner of a system may also own its risks.',
  },
  {
    size: 'large',
    below: Number.POSITIVE_INFINITY,
    minPeople: 8,
    dueFactor: 1,
    rolesMayMerge: 'None by default.',
  },
];

/** The profile for a number of people; an unknown number counts as large, the strictest. */
export function sizeProfileOf(headcount: number | null): SizeProfile {
  const fitting = profiles.find(({ below }) => headcount !== null && headcount < below);
  const { below: _, ...profile } = fitting ?? profiles[profiles.length - 1]!;
  return profile;
}

/** DT-ORG-SIZE: the same as {@link sizeProfileOf}, as a table. */
export const orgSizeTable: DecisionTable = {
  key: 'DT-ORG-SIZE',
  name: 'Organisation size',
  hit: 'first',
  inputs: ['headcount'],
  outputs: declare('table', {
    orgSize: [choice(orgSizes), 'Size of the organisation'],
    minPeople: [{ kind: 'number' }, 'Fewest people'],
    dueFactor: [{ kind: 'number' }, 'Deadlines are multiplied by'],
  }),
  rules: profiles.map(({ size, below, minPeople, dueFactor, rolesMayMerge }) => ({
    ...(Number.isFinite(below)
      ? { when: { fact: 'headcount', is: 'below' as const, value: below } }
      : {}),
    then: { orgSize: size, minPeople, dueFactor },
    note: rolesMayMerge,
  })),
};
