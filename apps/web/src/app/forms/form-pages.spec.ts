import { Component, Injector, inject, signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { TranslocoService } from '@jsverse/transloco';
import type { FactDeclaration, Facts, Field, FormDefinition } from '@plumbline/workflow-engine';
import { addWords, provideWords } from '../platform/i18n/words.ts';
import platformWords from '../platform/platform.en-GB.json' with { type: 'json' };
import type { Answers } from './answers.ts';
import type { DraftState } from './draft-saver.ts';
import { EvidenceShelf, type NewEvidence, type ShelfItem } from './evidence-shelf.ts';
import { FormPages } from './form-pages.ts';
import { FormState } from './form-state.ts';
import forms from './forms.en-GB.json' with { type: 'json' };

const priya = { id: '0190f0f0-0000-7000-8000-000000000001', name: 'Priya Shah' };
const tom = { id: '0190f0f0-0000-7000-8000-000000000002', name: 'Tom Reid' };

class Shelf extends EvidenceShelf {
  readonly items = signal<readonly ShelfItem[]>([
    { id: 'e1', reference: 'EVD-0001', shows: 'Bias test of November' },
  ]);
  add(evidence: NewEvidence): Promise<ShelfItem> {
    const item = { id: 'e2', reference: 'EVD-0002', shows: evidence.shows };
    this.items.update((items) => [...items, item]);
    return Promise.resolve(item);
  }
}

let source: { form: FormDefinition; facts: FactDeclaration[]; values: Facts; draft: Facts | null };

@Component({
  imports: [FormPages],
  providers: [{ provide: EvidenceShelf, useClass: Shelf }],
  template: `<app-form-pages
    [state]="state"
    [people]="people"
    [page]="page()"
    [refused]="refused()"
    [draft]="draft"
    (go)="page.set($event)"
    (submitted)="handedIn.push($event)"
  />`,
})
class Host {
  readonly state = new FormState(source, inject(Injector));
  readonly people = [priya, tom];
  readonly page = signal<string | null>(null);
  readonly refused = signal<readonly { field: string; message: string }[]>([]);
  readonly handedIn: Answers[] = [];
  readonly draft = {
    state: signal<DraftState>('trying-again'),
    savedAt: signal('2026-11-25T14:32:00Z'),
  };
}

const one = (fields: readonly Field[]): FormDefinition => ({
  sections: [{ key: 'all', title: 'Describe the use', fields }],
});
const field = (over: Partial<Field> & Pick<Field, 'type'>): Field =>
  ({ key: 'q', label: 'The question', required: true, ...over }) as Field;

async function show(
  form: FormDefinition,
  more: { facts?: FactDeclaration[]; values?: Facts; draft?: Facts } = {},
): Promise<Screen> {
  source = { form, facts: more.facts ?? [], values: more.values ?? {}, draft: more.draft ?? null };
  TestBed.configureTestingModule({ providers: [provideWords()] });
  addWords(TestBed.inject(TranslocoService), 'forms', forms);
  addWords(TestBed.inject(TranslocoService), 'platform', platformWords);
  const screen = new Screen(TestBed.createComponent(Host));
  await screen.settle();
  return screen;
}

/** The form as its reader sees and uses it. */
class Screen {
  private readonly root: HTMLElement;

  constructor(private readonly fixture: ComponentFixture<Host>) {
    this.root = fixture.nativeElement as HTMLElement;
    document.body.append(this.root);
  }

  get host(): Host {
    return this.fixture.componentInstance;
  }

  get text(): string {
    return this.root.textContent.replace(/\s+/g, ' ');
  }

  settle(): Promise<unknown> {
    return this.fixture.whenStable();
  }

  all(selector: string): HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>(selector)];
  }

  find(selector: string): HTMLElement {
    const [found] = this.all(selector);
    if (!found) throw new Error(`no ${selector} in ${this.root.innerHTML}`);
    return found;
  }

  value(selector: string): string {
    return (this.find(selector) as HTMLInputElement).value;
  }

  async write(selector: string, text: string): Promise<void> {
    const control = this.find(selector) as HTMLInputElement;
    control.value = text;
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
    await this.settle();
  }

  async press(name: string): Promise<void> {
    const button = this.all('button, label').find(({ textContent }) =>
      textContent.replace(/\s+/g, ' ').trim().startsWith(name),
    );
    if (!button) throw new Error(`nothing called “${name}” in ${this.text}`);
    button.click();
    await this.settle();
  }

  get answer(): unknown {
    return this.host.state.answers()['q'];
  }
}

// jsdom has no layout, so nothing to scroll.
beforeAll(() => (Element.prototype.scrollIntoView = () => undefined));
afterEach(() => document.body.replaceChildren());

describe('a form on one page', () => {
  it.each<[string, Field, (screen: Screen) => Promise<void>, unknown]>([
    ['text', field({ type: 'text' }), (s) => s.write('#q-q', 'CV Screener'), 'CV Screener'],
    ['longtext', field({ type: 'longtext' }), (s) => s.write('textarea#q-q', 'Ranks.'), 'Ranks.'],
    ['number', field({ type: 'number' }), (s) => s.write('#q-q', '1,250.5'), 1250.5],
    ['date', field({ type: 'date' }), (s) => s.write('#q-q', '5 Dec 2026'), '2026-12-05'],
    ['person', field({ type: 'person' }), (s) => s.write('#q-q', priya.id), priya.id],
    [
      'people',
      field({ type: 'people' }),
      async (s) => {
        await s.write('#q-q', priya.id);
        await s.write('#q-q', tom.id);
        await s.press('Remove Priya Shah');
      },
      [tom.id],
    ],
    ['yes-no', field({ type: 'yes-no' }), (s) => s.press('No'), false],
    ['yes-no-unsure', field({ type: 'yes-no-unsure' }), (s) => s.press('Not sure'), 'unsure'],
    [
      'select',
      field({
        type: 'select',
        options: [
          { key: 'a', label: 'Few' },
          { key: 'b', label: 'Many' },
        ],
      }),
      (s) => s.press('Many'),
      'b',
    ],
    [
      'a long select',
      field({
        type: 'select',
        options: Array.from({ length: 12 }, (_, at) => ({ key: `k${at}`, label: `Country ${at}` })),
      }),
      (s) => s.write('select#q-q', 'k7'),
      'k7',
    ],
    [
      'multiselect',
      field({
        type: 'multiselect',
        options: [
          { key: 'a', label: 'Staff' },
          { key: 'b', label: 'Applicants' },
        ],
      }),
      async (s) => {
        await s.press('Applicants');
        await s.press('Staff');
      },
      ['a', 'b'],
    ],
    [
      'scale',
      field({ type: 'scale', min: 1, max: 3, labels: ['Rare', 'Possible', 'Likely'] }),
      (s) => s.press('2 – Possible'),
      2,
    ],
    ['evidence again', field({ type: 'evidence' }), (s) => s.write('#q-q-reuse', 'e1'), ['e1']],
    [
      'new evidence',
      field({ type: 'evidence' }),
      async (s) => {
        await s.press('Give a link instead');
        await s.write('#q-q', 'https://example.org/report');
        await s.write('#q-q-shows', 'The test report');
        await s.press('Add evidence');
      },
      ['e2'],
    ],
  ])('takes an answer of type %s, and starts empty', async (_, question, answer, expected) => {
    const screen = await show(one([question]));
    expect(screen.all('input:checked')).toHaveLength(0);
    expect(screen.answer).toBeNull();
    await answer(screen);
    expect(screen.answer).toEqual(expected);
  });

  it('takes rows, of its own and from suggestions, without their scores', async () => {
    const screen = await show(
      one([
        field({
          type: 'repeat',
          itemName: 'risk',
          minRows: 1,
          maxRows: 2,
          fields: [
            field({ type: 'text', key: 'title', label: 'Risk' }),
            field({
              type: 'scale',
              key: 'likelihood',
              label: 'How likely?',
              min: 1,
              max: 2,
              labels: [],
            }),
          ],
          suggestions: [{ title: 'Unfair ranking by age', likelihood: 2 }],
        }),
      ]),
    );
    await screen.press('Take over Unfair ranking by age');
    expect(screen.answer).toEqual([{ title: 'Unfair ranking by age' }]);
    await screen.press('Add another risk');
    await screen.write('#q-q-1-title', 'Leaks a name');
    expect(screen.answer).toEqual([{ title: 'Unfair ranking by age' }, { title: 'Leaks a name' }]);
    expect(screen.text).toContain('You can list 2 at most.');

    await screen.press('Check and submit');
    const links = screen.all('ui-error-summary a');
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      '#q-q-0-likelihood',
      '#q-q-1-likelihood',
    ]);

    await screen.press('Remove this risk 1');
    expect(screen.answer).toEqual([{ title: 'Leaks a name' }]);
  });

  it('keeps both of two changes that come before the page is drawn again', async () => {
    const screen = await show(
      one([
        field({
          type: 'repeat',
          itemName: 'risk',
          minRows: 0,
          maxRows: 2,
          fields: [
            field({ type: 'yes-no', key: 'sure', label: 'Sure?' }),
            field({ type: 'text', key: 'why', label: 'Why?' }),
          ],
        }),
        field({
          type: 'multiselect',
          key: 'groups',
          options: [
            { key: 'a', label: 'Staff' },
            { key: 'b', label: 'Applicants' },
          ],
        }),
      ]),
      { draft: { q: [{}], groups: null } },
    );
    await Promise.all([
      screen.press('Yes'),
      screen.write('#q-q-0-why', 'Tested'),
      screen.press('Staff'),
      screen.press('Applicants'),
    ]);
    expect(screen.host.state.handIn()).toEqual({
      q: [{ sure: true, why: 'Tested' }],
      groups: ['a', 'b'],
    });
  });

  it('says what is missing, at the top with a link and at the question, once they go on', async () => {
    const screen = await show(one([field({ type: 'text', label: 'What is it for?' })]));
    expect(screen.text).not.toContain('Write an answer');
    await screen.press('Check and submit');
    const summary = screen.find('ui-error-summary [role=alert]');
    expect(document.activeElement).toBe(summary);
    screen.find('ui-error-summary a').click();
    const control = screen.find('#q-q');
    expect(document.activeElement).toBe(control);
    expect(control.getAttribute('aria-invalid')).toBe('true');
    const error = screen.find(`[id="${control.getAttribute('aria-describedby') ?? ''}"]`);
    expect(error.textContent).toContain('Write an answer to “What is it for?”');

    await screen.write('#q-q', 'Ranks CVs');
    expect(screen.all('[id$=-error]')).toHaveLength(0);
  });

  it.each<[string, Field, (screen: Screen) => Promise<void>, string]>([
    [
      'a day that does not exist',
      field({ type: 'date' }),
      (s) => s.write('#q-q', '31/2/2026'),
      'as a real date',
    ],
    ['text for a number', field({ type: 'number' }), (s) => s.write('#q-q', 'many'), 'as a number'],
    [
      'too small a number',
      field({ type: 'number', min: 5 }),
      (s) => s.write('#q-q', '4'),
      '5 or more',
    ],
    [
      'too large a number',
      field({ type: 'number', max: 5 }),
      (s) => s.write('#q-q', '6'),
      '5 or less',
    ],
    [
      'too long a text',
      field({ type: 'text', maxLength: 3 }),
      (s) => s.write('#q-q', 'long'),
      'Shorten',
    ],
    [
      'too few rows',
      field({
        type: 'repeat',
        itemName: 'risk',
        minRows: 2,
        maxRows: 3,
        fields: [],
        suggestions: [],
      }),
      (s) => s.press('Add a risk'),
      'Add at least 2',
    ],
  ])('refuses %s and keeps what was written', async (_, question, answer, words) => {
    const screen = await show(one([question]));
    await answer(screen);
    const before = screen.answer;
    await screen.press('Check and submit');
    expect(screen.find('ui-error-summary').textContent).toContain(words);
    expect(screen.answer).toEqual(before);
    expect(screen.host.page()).toBeNull();
  });

  it('leaves an optional question open', async () => {
    const screen = await show(one([field({ type: 'text', required: false })]));
    expect(screen.text).toContain('(optional)');
    await screen.press('Check and submit');
    expect(screen.host.page()).toBe('check');
  });

  it('asks a question only while its condition holds, and never hands in what is not asked', async () => {
    const screen = await show(
      one([
        field({ type: 'yes-no', key: 'personal', label: 'Personal data?' }),
        field({
          type: 'text',
          key: 'kinds',
          label: 'Which?',
          when: { fact: 'personal', is: 'equal', value: true },
        }),
      ]),
      {
        facts: [
          { name: 'personal', type: { kind: 'boolean' }, source: 'form' },
          { name: 'kinds', type: { kind: 'text' }, source: 'form' },
        ],
      },
    );
    expect(screen.text).not.toContain('Which?');
    await screen.press('Yes');
    await screen.write('#q-kinds', 'Names');
    await screen.press('No');
    expect(screen.text).not.toContain('Which?');
    await screen.press('Check and submit');
    expect(screen.host.page()).toBe('check');
    await screen.press('Submit');
    expect(screen.host.handedIn).toEqual([{ personal: false }]);
  });

  it('shows known answers as known, and a draft before them', async () => {
    const known = await show(one([field({ type: 'text' })]), {
      values: { q: 'From the proposal' },
    });
    expect(known.value('#q-q')).toBe('From the proposal');
    expect(known.text).toContain('Already known');
    TestBed.resetTestingModule();
    const draft = await show(one([field({ type: 'text' })]), {
      values: { q: 'From the proposal' },
      draft: { q: 'Half' },
    });
    expect(draft.value('#q-q')).toBe('Half');
    expect(draft.text).not.toContain('Already known');
  });

  it('shows at its question what the server would not accept', async () => {
    const screen = await show(one([field({ type: 'text' })]), { draft: { q: 'x' } });
    screen.host.refused.set([{ field: 'q', message: 'This name is taken.' }]);
    await screen.settle();
    expect(screen.find('#q-q-error').textContent).toContain('This name is taken.');
    expect(screen.find('ui-error-summary a').getAttribute('href')).toBe('#q-q');
  });
});

describe('a form with several sections', () => {
  const form: FormDefinition = {
    sections: [
      {
        key: 'use',
        title: 'The use',
        fields: [field({ type: 'text', key: 'name', label: 'Name' })],
      },
      {
        key: 'people',
        title: 'The people',
        fields: [field({ type: 'yes-no', key: 'staff', label: 'Staff?' })],
      },
      {
        key: 'more',
        title: 'Only for staff',
        when: { fact: 'staff', is: 'equal', value: true },
        fields: [field({ type: 'number', key: 'count', label: 'How many?' })],
      },
    ],
  };
  const facts: FactDeclaration[] = [
    { name: 'name', type: { kind: 'text' }, source: 'form' },
    { name: 'staff', type: { kind: 'boolean' }, source: 'form' },
    { name: 'count', type: { kind: 'number' }, source: 'form' },
  ];

  it('is a task list, a page each, and answers to check with a way back', async () => {
    const screen = await show(form, { facts });
    expect(screen.text).toContain('0 parts of 2 completed.');
    await screen.press('Continue: The use');
    await screen.write('#q-name', 'CV Screener');
    await screen.press('Save and continue');
    expect(screen.host.page()).toBe('people');
    await screen.press('Yes');
    await screen.press('Save and continue');
    expect(screen.host.page()).toBe('more');
    await screen.press('All parts');
    expect(screen.text).toContain('2 parts of 3 completed.');
    await screen.press('Continue: Only for staff');
    await screen.write('#q-count', '40');
    await screen.press('Save and continue');
    await screen.press('Check and submit');
    expect(screen.text).toContain('CV Screener');

    await screen.press('Change Name');
    expect(screen.host.page()).toBe('use');
    expect(document.activeElement).toBe(screen.find('#q-name'));
    await screen.write('#q-name', 'CV Ranker');
    screen.host.page.set('check');
    await screen.settle();
    await screen.press('Submit');
    expect(screen.host.handedIn).toEqual([{ name: 'CV Ranker', staff: true, count: 40 }]);
  });

  it('stays a task list when only one section is asked so far', async () => {
    const some = {
      sections: form.sections.filter(({ key }) => key !== 'people'),
    };
    const screen = await show(some, { facts });
    expect(screen.text).toContain('0 parts of 1 completed.');
  });

  it('says on every page where the draft stands', async () => {
    const screen = await show(form, { facts });
    for (const page of [null, 'use', 'check']) {
      screen.host.page.set(page);
      await screen.settle();
      expect(screen.text).toContain('Not saved – trying again');
    }
    screen.host.draft.state.set('saved');
    await screen.settle();
    expect(screen.text).toMatch(/Draft saved \d\d:32/);
  });

  it('does not hand in while something is missing, and leads to it', async () => {
    const screen = await show(form, { facts, draft: { name: 'CV Screener' } });
    screen.host.page.set('check');
    await screen.settle();
    await screen.press('Submit');
    expect(screen.host.handedIn).toEqual([]);
    screen.find('ui-error-summary a').click();
    expect(document.activeElement?.textContent).toContain('Change Staff?');
  });

  it('is one page with all titles when the form asks for it', async () => {
    const screen = await show({ ...form, onePage: true }, { facts });
    expect(screen.text).toContain('The use');
    expect(screen.text).toContain('The people');
    expect(screen.text).not.toContain('Only for staff');
    await screen.press('Yes');
    expect(screen.text).toContain('Only for staff');
    await screen.press('Check and submit');
    expect(screen.find('ui-error-summary').textContent).toContain('Name');
    await screen.write('#q-name', 'CV Screener');
    await screen.write('#q-count', '40');
    await screen.press('Check and submit');
    await screen.press('Submit');
    expect(screen.host.handedIn).toEqual([{ name: 'CV Screener', staff: true, count: 40 }]);
  });
});
