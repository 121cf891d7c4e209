export { type Answers, Asking, type RowFields } from './answers.ts';
export { DateControl } from './controls/date-control.ts';
export { CheckAnswers } from './check-answers.ts';
export { DraftSaver } from './draft-saver.ts';
export { DraftStatus } from './draft-status.ts';
export { EvidenceShelf, type NewEvidence, type ShelfItem } from './evidence-shelf.ts';
export { CHECK_PAGE, FormPages } from './form-pages.ts';
export { FormState, type FormSource } from './form-state.ts';
