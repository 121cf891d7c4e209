export { readCheckpoint, readTree, type Tree } from './log-store.ts';
export { countWaiting, proofReader, Proofs } from './proofs.ts';
export { RecordModule } from './record.module.ts';
export { reopenRecord } from './reopen-record.ts';
export { SigningKeys } from './signing-keys.ts';
