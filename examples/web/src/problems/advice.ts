/** What a person is told about an error code, and what may help. */
export interface Advice {
  readonly title: string;
  readonly text: string;
  /** `retry`: asking again. `reload`: the page is older than the gateway. */
  readonly remedy?: 'retry' | 'reload';
}

const ADVICE: Readonly<Record<string, Advice>> = {
  FORBIDDEN: {
    title: 'No permission',
    text: 'Your account may not see this. Ask an administrator of your company for access.',
  },
  NOT_FOUND: {
    title: 'Not there any more',
    text: 'Cotalker does not know this any more. It may have been removed.',
  },
  RATE_LIMITED: {
    title: 'Too many requests',
    text: 'Cotalker asks you to slow down for a moment.',
    remedy: 'retry',
  },
  OVERLOADED: {
    title: 'Very busy right now',
    text: 'There is more to do than can be done at once. Try again in a moment.',
    remedy: 'retry',
  },
  UPSTREAM_BUDGET_EXCEEDED: {
    title: 'Too much at once',
    text: 'This needs more calls to Cotalker than one request may make.',
  },
  UPSTREAM_TIMEOUT: {
    title: 'Cotalker takes too long',
    text: 'The answer did not come in time. Try again later.',
    remedy: 'retry',
  },
  UPSTREAM_INVALID_RESPONSE: {
    title: 'Something is missing here',
    text: 'Cotalker sent something that cannot be read. Report it with the code.',
    remedy: 'retry',
  },
  PERSISTED_QUERY_NOT_FOUND: {
    title: 'This page is out of date',
    text: 'There is a newer version of it. Reload the page to get it.',
    remedy: 'reload',
  },
  OUTCOME_UNKNOWN: {
    title: 'It is not known whether this was done',
    text: 'The answer was lost. This page reads again: look what has become of it before you try again.',
  },
  MUTATIONS_OFF: {
    title: 'Nothing can be changed here',
    text: 'Whoever runs the gateway has not turned changes on.',
  },
  UNSAFE_URL: {
    title: 'Link held back',
    text: 'Following this link could run a script in your browser. Tell whoever set it up.',
  },
  GATEWAY_UNREACHABLE: {
    title: 'No connection',
    text: 'The gateway does not answer. Check your network, then try again.',
    remedy: 'retry',
  },
};

const UPSTREAM: Advice = {
  title: 'Cotalker is not available',
  text: 'This part could not be read. Try again later.',
  remedy: 'retry',
};

const DEFECT: Advice = {
  title: 'Something went wrong',
  text: 'This is a defect, of this page or of the gateway. Report it with the code.',
};

/**
 * Never undefined: further UPSTREAM_ codes are taken for a failure of Cotalker, all others for a defect.
 * UNAUTHENTICATED is not in the table, because it ends the session before anything shows it.
 */
export const adviceFor = (code: string): Advice =>
  ADVICE[code] ?? (code.startsWith('UPSTREAM_') ? UPSTREAM : DEFECT);
