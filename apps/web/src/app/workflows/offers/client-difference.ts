import { Component, computed, inject, input } from '@angular/core';
import { workflowDifferenceSchema } from '@plumbline/contracts';
import { answerOf, CurrentOrganisation, Loaded, withQuery, words } from '../../platform/index.ts';
import type file from '../publish/publish.en-GB.json';
import { DifferenceView } from '../versions/difference-view.ts';

/** What a version of the firm's library would change at one client, read when it is shown. */
@Component({
  selector: 'app-client-difference',
  imports: [DifferenceView, Loaded],
  template: `
    @if (hasNone()) {
      <p>{{ t('clients.allNew') }}</p>
    } @else {
      <app-loaded
        [loading]="difference.loading()"
        [problem]="difference.problem()"
        (again)="difference.reload()"
      />
      @if (difference.value(); as it) {
        <app-difference-view [difference]="it" />
      }
    }
  `,
})
export class ClientDifference {
  readonly key = input.required<string>();
  readonly client = input.required<string>();
  readonly version = input.required<number | 'draft'>();

  protected readonly t = words<typeof file>('publishing');
  private readonly organisation = inject(CurrentOrganisation);
  protected readonly difference = answerOf(workflowDifferenceSchema, () =>
    withQuery(
      this.organisation.api('workflows', this.key(), 'adoption', this.client(), 'difference'),
      { version: this.version() },
    ),
  );
  /** The client has no such workflow: there is nothing to compare with. */
  protected readonly hasNone = computed(() => this.difference.problem()?.status === 404);
}
