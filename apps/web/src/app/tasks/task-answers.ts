import { Component, computed, inject, input, type OnInit } from '@angular/core';
import type { Task } from '@plumbline/contracts';
import { Sheet } from '@plumbline/ui';
import type { Facts } from '@plumbline/workflow-engine';
import { Asking, CheckAnswers, EvidenceShelf, type RowFields } from '../forms/index.ts';
import { words } from '../platform/index.ts';
import { formSource } from './form-source.ts';
import type file from './tasks.en-GB.json';
import { TaskShelf } from './task-shelf.ts';

/** What was handed in, question by question. */
@Component({
  selector: 'app-task-answers',
  imports: [CheckAnswers, Sheet],
  providers: [TaskShelf, { provide: EvidenceShelf, useExisting: TaskShelf }],
  template: `
    <ui-sheet [heading]="t('answers')">
      <app-check-answers
        [sections]="sections()"
        [answers]="answers()"
        [rowFields]="rowFields()"
        [people]="task().people"
      />
    </ui-sheet>
  `,
})
export class TaskAnswers implements OnInit {
  readonly task = input.required<Task>();
  protected readonly t = words<typeof file>('tasks');
  private readonly shelf = inject(TaskShelf);

  protected readonly answers = computed(() => (this.task().submission?.answers ?? {}) as Facts);
  private readonly asking = computed(() => {
    const { form, facts, values } = formSource(this.task(), null);
    return new Asking(form, facts, values);
  });
  protected readonly sections = computed(() => this.asking().sections(this.answers()));
  protected readonly rowFields = computed(() => {
    const asking = this.asking();
    const answers = this.answers();
    const inRow: RowFields = (field, row) => asking.rowFields(field, row, answers);
    return inRow;
  });

  ngOnInit(): void {
    this.shelf.show(this.task());
  }
}
