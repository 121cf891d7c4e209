import { randomUUID } from 'node:crypto';
import { Trouble } from '../trouble.mjs';

const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** A refusal of the API: `problem` is its RFC 9457 body, `status` its HTTP status. */
export class ApiProblem extends Trouble {
  constructor(status, problem) {
    const fields = (problem.problems ?? []).map(
      ({ field, message }) => `\n    ${field}: ${message}`,
    );
    super(
      `${problem.title ?? 'The request was refused'} (${status}).${fields.join('')}`,
      problem.detail ?? 'look the address and the arguments over and try again.',
    );
    this.status = status;
    this.problem = problem;
  }
}

/** The HTTP API, as one signed-in person. Paths start after `/api`. */
export class Client {
  #address;
  #cookie = '';

  constructor(address) {
    this.#address = address.replace(/\/+$/, '');
  }

  /**
   * One request; `body` is JSON, or a FormData, a Buffer or a stream as it is. Commands carry an
   * Idempotency-Key, `key` or a new one; `signal` gives up on it. Answers the raw response; a refusal
   * is an ApiProblem.
   */
  async request(method, path, { body, headers = {}, key = randomUUID(), signal } = {}) {
    const isJson = body?.constructor === Object || Array.isArray(body);
    const response = await this.#fetch(`${this.#address}/api${path}`, {
      method,
      redirect: 'error',
      headers: {
        accept: 'application/json',
        'x-plumbline-client': 'command-line',
        ...(this.#cookie && { cookie: this.#cookie }),
        ...(isJson && { 'content-type': 'application/json' }),
        ...(UNSAFE.has(method) && { 'idempotency-key': key }),
        ...headers,
      },
      body: isJson ? JSON.stringify(body) : body,
      signal,
      ...(typeof body?.pipe === 'function' && { duplex: 'half' }),
    });
    this.#rememberCookies(response);
    if (response.ok) return response;
    const text = await response.text();
    const isProblem = (response.headers.get('content-type') ?? '').includes('json');
    throw new ApiProblem(
      response.status,
      isProblem ? JSON.parse(text) : { detail: text.slice(0, 300) },
    );
  }

  async #fetch(url, options) {
    try {
      return await fetch(url, options);
    } catch (error) {
      throw new Trouble(
        `${this.#address} cannot be reached (${error.cause?.code ?? error.message}).`,
        'check that Plumbline runs there (npm start), or give --url.',
      );
    }
  }

  #rememberCookies(response) {
    const set = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]);
    if (set.length > 0) this.#cookie = set.join('; ');
  }

  /** The JSON answer of a request; null when the answer has no body. */
  async json(method, path, options) {
    const response = await this.request(method, path, options);
    const text = await response.text();
    return text ? JSON.parse(text) : null;
  }

  /** Reads. */
  get(path, options = {}) {
    return this.json('GET', path, options);
  }

  /** Commands. */
  post(path, body = {}, options = {}) {
    return this.json('POST', path, { ...options, body });
  }

  /** Every item of a paged list, page by page. */
  async *pages(path) {
    let cursor = null;
    do {
      const join = path.includes('?') ? '&' : '?';
      const page = await this.get(
        cursor ? `${path}${join}cursor=${encodeURIComponent(cursor)}` : path,
      );
      yield* page.items;
      cursor = page.nextCursor;
    } while (cursor);
  }
}

/** Signs in and answers the client. */
export async function signIn(address, { email, password }) {
  const client = new Client(address);
  await client.post('/sessions', { email, password });
  return client;
}
