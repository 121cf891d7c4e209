import type { AiSystem, AiSystemStage, GateState } from '@plumbline/contracts';

export type LifeStage = 'proposed' | 'assessed' | 'gate' | 'live' | 'review';

/** One stage of the life of an AI system, as the rail draws it. */
export interface LifePoint {
  readonly key: LifeStage;
  readonly state: 'done' | 'current' | 'ahead' | 'blocked';
}

const ORDER: readonly LifeStage[] = ['proposed', 'assessed', 'gate', 'live', 'review'];

/** Where each stage of the register is on the rail; `stopped` ends where the gate refused. */
const AT: Readonly<Record<AiSystemStage, LifeStage>> = {
  proposed: 'proposed',
  assessing: 'assessed',
  approved: 'gate',
  pilot: 'live',
  live: 'live',
  'under-review': 'review',
  suspended: 'live',
  retired: 'review',
  stopped: 'gate',
};

/** The five points of a life: behind, here, ahead, or stopped. A gate that waits is where it stands. */
export function lifeOf({
  stage,
  gateState,
}: Pick<AiSystem, 'stage'> & { readonly gateState: GateState }): readonly LifePoint[] {
  const waitsAtGate = stage === 'assessing' && (gateState === 'open' || gateState === 'deciding');
  const here = waitsAtGate ? 'gate' : AT[stage];
  const at = ORDER.indexOf(here);
  const stopped = stage === 'stopped' || stage === 'suspended' || gateState === 'refused';
  return ORDER.map((key, index) => {
    if (index === at) {
      if (stopped) return { key, state: 'blocked' };
      // An approved system has its gate behind it and waits to go live.
      return { key, state: stage === 'approved' || stage === 'retired' ? 'done' : 'current' };
    }
    if (stage === 'approved' && key === 'live') return { key, state: 'current' };
    return { key, state: index < at ? 'done' : 'ahead' };
  });
}
