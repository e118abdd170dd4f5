import type { Caller } from '../call.ts';
import { CotalkerError, newsOfToken } from '../errors.ts';
import type { Answer, CallContext, Interceptor, RequestContext, TurnAhead } from '../exchange.ts';
import type { ExpectedCalls } from '../resilience/expected-calls.ts';
import { inLine, turnBeside } from '../resilience/in-line.ts';
import type { CallLine } from '../resilience/call-line.ts';
import type { LineOwner, Release } from '../resilience/terms.ts';
import type { Account } from './account.ts';
import { type Accounts, type AccountsOptions, createAccounts } from './accounts.ts';
import type { Quota } from './pace.ts';
import type { QuotaObserver } from './quota-observer.ts';

/** How the quota of companies is kept. */
export interface QuotaLimits extends Quota {
  /** The part of a company's quota that this instance takes where it is not shared: above 0, at most 1. */
  readonly share: number;
  /** Shares the quotas of companies with other instances. Default: they share nothing. */
  readonly shared?: AccountsOptions['shared'];
  readonly companyOf?: AccountsOptions['companyOf'];
  /** The tokens that another quota knows to be accepted. Default: it learns them itself. */
  readonly tokens?: AccountsOptions['tokens'];
  /** Whether it is the quota of writes alone. A write counts in both quotas. */
  readonly isOfWrites?: boolean;
}

/** How long Redis may take to grant places, in milliseconds. A call that waited no longer did not wait for the quota. */
const GRANT_MS = 50;

/** Paces the calls of each company by its quota. */
export interface Quotas {
  /**
   * Lets a call go at its turn in its company's quota. A retry goes at the turn of its request, so that what has begun
   * is finished.
   */
  readonly pace: Interceptor;
  /**
   * Waits for the turn of a live poll, for as long as it takes; its first call then goes by it.
   *
   * @param signal Ends the waiting.
   */
  turnOf(caller: Caller, signal: AbortSignal): Promise<TurnAhead>;
  /**
   * The request is over: the calls that were still expected of it do not come.
   *
   * @returns Whether it has waited for the quota.
   */
  leave(owner: LineOwner): boolean;
  /**
   * For a write that has other calls before it: from now on it is expected.
   *
   * @throws CotalkerError where it would come too late.
   */
  check(request: RequestContext): void;
  /** Whether a call of the caller's would wait for its company's quota now. */
  isAtLimit(caller: Caller): boolean;
  readonly load: Accounts['load'];
  readonly tokens: Accounts['tokens'];
}

/**
 * @param expected What requests take by their documents. It learns how many calls those of each company take.
 * @param now Milliseconds as `performance.now()` counts.
 */
export function createQuotas(
  { share, shared, companyOf, tokens, isOfWrites = false, ...quota }: QuotaLimits,
  expected: ExpectedCalls,
  observer: QuotaObserver,
  now: () => number = () => performance.now(),
): Quotas {
  const of = { tokens, companyOf, isOfWrites };
  const accounts = createAccounts({ quota, share, shared, ...of, expected, observer, now });
  const standing = createStanding(accounts, shared && GRANT_MS);
  const waited = new WeakSet<LineOwner>();

  return {
    pace: (next) => (call, context) => {
      const { request, sent, beside } = context;
      const isNew = accounts.isNew(request.caller);
      const go = (release: Release, waitedMs: number): Promise<Answer> => {
        if (waitedMs > 0) sent.waitedMs = (sent.waitedMs ?? 0) + waitedMs;
        if (waitedMs > (shared === undefined ? 0 : GRANT_MS)) {
          waited.add(request.owner);
          // Who is new waits for its own first answer, and for no quota.
          if (!isNew) observer.waited(waitedMs);
        }
        // A write's 429, and its RateLimit fields, tell of the quota of writes: what is read needs not wait for that.
        const followed = { accounts, request, sent, release, isTold: isOfWrites || !call.write };
        return follow(followed, () => next(call, context));
      };
      if (beside !== undefined) return standing.beside(context).then((turn) => go(turn, 0));
      const ahead = request.ahead?.take();
      return ahead === undefined ? inLine(context, standing, go) : go(ahead, 0);
    },
    turnOf: async (caller, signal) => {
      const account = accounts.of(caller);
      const owner = { since: now(), deadline: Infinity };
      let release: Release | undefined;
      try {
        release = await account.line.take(owner, signal, 'later');
      } finally {
        // Its deadline never comes: nobody else would forget it.
        account.current.line.leave(owner);
      }
      return {
        take: () => {
          const taken = release;
          release = undefined;
          return taken;
        },
      };
    },
    leave: (owner) => {
      const { line, company } = standing.accountOf(owner) ?? {};
      const run = line?.leave(owner);
      if (run !== undefined) expected.note(owner.document, run, company);
      return waited.has(owner);
    },
    check: (request) => {
      const { owner } = request;
      owner.writes = (owner.writes ?? 0) + 1;
      standing.lineOf(request).check(owner);
    },
    isAtLimit: (caller) => accounts.of(caller).isAtLimit,
    load: accounts.load,
    tokens: accounts.tokens,
  };
}

/**
 * In whose line requests stand.
 *
 * @param grantMs How long a second attempt stands in it: Redis grants a place in a moment. Where it grants none, what
 *   comes free is for a call that has had none.
 */
function createStanding(accounts: Accounts, grantMs?: number) {
  const known = new WeakMap<LineOwner, Account>();
  const accountOf = (owner: LineOwner): Account | undefined => known.get(owner)?.current;
  return {
    /** Where it stands, or has stood last. */
    accountOf,
    lineOf: ({ caller, owner }: RequestContext): CallLine => {
      const account = accounts.of(caller);
      const before = accountOf(owner);
      // Its token is not accepted any more: nobody of the company waits for calls that do not come.
      if (before !== undefined && before !== account) before.line.moveTo(account.line, owner);
      known.set(owner, account);
      return account.line;
    },
    urgencyOf: ({ urgency }: RequestContext) => urgency,
    beside: ({ request: { caller, urgency }, signal }: CallContext): Promise<Release> => {
      const account = accounts.of(caller);
      return turnBeside(() => account.current.line, signal, urgency, grantMs);
    },
  };
}

interface Followed {
  readonly accounts: Accounts;
  readonly request: RequestContext;
  readonly sent: CallContext['sent'];
  readonly release: Release;
  /** Whether what comes of it tells of this quota. */
  readonly isTold: boolean;
}

/**
 * Follows a call that has its turn. What has come of it is told to the account, and what its answer says of the token;
 * one that has not gone out costs nothing.
 */
function follow(
  { accounts, request: { caller, urgency }, sent, release, isTold }: Followed,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const account = accounts.of(caller);
  const before = sent.count;
  const end = (error?: unknown): void => {
    const { status, retryAfter = 1 } = error instanceof CotalkerError ? error : {};
    const news = newsOfToken(error);
    if (news === 'accepted') accounts.accept(caller);
    if (news === 'rejected') accounts.reject(caller);
    const isLost = error !== undefined && status === undefined;
    const pauseMs = status === 429 && isTold ? retryAfter * 1000 : undefined;
    const rateLimit = isTold ? sent.rateLimit : undefined;
    if (sent.count > before && sent.at !== undefined)
      account.current.note({ sentAt: sent.at, isLost, pauseMs, rateLimit }, urgency);
    release(status === 429);
  };
  return ask().then(
    (answer) => {
      end();
      return answer;
    },
    (error: unknown) => {
      end(error);
      throw error;
    },
  );
}
