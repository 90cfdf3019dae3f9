/** A deployment of this very tree, with names, ports and volumes of its own, so that it runs beside a real one. */
import { execFile, execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { freePort } from './postgres'

type Done = { code: number; output: string }
export type Deployment = {
  directory: string
  project: string
  url: string
  /** `make deploy`, with variables added to .env before */
  deploy(variables?: Record<string, string>): Promise<Done>
  /** Puts this tree over what is there */
  update(): void
  compose(...args: string[]): Promise<Done>
  /** In the container of a service, as its own user */
  exec(service: string, ...command: string[]): Promise<Done>
  docker(...args: string[]): Promise<Done>
  cli(...args: string[]): Promise<Done>
  sql(text: string): Promise<string>
  volume(name: string): string
  stop(): Promise<void>
}

/** `commit`: of an earlier tree */
export async function openDeployment({ commit }: { commit?: string } = {}): Promise<Deployment> {
  const directory = mkdtempSync(path.join(tmpdir(), 'salespider-deploy-'))
  const project = `salespider-test-${randomBytes(3).toString('hex')}`
  if (commit) execFileSync('bash', ['-c', 'git archive "$1" | tar -x -C "$0"', directory, commit])
  else putThisTree(directory)
  const port = await freePort()
  const env = { ...process.env, COMPOSE_PROJECT_NAME: project, COMPOSE_PROGRESS: 'plain' }
  const set = (variables: Record<string, string>) => {
    for (const [name, value] of Object.entries(variables)) appendFileSync(path.join(directory, '.env'), `${name}=${value}\n`)
  }
  const url = `http://127.0.0.1:${port}/backups`

  async function run(program: string, ...args: string[]): Promise<Done> {
    const options = { cwd: directory, env, maxBuffer: 1e8 }
    const done: unknown = await promisify(execFile)(program, args, options).catch((error: unknown) => error)
    const { code = 0, stdout, stderr } = done as { code?: number; stdout: string; stderr: string }
    return { code, output: stdout + stderr }
  }
  const exec = (service: string, ...command: string[]) => run('docker', 'exec', `${project}-${service}`, ...command)

  execFileSync('cp', [path.join(directory, '.env.example'), path.join(directory, '.env')])
  set({ DASHBOARD_PORT: String(port), DASHBOARD_URL: url })

  return {
    directory, project, url, exec,
    deploy: (variables = {}) => {
      set(variables)
      return run('bash', 'docker/deploy')
    },
    update: () => putThisTree(directory),
    compose: (...args) => run('docker', 'compose', ...args),
    docker: (...args) => run('docker', ...args),
    cli: (...args) => exec('backup', 'salespider-backup', ...args),
    async sql(text) {
      const { code, output } = await exec('postgres', 'psql', '-AtX', '-v', 'ON_ERROR_STOP=1', '-d', 'salespider', '-c', text)
      if (code !== 0) throw new Error(output)
      return output.trim()
    },
    volume: (name) => `${project}_${name}`,
    async stop() {
      await run('docker', 'compose', 'down', '--volumes', '--timeout', '20')
      await run('docker', 'image', 'rm', '--force', ...['backup', 'postgres', 'dashboard'].map((name) => `${project}-${name}`))
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** As it is, committed or not. */
function putThisTree(directory: string): void {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { encoding: 'utf8', maxBuffer: 1e8 })
  execFileSync('bash', ['-c', 'xargs -0 cp --parents -t "$0" 2>/dev/null || true', directory], { input: files })
}

/** What .env says, the last one of a name. */
export function settingOf({ directory }: Deployment, name: string): string {
  const lines = readFileSync(path.join(directory, '.env'), 'utf8').split('\n').filter((line) => line.startsWith(`${name}=`))
  return lines.at(-1)?.slice(name.length + 1) ?? ''
}
