import type { AiSystemStage, GateAnswer, GateState, Tier } from '@plumbline/contracts';

/** What the gate looks at. */
export interface GateFacts {
  readonly stage: AiSystemStage;
  readonly tier: Tier | null;
  readonly gateState: GateState;
  readonly missing: readonly string[];
  /** ISO dates. */
  readonly nextReviewOn: string | null;
  readonly today: string;
}

const MAY_RUN: readonly AiSystemStage[] = ['approved', 'pilot', 'live', 'under-review'];

/**
 * The conditions under which a system may be live. Each is told, met or not, so that a pipeline can
 * print what stands in the way. A system that nobody has decided on never passes.
 */
export function gateConditions(facts: GateFacts): GateAnswer['conditions'] {
  return [
    {
      key: 'decided',
      text: 'A person with the authority has decided that it may go live.',
      met: facts.gateState === 'passed',
    },
    {
      key: 'stage',
      text: 'It is approved and neither suspended, retired nor stopped.',
      met: MAY_RUN.includes(facts.stage),
    },
    {
      key: 'piloted',
      text: 'Its pilot, if it has one, is over.',
      met: facts.stage !== 'pilot',
    },
    {
      key: 'tier',
      text: 'Its tier is known and not prohibited.',
      met: facts.tier !== null && facts.tier !== 'prohibited',
    },
    {
      key: 'complete',
      text: 'Its entry in the register is complete.',
      met: facts.missing.length === 0,
    },
    {
      key: 'reviewed',
      text: 'Its next review is not overdue.',
      met: facts.nextReviewOn === null || facts.nextReviewOn >= facts.today,
    },
  ];
}

/** What the conditions come to: live for everybody, or within the limits of its pilot plan. */
export function gateVerdict(
  conditions: GateAnswer['conditions'],
): Pick<GateAnswer, 'mayBeLive' | 'mayPilot'> {
  const unmet = conditions.filter(({ met }) => !met).map(({ key }) => key);
  return {
    mayBeLive: unmet.length === 0,
    mayPilot: unmet.every((key) => key === 'piloted'),
  };
}
