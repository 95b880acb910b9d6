import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the gateway listens while the console is served by Vite. */
const gateway = process.env['PENSTOCK_GATEWAY_URL'] ?? 'http://127.0.0.1:4100';

export default defineConfig({
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(
      ['/api', '/trpc', '/live', '/sandbox', '/f', '/v1'].map((path) => [path, { target: gateway }]),
    ),
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    // The gateway's policy allows files of this origin only, no `data:` addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
