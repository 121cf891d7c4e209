export { AbsencesModule } from './absences.module.ts';
export { Absences } from './absences.ts';
