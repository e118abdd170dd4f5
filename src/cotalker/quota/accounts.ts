import { LRUCache } from 'lru-cache';
import type { Caller } from '../caller.ts';
import { Account, type AccountBounds, type AccountOptions } from './account.ts';
import { companyOf } from './company.ts';

/** Whose quota a call is made from. */
export interface Accounts {
  of(caller: Caller): Account;
  /** Whether Cotalker has not accepted the token yet. */
  isNew(caller: Caller): boolean;
  /** Cotalker takes the token: what it says of its company is true. */
  accept(caller: Caller): void;
  /** Cotalker does not take the token, or not any more. */
  reject(caller: Caller): void;
  load(): QuotaLoad;
}

/** How much of their quotas companies use. */
export interface QuotaLoad {
  /** The part of its quota that the busiest company uses, from 0 to 1. */
  readonly busiest: number;
  /** How many companies use all of it. */
  readonly atLimit: number;
}

/** How many tokens are known to be of a company, each some 150 bytes. */
const MAX_TOKENS = 100_000;
/** How many companies are known, and how many tokens that are not accepted, or not yet, each some 2,000 bytes. */
const MAX_COMPANIES = 10_000;
const MAX_STRANGERS = 10_000;
const STRANGER = { atOnce: 1 };

/**
 * A company is what a token says, once Cotalker has accepted the token. Until then the token is a company of its own,
 * so a forged one neither slows a company down nor learns of it. Its calls go one by one. So many new
 * tokens, as after a start, add at most one call each to what their company may make. Tokens that name no
 * company stay companies of their own.
 */
export function createAccounts(options: AccountOptions): Accounts {
  const companyByToken = new LRUCache<string, string>({ max: MAX_TOKENS });
  const companies = new LRUCache<string, Account>({ max: MAX_COMPANIES });
  const strangers = new LRUCache<string, Account>({ max: MAX_STRANGERS });
  const known = (
    cache: LRUCache<string, Account>,
    key: string,
    bounds?: AccountBounds,
  ): Account => {
    let account = cache.get(key);
    if (account === undefined) {
      account = new Account(options, bounds);
      cache.set(key, account);
    }
    return account;
  };
  return {
    of: ({ token }) => {
      const company = companyByToken.get(token);
      return company === undefined ? known(strangers, token, STRANGER) : known(companies, company);
    },
    isNew: ({ token }) => !companyByToken.has(token),
    accept: ({ token, authorization = '' }) => {
      if (companyByToken.has(token)) return;
      const claim = companyOf(authorization);
      const company = claim === undefined ? `token ${token}` : `company ${claim}`;
      companyByToken.set(token, company);
      strangers.get(token)?.moveTo(known(companies, company));
      strangers.delete(token);
    },
    reject: ({ token }) => void companyByToken.delete(token),
    load: () => {
      const loads = [...companies.values()].map(({ load }) => load);
      return {
        busiest: loads.reduce((most, load) => Math.max(most, load), 0),
        atLimit: loads.filter((load) => load >= 1).length,
      };
    },
  };
}
