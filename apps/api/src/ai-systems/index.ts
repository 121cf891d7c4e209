export {
  AiSystems,
  ENTRY_CHANGED,
  type AiSystemName,
  type InOrganisation,
  type NewAiSystem,
} from './ai-systems.ts';
export { AiSystemsModule } from './ai-systems.module.ts';
export {
  ENTRIES_IMPORTED,
  ImportedSystems,
  type ImportCounts,
  type ImportedSystem,
} from './imported-systems.ts';
export { referenceOf } from './reference.ts';
export { AI_SYSTEM_CHANGED } from './register.ts';
