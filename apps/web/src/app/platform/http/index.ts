export { answerOf, withQuery, type Answer, type Query } from './answer.ts';
export { Api, newCommandKey, type CommandOptions } from './api.ts';
export { askAgain } from './ask-again.ts';
export { ApiProblem, problemOf } from './problem.ts';
