import { describe, expect, it } from '@jest/globals';
import { mostSimilar } from './similar.ts';

const register = [
  'Invoice reader',
  'Customer support chatbot',
  'CV screening',
  'Fraud scoring model',
  'Café demand forecast',
].map((name) => ({ name }));

describe('mostSimilar', () => {
  it.each([
    ['invoice READER', ['Invoice reader']],
    ['Invoices reader tool', ['Invoice reader']],
    ['support chatbot', ['Customer support chatbot']],
    ['The AI chatbot for customer support', ['Customer support chatbot']],
    ['C.V. screening system', ['CV screening']],
    ['cafe demand forecasting', ['Café demand forecast']],
    ['Fraud-scoring', ['Fraud scoring model']],
    ['Translation assistant', []],
    ['AI', []],
    ['', []],
  ])('finds for %j: %j', (name, found) => {
    expect(mostSimilar(name, register, 5).map((system) => system.name)).toEqual(found);
  });

  it('puts the most alike first and stops at the limit', () => {
    const near = ['Invoice reading', 'Invoice reader 2', 'Invoice reader'].map((name) => ({
      name,
    }));
    expect(mostSimilar('Invoice reader', near, 2).map(({ name }) => name)).toEqual([
      'Invoice reader',
      'Invoice reader 2',
    ]);
  });
});
