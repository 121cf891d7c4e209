import { HttpContextToken } from '@angular/common/http';

/** Set on requests whose 401 is an answer in itself, such as "who am I?". */
export const QUIET = new HttpContextToken(() => false);
