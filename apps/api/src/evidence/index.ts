export { Evidence, type EvidenceLink } from './evidence.ts';
export { EvidenceItems } from './evidence-items.ts';
export { referenceOf } from './evidence-row.ts';
export { EvidenceModule } from './evidence.module.ts';
