import type { Option } from '@plumbline/workflow-engine';
import { metricCatalogue } from './metrics.data.ts';

/** The catalogue of metrics as options. */
export const metrics: readonly Option[] = metricCatalogue.map(({ key, name }) => ({
  key,
  label: name,
}));
