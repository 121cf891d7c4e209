/** One thing wrong with the input, by field, in words that say what to do. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** A refusal with a stable code; the HTTP edge turns it into an RFC 9457 problem. Nothing changed. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** Unknown and foreign ids answer exactly alike, so nobody can probe for what exists. */
export class NotFound extends Problem {
  constructor() {
    super(404, 'not-found', 'There is nothing here, or you cannot see it. Check the address.');
  }
}

/** The person is signed in but this is not theirs to do; `message` says whose it is. */
export class Forbidden extends Problem {
  constructor(message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(403, 'forbidden', message, extra);
  }
}

/** Nobody is signed in, or the session has ended. */
export class NotSignedIn extends Problem {
  constructor() {
    super(401, 'not-signed-in', 'Sign in to go on.');
  }
}

/** The person must show again that it is them (within five minutes) before this counts. */
export class StepUpRequired extends Problem {
  constructor() {
    super(401, 'step-up-required', 'Enter your password again to go on.');
  }
}

/** The state of things does not allow it, for example a second submit. */
export class Conflict extends Problem {
  constructor(code: string, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(409, code, message, extra);
  }
}

/** The same command is under way elsewhere. */
export class StillRunning extends Conflict {
  constructor() {
    super('still-running', 'The same request is still being carried out. Ask again in a moment.');
  }
}

/** Somebody else changed the record since the caller read it. */
export class StaleVersion extends Problem {
  constructor(current: number, extra: Readonly<Record<string, unknown>> = {}) {
    super(
      412,
      'stale-version',
      'Someone changed this since you opened it. Load it again and repeat your change.',
      { currentVersion: current, ...extra },
    );
  }
}

/** The input has the wrong shape or content; `problems` names each field and the cure. */
export class Invalid extends Problem {
  constructor(message: string, problems: readonly FieldProblem[]) {
    super(400, 'invalid', message, { problems });
  }
}

/** A rule of the product refuses what was asked, for example separation of duties. */
export class Refused extends Problem {
  constructor(code: string, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(422, code, message, extra);
  }
}

/** Too often in a short time; the answer carries Retry-After. */
export class TooManyTries extends Problem {
  constructor(readonly seconds: number) {
    super(
      429,
      'too-many-tries',
      `Too many tries. Wait ${seconds} second${seconds === 1 ? '' : 's'}, then try again.`,
      { retryAfter: seconds },
    );
  }
}
