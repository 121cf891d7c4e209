import { HttpClient, HttpContext, HttpHeaders } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import type { ZodType } from 'zod';
import { ApiProblem, problemOf } from './problem.ts';
import { QUIET } from './quiet.ts';

/** How a command is sent. */
export interface CommandOptions<T> {
  /** What the answer must look like; without it the answer is dropped. */
  readonly answer?: ZodType<T>;
  /** The version being changed: sent as `If-Match`. */
  readonly version?: number;
  /** One key per intent of the person; give the same again when they press "Try again". */
  readonly key?: string;
  /** Do not ask for a password when the API wants one; the caller deals with the refusal. */
  readonly quiet?: boolean;
}

/** A key under which the API carries a command out at most once. */
export function newCommandKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Sends commands and edits. Every refusal is thrown as an `ApiProblem`. */
@Injectable({ providedIn: 'root' })
export class Api {
  private readonly http = inject(HttpClient);

  get<T>(path: string, answer: ZodType<T>, options: { quiet?: boolean } = {}): Promise<T> {
    return this.send('GET', path, undefined, { answer, ...options });
  }

  post<T = void>(path: string, body?: unknown, options?: CommandOptions<T>): Promise<T> {
    return this.send('POST', path, body, { key: newCommandKey(), ...options });
  }

  put<T = void>(path: string, body: unknown, options?: CommandOptions<T>): Promise<T> {
    return this.send('PUT', path, body, options);
  }

  patch<T = void>(path: string, body: unknown, options?: CommandOptions<T>): Promise<T> {
    return this.send('PATCH', path, body, options);
  }

  delete<T = void>(path: string, options?: CommandOptions<T>): Promise<T> {
    return this.send('DELETE', path, undefined, options);
  }

  private async send<T>(
    method: string,
    path: string,
    body: unknown,
    { answer, version, key, quiet = false }: CommandOptions<T> = {},
  ): Promise<T> {
    let headers = new HttpHeaders();
    if (key) headers = headers.set('Idempotency-Key', key);
    if (version !== undefined) headers = headers.set('If-Match', `"${version}"`);
    const context = new HttpContext().set(QUIET, quiet);
    try {
      const request = this.http.request<unknown>(method, path, { body, headers, context });
      const received = await firstValueFrom(request, { defaultValue: undefined });
      // Without a contract the caller has said that T is void.
      return answer ? answer.parse(received) : (undefined as T);
    } catch (error) {
      throw new ApiProblem(problemOf(error));
    }
  }
}
