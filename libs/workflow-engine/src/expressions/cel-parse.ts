import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { ExpressionFailure } from './expression-failure.ts';

/** The longest CEL text that a person may write, and the longest that a tree may become. */
export const maxSourceLength = 4_000;
const maxGeneratedLength = 60_000;

const parser = new Environment({
  limits: {
    maxAstNodes: 4_000,
    maxDepth: 100,
    maxListElements: 200,
    maxMapEntries: 1,
    maxCallArguments: 8,
  },
});

/** The syntax tree of CEL text. Throws {@link ExpressionFailure} when it is malformed or too big. */
export function parseCel(source: string, generated = false): ASTNode {
  const limit = generated ? maxGeneratedLength : maxSourceLength;
  if (source.length > limit) {
    throw new ExpressionFailure('limit', `An expression may be ${limit} characters long.`);
  }
  if (source.trim() === '') {
    throw new ExpressionFailure('syntax', 'Nothing is written here yet. Write an expression.');
  }
  try {
    return parser.parse(source).ast;
  } catch (error) {
    // The parser reports by exception; anything else it throws is a fault and passes through.
    if (!(error instanceof ParseError)) throw error;
    const limited = error.code.startsWith('max_') || error.summary.startsWith('Exceeded');
    throw new ExpressionFailure(limited ? 'limit' : 'syntax', `${error.summary}.`);
  }
}
