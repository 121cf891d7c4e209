export { Evidence, type EvidenceLink } from './evidence.ts';
export { EvidenceItems } from './evidence-items.ts';
export { EvidenceModule } from './evidence.module.ts';
