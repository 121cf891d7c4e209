export * from './http/index.ts';
export { addWords, loadWords, provideWords, words, type Say } from './i18n/words.ts';
export { Live, whenChanged, type Change } from './live/live.ts';
export { contractForm, type ContractForm } from './form/contract-form.ts';
export { CurrentOrganisation } from './organisation/index.ts';
export { PageTitle, pageTitle } from './page/page-title.ts';
export { problemText } from './problem-text.ts';
export { Loaded } from './page/loaded.ts';
export { Session } from './session/index.ts';
