/** A round distance between ticks, so that about `count` of them cover the span. */
export function tickStep(span: number, count: number): number {
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find((one) => one * power >= raw - power * 1e-9) ?? 10;
  return step * power;
}
