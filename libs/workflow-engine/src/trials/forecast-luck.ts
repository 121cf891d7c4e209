/**
 * How long something takes, in minutes of working time: at least `min`, most often `likely`, hardly
 * ever more than `max`. `triangular` (the default) never exceeds `max`; of `lognormal` one in twenty
 * does, some by far, as work of people often goes.
 */
export interface Spread {
  readonly min: number;
  readonly likely: number;
  readonly max: number;
  readonly shape?: 'triangular' | 'lognormal';
}

/**
 * Chance from a seed. A draw depends on the seed and on what it is for, not on how much was drawn
 * before: two forecasts that differ in one thing have the same luck in all others.
 */
export class Luck {
  private readonly seed: number;

  constructor(seed: number) {
    this.seed = mixed(seed | 0, Math.floor(seed / 2 ** 32) | 0);
  }

  /** A number above 0 and below 1 for this purpose; evenly spread over purposes. */
  draw(...purpose: readonly number[]): number {
    let high = this.seed;
    for (const part of purpose) high = mixed(high, part | 0);
    const low = mixed(high, 0x5bd1e995);
    // 52 bits, moved by half a step so that neither end is met.
    return ((high >>> 6) * 2 ** 26 + (low >>> 6) + 0.5) / 2 ** 52;
  }
}

/** Two whole numbers of 32 bits mixed into one, every bit of it depending on every bit of them. */
function mixed(left: number, right: number): number {
  let hash = Math.imul(left ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(right + 0x7f4a7c15, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

/** The minutes that a draw stands for; `normal` is a second draw, used by `lognormal` only. */
export function minutesOf(spread: Spread, draw: number, second: number): number {
  const { min, likely, max, shape } = spread;
  const range = max - min;
  if (range <= 0) return min;
  if (shape === 'lognormal') return min + logNormal(likely - min, range, normal(draw, second));
  const turn = (likely - min) / range;
  return draw < turn
    ? min + Math.sqrt(draw * range * (likely - min))
    : max - Math.sqrt((1 - draw) * range * (max - likely));
}

/** The number of standard deviations that one in twenty exceeds. */
const oneInTwenty = 1.6448536269514722;

/** With this mode, and this value exceeded by one in twenty. */
function logNormal(likely: number, most: number, deviation: number): number {
  const mode = Math.max(likely, most / 100);
  const sigma = (Math.sqrt(oneInTwenty ** 2 + 4 * Math.log(most / mode)) - oneInTwenty) / 2;
  return Math.exp(Math.log(mode) + sigma ** 2 + sigma * deviation);
}

/** A number of the standard normal distribution, from two draws. */
function normal(first: number, second: number): number {
  return Math.sqrt(-2 * Math.log(first)) * Math.cos(2 * Math.PI * second);
}

/** The waiting time until something that happens at random, on average after `mean`. */
export function randomGap(mean: number, draw: number): number {
  return -Math.log(draw) * mean;
}

/** The position of the chosen one among these weights; 0 when none weighs anything. */
export function chosenOf(weights: readonly number[], draw: number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = draw * total;
  for (const [at, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return at;
  }
  return Math.max(
    0,
    weights.findLastIndex((weight) => weight > 0),
  );
}
