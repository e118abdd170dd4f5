import { range } from './stage.ts';

/** As long as the log tells them, so that a line takes nearly half a kB. */
const NAME = 'N'.repeat(100);
const ID = 'i'.repeat(128);

/** Asks so often in all, by 20 callers side by side, what takes no call. Each request writes a line to the log. */
export async function fillLog(address: string, times: number): Promise<void> {
  const fill = async (): Promise<void> => {
    for (let n = 0; n < times / 20; n += 1) {
      const response = await fetch(`${address}/graphql`, {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', authorization: 'Bearer sandbox-user' },
          'x-request-id': ID,
        },
        body: JSON.stringify({ query: `query ${NAME} { __typename }` }),
      });
      const text = await response.text();
      if (text !== '{"data":{"__typename":"Query"}}') throw new Error(text);
    }
  };
  await Promise.all(range(20).map(fill));
}
