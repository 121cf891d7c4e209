import type { Field } from '@plumbline/workflow-engine';
import { cadences, measurementLevels, metricClasses } from '../vocabulary.ts';
import { metrics } from '../metrics/metric-options.ts';

/** What is watched: one row per metric and group. */
export const monitorsField: Field = {
  key: 'monitors',
  label: 'What will you watch?',
  hint: 'Two to four metrics are enough for most systems. Set the limits before you see results.',
  type: 'repeat',
  itemName: 'metric',
  minRows: 1,
  maxRows: 40,
  required: true,
  fields: [
    { key: 'metric', label: 'Metric', type: 'select', options: metrics, required: true },
    { key: 'segment', label: 'Group or segment', type: 'text', maxLength: 200, required: false },
    {
      key: 'baseline',
      label: 'Baseline or reference',
      type: 'text',
      maxLength: 300,
      required: true,
    },
    { key: 'warn', label: 'Warn at', type: 'number', required: true },
    { key: 'breach', label: 'Breach at', type: 'number', required: true },
    { key: 'minN', label: 'Smallest sample', type: 'number', min: 1, required: true },
    { key: 'cadence', label: 'How often', type: 'select', options: cadences, required: true },
    { key: 'monitorOwner', label: 'Who looks at it?', type: 'person', required: true },
  ],
};

/** What was measured in one window. */
export const measurementsField: Field = {
  key: 'measurements',
  label: 'What was measured in this window?',
  type: 'repeat',
  itemName: 'measurement',
  minRows: 1,
  maxRows: 100,
  required: true,
  fields: [
    { key: 'metric', label: 'Metric', type: 'select', options: metrics, required: true },
    { key: 'metricClass', label: 'Kind', type: 'select', options: metricClasses, required: true },
    { key: 'segment', label: 'Group or segment', type: 'text', maxLength: 200, required: false },
    { key: 'value', label: 'Value', type: 'number', required: true },
    { key: 'sample', label: 'Sample', type: 'number', min: 0, required: true },
    {
      key: 'level',
      label: 'Against the limits of the plan, this is',
      type: 'select',
      options: measurementLevels,
      required: true,
    },
    { key: 'method', label: 'How it was measured', type: 'text', maxLength: 500, required: true },
  ],
};
