export { Exceptions } from './exceptions.ts';
export { ExceptionsModule } from './exceptions.module.ts';
