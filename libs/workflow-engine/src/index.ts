export * from './condition.ts';
export * from './definition.ts';
export * from './form.ts';
export * from './run.ts';
