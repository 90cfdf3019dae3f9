import path from 'node:path'
import { defineConfig } from 'prisma/config'

// Prisma's CLI would fetch its schema engine from the network; a store's server has none. The WASM build from npm does the same.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, 'prisma/schema-engine.mjs')

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.BACKUP_DATABASE_URL ?? '' },
})
