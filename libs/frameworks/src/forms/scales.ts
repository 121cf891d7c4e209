import type { Field } from '@plumbline/workflow-engine';

/** What the five steps of each scale mean; the default criteria, versioned per organisation. */
export const likelihoodLabels = [
  'Rare: under 1% in 12 months',
  'Unlikely: 1 to 10%',
  'Possible: 10 to 35%',
  'Likely: 35 to 70%',
  'Almost certain: over 70%',
] as const;

export const impactLabels = {
  org: [
    'Under 0.1% of yearly revenue; nobody notices',
    'Up to 0.5%; a local complaint',
    'Up to 2%; customers or press notice, a regulator asks',
    'Up to 5%; a contract lost, a regulator acts',
    'Over 5%, or the licence to operate',
  ],
  individuals: [
    'Annoyance, fixed at once',
    'Some time or little money lost; fully put right',
    'Real loss, distress or unfair treatment; put right with effort',
    'Serious harm to money, health, rights or dignity; hard to put right',
    'Death, severe or lasting harm, loss of liberty or of essential services',
  ],
  society: [
    'No visible effect',
    'Small, local, short',
    'A community notices',
    'Wide or lasting; rights of a group affected',
    'Severe, wide or hard to reverse',
  ],
} as const;

function five(
  key: string,
  label: string,
  labels: readonly string[],
): Field & { readonly type: 'scale' } {
  return { key, label, type: 'scale', min: 1, max: 5, labels, required: true };
}

/** Likelihood and the three impacts. With a prefix: `residual` gives `residualLikelihood` …. */
export function scoreFields(prefix: '' | 'residual' = ''): readonly Field[] {
  const named = (key: string) =>
    prefix ? `${prefix}${key.slice(0, 1).toUpperCase()}${key.slice(1)}` : key;
  const after = prefix ? ' after treatment' : '';
  return [
    five(named('likelihood'), `Likelihood${after}`, likelihoodLabels),
    five(named('impactOrg'), `Impact on the organisation${after}`, impactLabels.org),
    five(named('impactIndividuals'), `Impact on individuals${after}`, impactLabels.individuals),
    five(named('impactSociety'), `Impact on society${after}`, impactLabels.society),
  ];
}
