import type { Routes } from '@angular/router';

/** Which other systems are told what happens in an organisation. */
export const webhookRoutes: Routes = [
  { path: '', loadComponent: () => import('./webhook-list.ts').then((it) => it.WebhookList) },
  { path: 'new', loadComponent: () => import('./add-webhook.ts').then((it) => it.AddWebhook) },
  { path: ':id', loadComponent: () => import('./webhook-page.ts').then((it) => it.WebhookPage) },
  {
    path: ':id/change',
    loadComponent: () => import('./change-webhook.ts').then((it) => it.ChangeWebhook),
  },
  {
    path: ':id/secret',
    loadComponent: () => import('./roll-secret.ts').then((it) => it.RollSecret),
  },
  {
    path: ':id/deliveries/:delivery',
    loadComponent: () => import('./delivery-page.ts').then((it) => it.DeliveryPage),
  },
];
