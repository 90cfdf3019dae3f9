/** Bundles what runs outside Next: the worker, the command line, the demo shop. Each file runs with no node_modules beside it. */
import { chmod, copyFile, cp } from 'node:fs/promises'
import { build } from 'esbuild'

// CommonJS packages in the bundle ask for what an ES module does not have.
const commonjs = `import { createRequire as createRequireForBundle } from 'node:module'
const require = createRequireForBundle(import.meta.url)
const __filename = import.meta.filename, __dirname = import.meta.dirname`

await build({
  entryPoints: { worker: 'worker/main.ts', cli: 'worker/cli.ts', setup: 'worker/setup/main.ts', migrate: 'prisma/migrate.ts', 'demo/seed': 'demo/seed.ts', 'demo/traffic': 'demo/traffic.ts' },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  banner: { js: commonjs },
  // pg's optional native driver and its adapter for another runtime: looked for, never needed.
  external: ['pg-native', 'cloudflare:sockets'],
  logLevel: 'warning',
})
await cp('prisma/migrations', 'dist/migrations', { recursive: true })
await copyFile('demo/schema.sql', 'dist/demo/schema.sql')
await chmod('dist/cli.js', 0o755)
