export { Evidence, type EvidenceLink } from './evidence.ts';
export { EvidenceModule } from './evidence.module.ts';
