import next from '@next/eslint-plugin-next'
import hooks from 'eslint-plugin-react-hooks'
import ts from 'typescript-eslint'

const group = (patterns, message) => ({ group: patterns, message })
const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] })

const noApp = group(['@/app/**', '**/app/(admin)/**'], 'Nobody imports a route. What two places need belongs in components/ or lib/.')
const noWorker = group(['@/worker/**', '**/worker/**'], 'Only the worker may touch processes, files and signals. The dashboard asks for a job instead: lib/jobs/mutations.ts.')
const noProcess = group(['child_process', 'node:child_process', 'execa'], 'Processes are started in worker/process.ts alone. Build a Command and let it run that.')
const noPrisma = group(['@/lib/generated/**', '@prisma/*'], 'SQL belongs in lib/<noun>/data.ts (reads), mutations.ts (writes) or jobs/lease.ts.')
const noReads = group(['@/lib/**/data', '@/lib/**/mutations', '@/lib/jobs/lease', '@/lib/db'], 'Components show what they are given. Read in the page or the route handler, through lib/<noun>/data.ts.')
const noEnv = {
  'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'The environment is parsed in lib/env.ts and worker/env.ts. Take the value from there.' }],
}

export default ts.config(
  { ignores: ['node_modules/', '.next/', 'dist/', '.data/', 'lib/generated/', 'next-env.d.ts', 'test-results/'] },
  ...ts.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.tsx', 'app/**/*.ts', 'components/**/*.ts'],
    plugins: { 'react-hooks': hooks, '@next/next': next },
    rules: { ...hooks.configs.recommended.rules, ...next.configs.recommended.rules, ...next.configs['core-web-vitals'].rules },
  },
  { files: ['app/**'], rules: { ...restrict(noWorker, noProcess, noPrisma), ...noEnv } },
  { files: ['components/**'], rules: { ...restrict(noApp, noWorker, noProcess, noPrisma, noReads), ...noEnv } },
  { files: ['lib/**'], rules: { ...restrict(noApp, noWorker, noProcess, noPrisma), ...noEnv } },
  { files: ['lib/**/data.ts', 'lib/**/mutations.ts', 'lib/jobs/lease.ts', 'lib/db.ts', 'lib/auth/*.ts'], rules: restrict(noApp, noWorker, noProcess) },
  { files: ['worker/**'], rules: { ...restrict(noApp, noProcess, noPrisma), ...noEnv } },
  { files: ['worker/process.ts'], rules: restrict(noApp, noPrisma) },
  { files: ['tests/**'], rules: { 'max-lines': 'off' } },
  { files: ['lib/env.ts', 'worker/env.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['worker/cli.ts', 'worker/cli/**', 'worker/build.mjs', 'prisma/**', 'local/**', 'demo/**', 'bench/**'], rules: { 'no-console': 'off' } },
)
