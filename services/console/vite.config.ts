import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

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
    // After everything else has had its hand in the files.
    async writeBundle({ dir = 'dist' }, bundle) {
      for (const name of Object.keys(bundle)) {
        const bytes = await readFile(join(dir, name));
        if (!/\.(js|css)$/.test(name) || bytes.length < WORTH_BYTES) continue;
        await writeFile(join(dir, `${name}.br`), await promisify(brotliCompress)(bytes));
        await writeFile(join(dir, `${name}.gz`), await promisify(gzip)(bytes));
      }
    },
  };
}

export default defineConfig(({ command }) => {
  // A test runner's `NODE_ENV=test` would put React's development build into what is shipped.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
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
  };
});
