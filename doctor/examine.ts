import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange } from '../src/cotalker/exchange.ts';
import type { KnownTraits } from '../src/cotalker/traits/index.ts';
import { AREAS } from './areas.ts';
import { createAsker, PACE_CALLS, type Pacing } from './ask.ts';
import { type Check, type Outcome, Unmet, type Verdict } from './check.ts';
import { createSurvey } from './create-survey.ts';
import { describeFailure } from './reading.ts';
import { CallFailed } from './reply.ts';
import type { Survey } from './survey.ts';

/** What was found out about one assumption. */
export interface Finding {
  readonly area: string;
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** What was seen, as a sentence. */
  readonly seen: string;
  /** What it means for the gateway, as a sentence that begins in lower case. */
  readonly consequence: string;
}

export interface Examination {
  /** Each finding as soon as it is made; the calls are made one after the other. */
  readonly findings: AsyncIterable<Finding>;
  /** How many GETs were sent so far: `MAX_CALLS` at the most, and those that Cotalker put off. */
  readonly calls: number;
  /** Which readings hold, as far as the findings so far have shown: what a gateway would learn by itself. */
  readonly learnt: KnownTraits;
  /** Whether Cotalker takes no more of them: what was not asked by then is `unclear`. */
  readonly isCutShort: boolean;
}

/** There is nothing to examine; the message says why, in words for the user. */
export class NothingToExamine extends Error {
  override readonly name = 'NothingToExamine';
}

export interface ExamineOptions {
  readonly exchange: Exchange;
  /** Where that goes to, for the one call that looks at headers. */
  readonly url: string;
  /** The token to ask with, as it stands behind `Bearer`. */
  readonly token: string;
  /** Whether to look at admin mode, too, which the token has to allow. */
  readonly admin: boolean;
  /** Default: {@link PACE_CALLS} in 5 seconds, in real time. */
  readonly pacing?: Pacing;
}

/**
 * Looks at Cotalker as a gateway would find it.
 *
 * @throws NothingToExamine on the first finding, where the first call shows that the address or the token
 *   is wrong, or that no call is taken.
 */
export function examine({
  exchange,
  url,
  token,
  admin,
  pacing = { pace: PACE_CALLS, wait: sleep },
}: ExamineOptions): Examination {
  const asker = createAsker(exchange, token, url, pacing);
  const survey = createSurvey(asker, admin);
  return {
    findings: findingsOf(survey),
    learnt: survey.learnt,
    get calls() {
      return asker.calls;
    },
    get isCutShort() {
      return asker.isCutShort;
    },
  };
}

async function* findingsOf(survey: Survey): AsyncIterable<Finding> {
  await expectCotalker(survey);
  for (const [area, checks] of AREAS) {
    for (const check of checks) yield { area, ...(await toFinding(check, survey)) };
  }
}

async function expectCotalker(survey: Survey): Promise<void> {
  const { result } = await survey.firstReply();
  if (!('failure' in result)) return;
  const { code, status } = result.failure;
  if (code === 'UNAUTHENTICATED') throw new NothingToExamine('Cotalker does not accept the token.');
  if (code === 'RATE_LIMITED')
    throw new NothingToExamine('Cotalker takes no calls of this token now (429): try again later.');
  if (status === undefined && code !== 'UPSTREAM_INVALID_RESPONSE')
    throw new NothingToExamine('Nothing answers at the address.');
  if (status !== undefined && status >= 300 && status < 400)
    throw new NothingToExamine('The address leads to another one: give that.');
  // What is no JSON at all, or no such path.
  if (code === 'UPSTREAM_INVALID_RESPONSE' && [200, 404].includes(status ?? 200))
    throw new NothingToExamine(
      'What answers there is not the Cotalker API; its address ends in /api, as a rule.',
    );
}

async function toFinding(check: Check, survey: Survey): Promise<Omit<Finding, 'area'>> {
  const { id, title, holds, breaks } = check;
  const { verdict, seen, consequence: own } = await look(check, survey);
  const consequence =
    own ??
    {
      held: holds,
      broken: breaks,
      unclear: `if it does not hold, ${breaks}`,
    }[verdict];
  return { id, title, verdict, seen, consequence };
}

async function look(check: Check, survey: Survey): Promise<Outcome> {
  try {
    return await check.look(survey);
  } catch (error) {
    if (error instanceof Unmet) return { verdict: 'unclear', seen: error.message };
    if (error instanceof CallFailed) return outcomeOf(error);
    throw error;
  }
}

/** A refusal that may be this token's own, or pass, tells nothing; any other is not what is documented. */
function outcomeOf({ template, failure }: CallFailed): Outcome {
  const isTelling = failure.code === 'NOT_FOUND' || failure.code === 'UPSTREAM_INVALID_RESPONSE';
  const seen = `GET ${template} ${describeFailure(failure)}.`;
  return { verdict: isTelling ? 'broken' : 'unclear', seen };
}
