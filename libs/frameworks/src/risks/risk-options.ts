import type { Option } from '@plumbline/workflow-engine';
import { riskCatalogue } from './risk-catalogue.data.ts';

/** The starter catalogue as options: AIR-01 … AIR-46. */
export const catalogueRisks: readonly Option[] = riskCatalogue.map(({ id, title }) => ({
  key: id,
  label: title,
}));
