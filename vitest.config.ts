import path from 'node:path'
import { defineConfig } from 'vitest/config'

const alias = { '@': path.resolve(import.meta.dirname) }

/** Layers, cheapest first. What starts servers runs one file at a time: two cores carry no more. */
export default defineConfig({
  test: {
    projects: [
      { resolve: { alias }, test: { name: 'unit', include: ['tests/unit/**/*.test.{ts,tsx}', 'tests/architecture.test.ts'] } },
      {
        resolve: { alias },
        test: { name: 'process', include: ['tests/process/**/*.test.ts'], fileParallelism: false, testTimeout: 60_000, hookTimeout: 120_000 },
      },
      {
        resolve: { alias },
        test: { name: 'integration', globalSetup: 'tests/support/build.ts', include: ['tests/integration/**/*.test.ts'], fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 },
      },
      {
        resolve: { alias },
        test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], fileParallelism: false, testTimeout: 240_000, hookTimeout: 600_000 },
      },
      {
        resolve: { alias },
        test: { name: 'compose', include: ['tests/compose/**/*.test.ts'], fileParallelism: false, testTimeout: 600_000, hookTimeout: 1_800_000 },
      },
    ],
  },
})
