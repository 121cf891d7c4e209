import { describe, expect, it } from '@jest/globals';
import { riskCatalogue } from '../risks/risk-catalogue.data.ts';
import { controlsLeftOut } from '../risks/controls-left-out.ts';
import { riskCategories } from '../vocabulary.ts';
import { euObligations } from '../eu-ai-act/eu-ai-act.data.ts';
import { regClasses } from '../vocabulary.ts';
import { metricCatalogue } from '../metrics/metrics.data.ts';
import { requirementGroups, requirementOf, requirements } from './requirements.ts';

describe('requirements', () => {
  it('are 32 clauses and 38 controls, each once in the groups', () => {
    const clauses = requirements.filter(({ kind }) => kind === 'clause');
    expect([clauses.length, requirements.length - clauses.length]).toEqual([32, 38]);
    const grouped = requirementGroups.flatMap((group) => group.requirements);
    expect(new Set(grouped).size).toBe(70);
    expect(grouped).toHaveLength(70);
  });

  it('are grouped by clause 4 to 10 and by A.2 to A.10, as many as the standard has', () => {
    expect(requirementGroups.map(({ id, requirements: own }) => [id, own.length])).toEqual([
      ...(['4', '5', '6', '7', '8', '9', '10'] as const).map((id) => [
        id,
        { '4': 4, '5': 3, '6': 6, '7': 7, '8': 4, '9': 6, '10': 2 }[id],
      ]),
      ...[
        ['A.2', 3],
        ['A.3', 2],
        ['A.4', 5],
        ['A.5', 4],
        ['A.6', 9],
        ['A.7', 5],
        ['A.8', 4],
        ['A.9', 3],
        ['A.10', 3],
      ],
    ]);
  });

  it('say what they ask, what shows it and what an auditor asks', () => {
    for (const { id, title, summary, evidence, auditorQuestions } of requirements) {
      expect([id, title.length > 0, summary.length > 20]).toEqual([id, true, true]);
      expect([id, evidence.length > 0, auditorQuestions.length > 0]).toEqual([id, true, true]);
    }
  });

  it('are found by number', () => {
    expect(requirementOf('A.6.2.4')?.title).toBe('Verification and validation');
    expect(requirementOf('A.99')).toBeUndefined();
  });
});

describe('catalogues', () => {
  it('hold 46 risks with controls and categories that exist', () => {
    expect(riskCatalogue).toHaveLength(46);
    for (const { category, controls } of riskCatalogue) {
      expect(riskCategories.map(({ key }) => key)).toContain(category);
      for (const control of controls) expect(requirementOf(control)?.kind).toBe('control');
    }
  });

  it('hold 32 metrics and 35 duties with classes that exist and dates that are dates', () => {
    expect(metricCatalogue).toHaveLength(32);
    expect(euObligations).toHaveLength(35);
    for (const { classes, appliesFrom, originalDate, controls } of euObligations) {
      for (const one of classes) expect(regClasses.map(({ key }) => key)).toContain(one);
      expect(appliesFrom).toMatch(/^\d{4}-\d\d-\d\d$/);
      expect(originalDate).toMatch(/^\d{4}-\d\d-\d\d$/);
      for (const control of controls) expect(requirementOf(control)).toBeDefined();
    }
  });
});

describe('controlsLeftOut', () => {
  const catalogued = riskCatalogue[0]!;

  it('lists the usual controls that were not chosen', () => {
    const [chosen, ...others] = catalogued.controls;
    expect(
      controlsLeftOut([
        { title: 'Bias', catalogueRisk: catalogued.id, controls: [chosen!] },
        { title: 'Own', controls: [] },
        { title: 'All', catalogueRisk: catalogued.id, controls: catalogued.controls },
      ]),
    ).toEqual([{ title: 'Bias', controls: others }]);
  });
});
