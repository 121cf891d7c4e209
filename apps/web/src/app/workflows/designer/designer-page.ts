import {
  afterNextRender,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  Injector,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  page,
  workflowDetailSchema,
  workflowSchema,
  workflowVersionSchema,
} from '@plumbline/contracts';
import { Button, Confirm, PageHeader, Sheet } from '@plumbline/ui';
import type { DefinitionProblem } from '@plumbline/workflow-engine';
import { DraftStatus } from '../../forms/draft-status.ts';
import {
  answerOf,
  CurrentOrganisation,
  Loaded,
  pageTitle,
  problemOf,
  queryWriter,
  whenChanged,
  words,
} from '../../platform/index.ts';
import { wideScreen } from '../../runs/wide-screen.ts';
import { FormBuilder } from '../forms/form-builder.ts';
import { DesignGraph } from '../graph/design-graph.ts';
import { Inspector } from '../inspector/inspector.ts';
import { addStep } from '../model/add-step.ts';
import { isEmpty, type Pattern, PATTERNS, usePattern } from '../model/patterns.ts';
import type { Verb } from '../model/verbs.ts';
import { TableEditor } from '../tables/table-editor.ts';
import type file from '../workflows.en-GB.json';
import { Checker, stepIn } from './checker.ts';
import { CommentsPanel } from './comments-panel.ts';
import { DesignerStore } from './designer-store.ts';
import { DesignsApi } from './designs-api.ts';
import { readDesign } from './draft-document.ts';
import { DraftKeeper } from './draft-keeper.ts';
import { DraftNotices } from './draft-notices.ts';
import { FactsEditor } from './facts-editor.ts';
import { OutlineView } from './outline-view.ts';
import { Palette } from './palette.ts';
import { ProblemsPanel } from './problems-panel.ts';
import { StepTools } from './step-tools.ts';
import { StepWords } from './step-words.ts';
import { WorkflowChoices } from './workflow-choices.ts';
import { WorkflowSettings } from './workflow-settings.ts';

const VIEWS = ['graph', 'outline', 'facts', 'settings', 'form', 'table'] as const;
type View = (typeof VIEWS)[number];
const workflowsSchema = page(workflowSchema);

/** The designer of one workflow: the same draft as a graph and as an outline. */
@Component({
  selector: 'app-designer-page',
  imports: [
    Button,
    CommentsPanel,
    DesignGraph,
    DraftNotices,
    DraftStatus,
    FactsEditor,
    FormBuilder,
    Inspector,
    Loaded,
    OutlineView,
    PageHeader,
    Palette,
    ProblemsPanel,
    RouterLink,
    Sheet,
    StepTools,
    TableEditor,
    WorkflowSettings,
  ],
  providers: [Checker, DesignerStore, DesignsApi, DraftKeeper, StepWords, WorkflowChoices],
  templateUrl: './designer-page.html',
  styleUrl: './designer-page.scss',
  host: { '(keydown)': 'press($event)' },
})
export class DesignerPage {
  readonly key = input.required<string>();
  readonly view = input<View | undefined, string | undefined>(undefined, {
    transform: (text) => VIEWS.find((one) => one === text),
  });
  readonly step = input<string>();
  /** A published version to look at, instead of the draft. */
  readonly version = input<number | undefined, string | undefined>(undefined, {
    transform: (text) => (text && /^\d+$/.test(text) ? Number(text) : undefined),
  });

  protected readonly t = words<typeof file>('workflows');
  protected readonly organisation = inject(CurrentOrganisation);
  protected readonly store = inject(DesignerStore);
  protected readonly keeper = inject(DraftKeeper);
  protected readonly write = queryWriter();
  private readonly api = inject(DesignsApi);
  private readonly confirm = inject(Confirm);
  private readonly choices = inject(WorkflowChoices);
  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef);
  private readonly outlineView = viewChild(OutlineView);
  private readonly graph = viewChild<DesignGraph>('graph');
  private readonly inspector = viewChild<Inspector>('inspector');
  protected readonly wide = wideScreen();
  protected readonly patterns = PATTERNS;
  protected readonly opening = signal(false);
  protected readonly unreadable = signal(false);

  protected readonly detail = answerOf(
    workflowDetailSchema,
    () => this.organisation.api('workflows', this.key()),
    { keepOver: false },
  );
  private readonly others = answerOf(workflowsSchema, () => this.organisation.api('workflows'));
  protected readonly published = answerOf(
    workflowVersionSchema,
    () => {
      const version = this.shownVersion();
      return version === null
        ? undefined
        : this.organisation.api('workflows', this.key(), 'versions', String(version));
    },
    { keepOver: false },
  );
  protected readonly mayEdit = computed(() => this.organisation.can('update', 'Workflow'));
  /** The draft is shown when there is one, it may be edited, and no version is asked for. */
  protected readonly drafting = computed(() => {
    const detail = this.detail.value();
    return Boolean(detail?.draft) && this.mayEdit() && this.version() === undefined;
  });
  protected readonly shownVersion = computed(() => {
    const detail = this.detail.value();
    if (!detail || this.drafting()) return null;
    return this.version() ?? detail.published?.version ?? detail.versions[0]?.version ?? null;
  });
  protected readonly name = computed(
    () => this.store.definition()?.name ?? this.detail.value()?.name ?? '',
  );
  /** On a narrow screen there is no canvas. */
  protected readonly shown = computed((): View => {
    const view = this.view() ?? (this.wide() ? 'graph' : 'outline');
    return view === 'graph' && !this.wide() ? 'outline' : view;
  });
  protected readonly empty = computed(() => {
    const design = this.store.design();
    return design !== null && isEmpty(design) && !this.store.readOnly();
  });
  protected readonly ready = computed(() => this.store.design() !== null);
  private opened: string | null = null;

  constructor() {
    pageTitle(() => this.name() || this.t('title'));
    effect(() => {
      const drafting = this.drafting();
      const key = this.key();
      if (drafting && this.opened !== `${key}/draft`) untracked(() => void this.openDraft(key));
    });
    effect(() => {
      const version = this.published.value();
      if (version && this.shownVersion() === version.version) {
        untracked(() => {
          this.opened = `${version.key}/${version.version}`;
          const design = readDesign(version);
          this.unreadable.set(design === null);
          this.store.readOnly.set(true);
          if (design) this.store.open(design);
        });
      }
    });
    effect(() => {
      const own = this.key();
      const rows = this.others.value()?.items ?? [];
      this.choices.workflows.set(
        rows
          .filter(({ key, published }) => key !== own && published)
          .map(({ key, name }) => ({ key, label: name })),
      );
    });
    effect(() => {
      const step = this.step();
      if (step === undefined || !this.ready()) return;
      // Follows the address only: an edit chooses its own step, and the address follows that.
      untracked(() => {
        const there = this.store.definition()?.steps.some(({ id }) => id === step);
        if (there && this.store.selected() !== step) this.store.select(step);
      });
    });
    effect(() => {
      const selected = this.store.selected();
      if (this.ready() && selected !== null && selected !== untracked(this.step)) {
        untracked(() => void this.write({ step: selected }));
      }
    });
    whenChanged(
      ['workflow-changed'],
      () => {
        this.detail.reload();
        if (this.drafting() && this.store.readOnly()) void this.keeper.reload();
      },
      () => this.key(),
    );
  }

  /** What was edited is saved first; nothing is lost by leaving, unless that failed. */
  async mayLeave(): Promise<boolean> {
    if (this.store.readOnly() || (await this.keeper.settled())) return true;
    if (!this.keeper.saver()?.failing()) return true;
    return this.confirm.ask({
      title: this.t('leave.title'),
      text: this.t('leave.text'),
      confirm: this.t('leave.do'),
      cancel: this.t('leave.stay'),
    });
  }

  private async openDraft(key: string): Promise<void> {
    this.opened = `${key}/draft`;
    try {
      const draft = await this.api.read(key);
      const readable = readDesign(draft) !== null;
      this.unreadable.set(!readable);
      if (readable) await this.keeper.open(draft);
    } catch (error) {
      this.keeper.problem.set(problemOf(error));
    }
  }

  /** Begins a draft of the version on screen. */
  protected async edit(): Promise<void> {
    const version = this.shownVersion();
    this.opening.set(true);
    try {
      await this.api.begin(this.key(), version ?? undefined);
      await this.write({ version: null });
      this.detail.reload();
    } catch (error) {
      this.keeper.problem.set(problemOf(error));
    } finally {
      this.opening.set(false);
    }
  }

  protected show(view: View): void {
    void this.write({ view });
  }

  protected add(verb: Verb): void {
    const { store } = this;
    const after = store.selected() ?? store.outline().at(-1)?.step.id;
    store.run(
      addStep(verb, after === undefined ? { place: { x: 0, y: 0 } } : { after }, store.starters()),
    );
    this.focusStep();
  }

  protected begin(pattern: Pattern): void {
    this.store.run(usePattern(pattern, this.t.of('pattern', pattern), this.store.starters()));
    this.focusStep();
  }

  protected removeStep(): void {
    this.store.remove();
    this.focusStep();
  }

  /** What was asked on the outline or the canvas: where to go on by keyboard. */
  protected asked(what: 'add' | 'connect' | 'open' | 'copy' | 'paste'): void {
    if (what === 'open') this.inspect(null);
    else if (what === 'copy') void this.copy();
    else if (what === 'paste') void this.paste();
    else this.focusOn(what === 'add' ? 'app-palette button' : '#then-to');
  }

  protected async copy(): Promise<void> {
    const text = this.store.copy();
    if (text !== null) await navigator.clipboard.writeText(text);
  }

  protected async paste(): Promise<void> {
    try {
      const text = await navigator.clipboard.readText();
      if (!this.store.paste(text)) this.store.tell(this.t('said.nothingToPaste'));
    } catch {
      // The browser keeps the clipboard to itself: say what can be done instead.
      this.store.tell(this.t('said.clipboardClosed'));
    }
  }

  protected showProblem(problem: DefinitionProblem): void {
    const { place } = problem;
    const ids = this.store.definition()?.steps.map(({ id }) => id) ?? [];
    const id = stepIn(place, ids);
    if (id === null) {
      this.show(place.startsWith('facts') ? 'facts' : 'settings');
      return;
    }
    this.store.select(id);
    this.graph()?.lookAt(id);
    const rest = place.slice(`steps.${id}.`.length);
    if (rest.startsWith('form.')) this.show('form');
    else if (rest.startsWith('table') || rest.startsWith('approvers')) this.show('table');
    else {
      if (this.shown() !== 'graph' && this.shown() !== 'outline') this.show('outline');
      this.inspect(place);
    }
  }

  protected inspect(place: string | null): void {
    afterNextRender(() => this.inspector()?.focus(place), { injector: this.injector });
  }

  protected searchFor(event: Event): void {
    this.store.search.set((event.target as HTMLInputElement).value);
  }

  /** On to the next step that was found. */
  protected nextFound(event: Event): void {
    event.preventDefault();
    const found = this.store.outline().filter(({ step }) => this.store.found().has(step.id));
    const now = found.findIndex(({ step }) => step.id === this.store.selected());
    const next = found[(now + 1) % Math.max(found.length, 1)]?.step;
    if (!next) {
      this.store.tell(this.t('said.notFound'));
      return;
    }
    this.store.select(next.id);
    this.graph()?.lookAt(next.id);
    this.store.tell(
      this.t('said.found', {
        name: next.name,
        at: ((now + 1) % found.length) + 1,
        total: found.length,
      }),
    );
  }

  protected press(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (!(ctrlKey || metaKey) || altKey) return;
    const pressed = key.toLowerCase();
    if (pressed === 'z') {
      event.preventDefault();
      if (shiftKey) this.store.redo();
      else this.store.undo();
    } else if (pressed === 'y') {
      event.preventDefault();
      this.store.redo();
    } else if (pressed === 'f') {
      event.preventDefault();
      this.focusOn('#designer-search');
    } else if (pressed === 's') {
      event.preventDefault();
      void this.keeper.settled();
    }
  }

  private focusStep(): void {
    if (this.shown() === 'outline') this.outlineView()?.focus();
    else this.graph()?.focus();
  }

  private focusOn(selector: string): void {
    this.host.nativeElement.querySelector<HTMLElement>(selector)?.focus();
  }
}
