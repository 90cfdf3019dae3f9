import type { JobCommand } from '@/lib/jobs/schema'

export type Argument = { name: string; value: string; hidden: boolean }

/** As the worker writes a value it does not tell */
const HIDDEN = 'hidden'

/** An argument as its option and its value, quoted for a shell. */
export function toArguments({ argv }: JobCommand): Argument[] {
  return argv.map((argument) => {
    const [, name = '', value = ''] = /^(--[\w-]+=)([\s\S]*)$/.exec(argument) ?? [null, '', argument]
    return { name, value: value === HIDDEN ? value : quote(value), hidden: value === HIDDEN }
  })
}

export function toVariables({ env }: JobCommand): Argument[] {
  return Object.entries(env).map(([name, value]) => ({
    name: `${name}=`,
    value: value === HIDDEN ? value : quote(value),
    hidden: value === HIDDEN,
  }))
}

/** The line one can paste; what is hidden has to be filled in. */
export function toShell(command: JobCommand): string {
  return [...toVariables(command), ...toArguments(command)].map(({ name, value }) => name + value).join(' ')
}

function quote(value: string): string {
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`
}
