export { judge, type Limits, limitsFit, type Verdict } from './judge.ts';
