import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where `npm start` of the gateway listens. Behind the proxy the app needs no CORS. */
const proxy = { '/graphql': process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:4000' };

export default defineConfig({
  plugins: [react()],
  server: { host: '127.0.0.1', proxy },
  preview: { host: '127.0.0.1', proxy },
});
