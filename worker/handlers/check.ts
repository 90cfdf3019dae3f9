import type { Handler } from '../context'
import { execute } from './execute'
import { catalogPhase } from './sync-catalog'

/** Archives one WAL segment to every repository and waits until it has arrived. */
export const check: Handler<'check'> = async (context) => {
  context.progress.enter('check')
  await execute(context, context.engine.commands.check())
  await catalogPhase(context)
  return { kind: 'check' }
}
