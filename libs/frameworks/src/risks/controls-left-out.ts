import { riskCatalogue } from './risk-catalogue.data.ts';

/** A risk as far as the comparison with Annex A looks at it. */
export interface TreatedRisk {
  readonly title: string;
  readonly catalogueRisk?: string | null;
  readonly controls?: readonly string[] | null;
}

/**
 * The comparison with Annex A: for each risk of the catalogue, the controls that are usual for it
 * and were not chosen. Nothing is wrong with leaving one out; that it was looked at is the point.
 */
export function controlsLeftOut(
  risks: readonly TreatedRisk[],
): readonly { readonly title: string; readonly controls: readonly string[] }[] {
  return risks.flatMap(({ title, catalogueRisk, controls }) => {
    const usual = riskCatalogue.find(({ id }) => id === catalogueRisk)?.controls ?? [];
    const left = usual.filter((control) => !(controls ?? []).includes(control));
    return left.length > 0 ? [{ title, controls: left }] : [];
  });
}
