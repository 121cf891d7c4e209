import type { Condition, DecisionTable } from '@plumbline/workflow-engine';
import { choice, declare, when } from '../authoring.ts';
import { paths, tiers } from '../vocabulary.ts';

const outputs = declare('table', {
  tier: [choice(tiers), 'Tier'],
  path: [choice(paths), 'Path'],
  hold: [{ kind: 'boolean' }, 'No work until legal has answered'],
});

const high = { tier: 'high', path: 'full', hold: false };

/** No reason for a higher tier is known, and none is unknown: what the two lower rows rest on. */
const nothingUnknown: Condition = when.all(
  when.known('triageScore'),
  when.equal('sensitiveUse', false),
  when.equal('hardTrigger', false),
  when.known('impactFloor'),
);

/** DT-TIER: how much governance a use needs. What is unknown leads to the high tier, on hold. */
export const tierTable: DecisionTable = {
  key: 'DT-TIER',
  name: 'Governance tier',
  hit: 'first',
  inputs: ['regClass', 'sensitiveUse', 'hardTrigger', 'triageScore', 'impactFloor'],
  outputs,
  rules: [
    {
      when: when.equal('regClass', 'prohibited'),
      then: { tier: 'prohibited', path: 'stop', hold: false },
    },
    {
      when: when.equal('regClass', 'hold'),
      then: { tier: 'high', path: 'full', hold: true },
      note: 'No work until legal has answered.',
    },
    { when: when.in('regClass', 'high-risk-annex-i', 'high-risk-annex-iii'), then: high },
    {
      when: when.yes('sensitiveUse'),
      then: high,
      note: 'In an Annex III area, wherever the organisation is, without an approved derogation.',
    },
    {
      when: when.yes('hardTrigger'),
      then: high,
      note: 'One answer alone is enough: legal effect, acts alone towards others, special data, cannot be undone, mainly vulnerable people, significant decisions without a person, serious harm.',
    },
    {
      when: when.any(when.atLeast('triageScore', 14), when.equal('impactFloor', 'high')),
      then: high,
    },
    {
      when: when.all(
        nothingUnknown,
        when.known('regClass'),
        when.any(
          when.atLeast('triageScore', 6),
          when.equal('impactFloor', 'limited'),
          when.in('regClass', 'transparency', 'derogated', 'gpai', 'gpai-systemic'),
        ),
      ),
      then: { tier: 'limited', path: 'standard', hold: false },
    },
    {
      when: when.all(nothingUnknown, when.in('regClass', 'minimal', 'out-of-scope', 'not-ai')),
      then: { tier: 'minimal', path: 'light', hold: false },
    },
    {
      then: { tier: 'high', path: 'full', hold: true },
      note: 'Something is unknown: the strictest path, until it is known.',
    },
  ],
};
