import { createClient } from '../../src/cotalker/wire/client.ts';
import type { KnownTraits } from '../../src/cotalker/traits/index.ts';
import type { Verdict } from '../../doctor/check.ts';
import { examine, type Finding } from '../../doctor/examine.ts';
import type { Pacing } from '../../doctor/ask.ts';
import { SANDBOX_ADMIN_TOKEN } from '../../sandbox/index.ts';

export interface Examined {
  readonly findings: readonly Finding[];
  readonly calls: number;
  readonly isCutShort: boolean;
  readonly learnt: KnownTraits;
}

const AT_ONCE: Pacing['wait'] = async () => undefined;

/**
 * Runs the doctor in this process, over a real socket, as an admin who looks at admin mode, too. It does not pace itself.
 *
 * @param wait Told where the doctor would wait. Default: it does not.
 */
export async function examineAt(
  url: string,
  { token = SANDBOX_ADMIN_TOKEN, admin = true, wait = AT_ONCE } = {},
): Promise<Examined> {
  const { exchange, close } = createClient({ baseUrl: url });
  const pacing = { pace: 1000, wait };
  const examination = examine({ exchange, url, token, admin, pacing });
  try {
    const findings: Finding[] = [];
    for await (const finding of examination.findings) findings.push(finding);
    const { calls, isCutShort, learnt } = examination;
    return { findings, calls, isCutShort, learnt };
  } finally {
    close();
  }
}

/** The ids of the checks that came out so. */
export const idsWith = (verdict: Verdict, { findings }: Examined): string[] =>
  findings.filter((finding) => finding.verdict === verdict).map(({ id }) => id);
