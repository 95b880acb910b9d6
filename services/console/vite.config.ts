import { brotliCompress, gzip } from 'node:zlib';
import { promisify } from 'node:util';

import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Where the gateway listens while the console is served by Vite. */
const gateway = process.env['PENSTOCK_GATEWAY_URL'] ?? 'http://127.0.0.1:4100';

/** Smaller files gain nothing. */
const WORTH_BYTES = 1_024;

/** Writes `.br` and `.gz` beside scripts and styles, so that the server compresses nothing while it answers. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        const text = file.type === 'chunk' ? file.code : file.source;
        if (!/\.(js|css|svg)$/.test(file.fileName) || text.length < WORTH_BYTES) continue;
        const bytes = Buffer.from(text);
        this.emitFile({
          type: 'asset',
          fileName: `${file.fileName}.br`,
          source: await promisify(brotliCompress)(bytes),
        });
        this.emitFile({
          type: 'asset',
          fileName: `${file.fileName}.gz`,
          source: await promisify(gzip)(bytes),
        });
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), compressed()],
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(
      ['/api', '/trpc', '/live', '/sandbox', '/f', '/v1'].map((path) => [path, { target: gateway }]),
    ),
  },
  build: {
    target: 'es2022',
    sourcemap: false,
    reportCompressedSize: false,
    // The gateway's policy allows files of this origin only, no `data:` addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
