import { expect, test } from '@jest/globals';
import { greeting } from '../src/startup-message.ts';

test.each([
  ['http://127.0.0.1:9464', 'PORT=4001 npm start'],
  ['http://127.0.0.1:4001', 'PORT=4002 npm start'],
  [undefined, 'PORT=4001 npm start'],
])('with the listener of operators at %s, another port is %s', (adminAddress, command) => {
  const message = greeting({
    address: 'http://127.0.0.1:4000',
    adminAddress,
    upstream: { url: 'http://127.0.0.1:4010/api', sandboxToken: 'token' },
    isSandboxStill: false,
    graphiql: true,
    trustedDocuments: undefined,
  });
  expect(message).toContain(`Another port:     ${command}\n`);
});
