export * from './paging.ts';
export * from './local-outbox.ts';
