import type { FactDeclaration } from '@plumbline/workflow-engine';
import type { RequestContext } from '../platform/request-context.ts';

/** Facts of the register that stand in a part of their own on the page of an AI system. */
const PARTS: Readonly<Record<string, string>> = {
  risks: 'risks',
  lightRisks: 'risks',
  riskStatus: 'risks',
  inherentLevel: 'risks',
  residualLevel: 'risks',
  acceptanceMonths: 'risks',
  monitors: 'monitors',
  monitorCadence: 'monitors',
  monitoringPlanStatus: 'monitors',
  lastLevel: 'monitors',
  breachWindows: 'monitors',
};

/**
 * The page of the client where a fact comes from: the AI system's for what the register knows, the
 * run's for what was answered or found in it. Null where there is none that the reader may open.
 */
export function pageOfFact(
  ctx: RequestContext,
  { name, source }: Pick<FactDeclaration, 'name' | 'source'>,
  from: { readonly aiSystemId: string; readonly runId: string },
): string | null {
  const client = `/c/${ctx.organisationSlug}`;
  if (source === 'organisation') return null;
  if (source !== 'subject') {
    return ctx.ability.can('read', 'Run') ? `${client}/runs/${from.runId}` : null;
  }
  const part = PARTS[name] ?? 'about';
  return ctx.ability.can('read', 'AiSystem')
    ? `${client}/ai-systems/${from.aiSystemId}#${part}`
    : null;
}
