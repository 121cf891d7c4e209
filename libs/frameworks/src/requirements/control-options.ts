import type { Option } from '@plumbline/workflow-engine';
import { requirements } from './requirements.ts';

/** The 38 controls of Annex A as options. */
export const annexControls: readonly Option[] = requirements
  .filter(({ kind }) => kind === 'control')
  .map(({ id, title }) => ({ key: id, label: `${id} ${title}` }));
