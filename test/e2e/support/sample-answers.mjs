import { text } from 'node:stream/consumers';
import { askedAnswers, dictionaryOf, sampleAnswers } from '@plumbline/workflow-engine';

/**
 * Run by our Node, which reads TypeScript: takes a task and given answers as JSON on its input and
 * writes complete answers, by the same evaluation as the product.
 */
const { form, facts, values, given } = JSON.parse(await text(process.stdin));
const dictionary = dictionaryOf(facts);
const whole = sampleAnswers(form, dictionary, values, given);
process.stdout.write(JSON.stringify(askedAnswers(form, dictionary, values, whole)));
