import type { JobCommand } from '@/lib/jobs/schema'

const HIDDEN = 'hidden'
const SECRET_NAME = /key|secret|pass|token/i
const SECRET_IN_TEXT: readonly [RegExp, string][] = [
  [/(\b[a-z][a-z+.-]{0,20}:\/\/)[^\s/@'"]+@/gi, `$1${HIDDEN}@`],
  [/\b((?:Bearer|Basic)\s+)[\w.~+/=-]+/gi, `$1${HIDDEN}`],
  [/((?:key|secret|pass|token|signature|\bsig)[\w-]{0,40}["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s"'&,;)\]}]+)/gi, `$1${HIDDEN}`],
  [/(<(\w*(?:key|secret|token|signature)\w*)>)[^<]*(?=<\/\2>)/gi, `$1${HIDDEN}`],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, HIDDEN],
]

/** Removes what looks like a secret from words that will be stored and shown; `known` secrets go wherever they stand. */
export function redactText(text: string, known: readonly string[] = []): string {
  const without = known.filter((secret) => secret.length >= 4).reduce((words, secret) => words.replaceAll(secret, HIDDEN), text)
  return SECRET_IN_TEXT.reduce((words, [pattern, replacement]) => words.replace(pattern, replacement), without)
}

type Environment = Readonly<Record<string, string | undefined>>

/** Values of pgBackRest's own variables that no log may repeat. */
export function secretsOf(env: Environment): string[] {
  const isSecret = (name: string) => isPgbackrestVariable(name) && SECRET_NAME.test(name)
  return Object.entries(env).flatMap(([name, value]) => (value && isSecret(name) ? [value] : []))
}

/** The command as it may be shown: secrets `hidden`, of the environment only pgBackRest's own variables. */
export function redactCommand(argv: readonly string[], env: Environment): JobCommand {
  const known = secretsOf(env)
  const shown = Object.entries(env).flatMap(([name, value]): [string, string][] =>
    value !== undefined && isPgbackrestVariable(name) ? [[name, SECRET_NAME.test(name) ? HIDDEN : redactText(value, known)]] : [],
  )
  return { argv: argv.map((argument) => redactArgument(argument, known)), env: Object.fromEntries(shown) }
}

function redactArgument(argument: string, known: readonly string[]): string {
  const [, option, value] = /^(--[^=]+)=(.*)$/s.exec(argument) ?? []
  if (option === undefined || value === undefined) return redactText(argument, known)
  return `${option}=${SECRET_NAME.test(option) ? HIDDEN : redactText(value, known)}`
}

function isPgbackrestVariable(name: string): boolean {
  return name.startsWith('PGBACKREST_')
}
