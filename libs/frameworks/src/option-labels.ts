import type { Option } from '@plumbline/workflow-engine';
import * as lists from './vocabulary.ts';

const listOf: Readonly<Record<string, readonly Option[]>> = {
  tier: lists.tiers,
  assessedAs: lists.tiers,
  impactFloor: lists.tiers,
  path: lists.paths,
  stage: lists.stages,
  regClass: lists.regClasses,
  classificationStatus: lists.classificationStates,
  riskStatus: lists.riskStates,
  impactStatus: lists.impactStates,
  monitoringPlanStatus: lists.planStates,
  inherentLevel: lists.riskLevels,
  residualLevel: lists.riskLevels,
  orgSize: lists.orgSizes,
  kind: lists.kinds,
  orgRole: lists.orgRoles,
  euRole: lists.euRoles,
  affectedGroups: lists.affectedGroups,
  volume: lists.volumes,
  dataKinds: lists.dataKinds,
  jurisdictions: lists.jurisdictions,
  monitorCadence: lists.cadences,
  reviewInterval: lists.reviewIntervals,
  lastLevel: lists.measurementLevels,
  worstLevel: lists.measurementLevels,
  response: lists.monitoringResponses,
};

/** What people call an option of a declared fact: `high-risk-annex-iii` of `regClass`, say. */
export function optionLabel(fact: string, key: string): string | undefined {
  const list = Object.hasOwn(listOf, fact) ? listOf[fact] : undefined;
  return list?.find((option) => option.key === key)?.label;
}
