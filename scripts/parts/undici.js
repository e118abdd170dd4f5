// A client, and how it connects: half of the package.
export { default as Client } from '../../node_modules/undici/lib/dispatcher/client.js';
export { default as buildConnector } from '../../node_modules/undici/lib/core/connect.js';
