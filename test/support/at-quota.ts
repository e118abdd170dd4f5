import { startGateway } from './gateway.ts';
import { startQuotaUpstream } from './quota-upstream.ts';

/** The quota of a company as Cotalker documents it. */
export const QUOTA = { calls: 50, windowMs: 5000 };
/** One call, which no other request shares where the words differ. */
export const ONE =
  'query One($search: String) { groups(filter: { search: $search }) { totalCount } }';

/** A gateway at that quota, with the default deadline, in front of a Cotalker that is 20 ms away and keeps to it. */
export async function startAtQuota() {
  const upstream = await startQuotaUpstream(QUOTA.windowMs, 20);
  upstream.limit = QUOTA.calls;
  const gateway = await startGateway(upstream.url, {
    limits: { callsPerRequest: 100, perOwner: 10, total: 256, quota: { ...QUOTA, share: 1 } },
    resilience: {},
  });
  const close = async (): Promise<void> => {
    await gateway.close();
    await upstream.close();
  };
  return { upstream, gateway, close };
}
