import { Injectable, signal } from '@angular/core';

/** Other workflows of the organisation, which this one may call. Filled by the page. */
@Injectable()
export class WorkflowChoices {
  readonly workflows = signal<readonly { readonly key: string; readonly label: string }[]>([]);
}
