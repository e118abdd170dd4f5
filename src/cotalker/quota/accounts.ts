import { LRUCache } from 'lru-cache';
import type { Caller } from '../call.ts';
import { Account } from './account.ts';
import type { AccountBounds, AccountOptions } from './account-options.ts';
import { companyOf as companyInToken } from './company.ts';
import type { AskForPlaces } from './in-redis.ts';
import type { QuotaLoad } from './quota-observer.ts';

/** Whose quota a call is made from. */
export interface Accounts {
  /** The accepted tokens. Another quota of the same companies may use them too. */
  readonly tokens: AcceptedTokens;
  of(caller: Caller): Account;
  /** Whether Cotalker has not accepted the token yet. */
  isNew(caller: Caller): boolean;
  /** Cotalker takes the token: what it says of its company is true. */
  accept(caller: Caller): void;
  /** Cotalker does not take the token, or not any more. */
  reject(caller: Caller): void;
  load(): QuotaLoad;
}

export interface AccountsOptions extends Omit<AccountOptions, 'company'> {
  /** Shares a company's quota with other instances. Default: they share nothing. */
  readonly shared?: ((company: string) => AskForPlaces) | undefined;
  /** The company of a header `Authorization` that Cotalker has accepted. Default: as the token says. */
  readonly companyOf?: ((authorization: string) => string | undefined) | undefined;
  /** Default: those of these accounts alone. */
  readonly tokens?: AcceptedTokens | undefined;
}

/** Which tokens Cotalker has accepted, and whose quota the calls of each are made from. */
interface AcceptedTokens {
  has(token: string): boolean;
  /** Whose quota it is; undefined: the token is not accepted. */
  get(token: string): string | undefined;
  /** @param company What the token names; one that names none is a company by itself. */
  add(token: string, company: string | undefined): void;
  delete(token: string): void;
}

/** How many tokens are known to be of a company, each some 150 bytes. */
const MAX_TOKENS = 100_000;
/** How many companies are known, and how many tokens that are not accepted, or not yet: each some 2,500 bytes. */
const MAX_COMPANIES = 10_000;
const MAX_STRANGERS = 8_000;
const COMPANY = 'company ';

/** How many of those used longest ago are looked at, to find one whose calls count no more. */
const LOOKS = 8;

/** Forgets one that was used long ago. One whose calls count has another turn first: what counts would be forgotten. */
function forgetOne(cache: LRUCache<string, Account>): void {
  for (let looks = 0; looks < LOOKS; looks += 1) {
    const oldest = cache.rkeys().next().value ?? '';
    if (cache.peek(oldest)?.isIdle === true) {
      cache.delete(oldest);
      return;
    }
    cache.get(oldest);
  }
}

function createAcceptedTokens(): AcceptedTokens {
  // Made for the first token, since it takes 2.8 MB at once.
  let named: LRUCache<string, string> | undefined;
  // Each is a company by itself, so as many are kept as companies.
  const alone = new LRUCache<string, string>({ max: MAX_COMPANIES });
  return {
    has: (token) => named?.has(token) === true || alone.has(token),
    get: (token) => named?.get(token) ?? alone.get(token),
    add: (token, company) => {
      if (company === undefined) alone.set(token, token);
      else (named ??= new LRUCache({ max: MAX_TOKENS })).set(token, COMPANY + company);
    },
    delete: (token) => {
      named?.delete(token);
      alone.delete(token);
    },
  };
}

/**
 * A company is what a token says, once Cotalker has accepted the token. Until then the token is a company of its own,
 * so a forged one neither slows a company down nor learns of it. Its calls go one by one. So many new
 * tokens, as after a start, add at most one call each to what their company may make. Tokens that name no
 * company stay companies of their own.
 */
export function createAccounts({
  shared,
  companyOf = companyInToken,
  tokens = createAcceptedTokens(),
  ...options
}: AccountsOptions): Accounts {
  const companies = new LRUCache<string, Account>({ max: MAX_COMPANIES });
  const strangers = new LRUCache<string, Account>({ max: MAX_STRANGERS });
  const known = (
    cache: LRUCache<string, Account>,
    key: string,
    boundsOf: () => AccountBounds,
  ): Account => {
    let account = cache.get(key);
    if (account === undefined) {
      if (cache.size === cache.max) forgetOne(cache);
      account = new Account({ ...options, company: key }, boundsOf());
      cache.set(key, account);
    }
    return account;
  };
  const companyBy = (key: string): Account =>
    known(companies, key, () => ({
      // Of a token that names no company nobody knows what else shares its quota.
      ask: key.startsWith(COMPANY) ? shared?.(key.slice(COMPANY.length)) : undefined,
    }));
  return {
    tokens,
    of: ({ token }) => {
      const company = tokens.get(token);
      return company === undefined
        ? known(strangers, token, () => ({ atOnce: 1 }))
        : companyBy(company);
    },
    isNew: ({ token }) => !tokens.has(token),
    accept: ({ token, authorization = '' }) => {
      if (!tokens.has(token)) tokens.add(token, companyOf(authorization));
      // It may be that another quota knew it to be accepted first.
      strangers.get(token)?.moveTo(companyBy(tokens.get(token) ?? token));
      strangers.delete(token);
    },
    reject: ({ token }) => {
      tokens.delete(token);
      companies.delete(token);
    },
    load: () => {
      const all = [...companies.values()];
      return {
        busiest: all.reduce((most, { load }) => Math.max(most, load), 0),
        unshared: all.filter(({ isAlone }) => isAlone).length,
      };
    },
  };
}
