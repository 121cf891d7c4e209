import { provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  type ApplicationConfig,
} from '@angular/core';
import {
  provideRouter,
  RouteReuseStrategy,
  withComponentInputBinding,
  withInMemoryScrolling,
  withRouterConfig,
} from '@angular/router';
import { TranslocoService } from '@jsverse/transloco';
import { routes } from './app.routes.ts';
import { askAgain } from './platform/http/index.ts';
import { addWords, provideWords } from './platform/i18n/words.ts';
import { Preferences } from './platform/preferences/preferences.ts';
import { ReuseWithinOrganisation } from './platform/organisation/index.ts';
import platformWords from './platform/platform.en-GB.json';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideHttpClient(withInterceptors([askAgain])),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withInMemoryScrolling({ scrollPositionRestoration: 'enabled', anchorScrolling: 'enabled' }),
      withRouterConfig({ paramsInheritanceStrategy: 'always' }),
    ),
    { provide: RouteReuseStrategy, useClass: ReuseWithinOrganisation },
    provideWords(),
    provideAppInitializer(() => {
      addWords(inject(TranslocoService), 'platform', platformWords);
      inject(Preferences);
    }),
  ],
};
