import { InjectionToken } from '@angular/core';

/** What date fields say; read at each use, so that it follows the language. */
export interface DateWords {
  /** Of the button beside the field. */
  choose(): string;
  /** Shown for a text that is no date. */
  unreadable(): string;
  previousMonth(): string;
  nextMonth(): string;
  /** How to use the calendar with the keyboard. */
  keys(): string;
}

/** The words of date fields; the application provides them. */
export const DATE_WORDS = new InjectionToken<DateWords>('date-words');
