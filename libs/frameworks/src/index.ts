export { intake } from './workflows/intake.ts';
export * from './facts.ts';
