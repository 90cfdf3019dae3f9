import { listRunning } from '@/lib/jobs/data'
import type { JobContext } from '../context'
import { untilControlAnswers } from '../patience'

const POLL_MS = 500

/** From its claim on, this job keeps new work out of the repository's lane; what runs there already comes to its end first. */
export async function waitForRepositoryLane({ db, env, progress, signal, remark }: JobContext): Promise<void> {
  progress.enter('wait')
  for (let told: string | null = null; ; await new Promise((resolve) => setTimeout(resolve, POLL_MS))) {
    signal.throwIfAborted()
    const running = await untilControlAnswers(() => listRunning(db, env.stanza, 'repository'), signal)
    if (running.length === 0) return
    const names = running.map(({ id, kind }) => `${kind} ${id}`).join(', ')
    if (names !== told) remark(`waiting for ${names}; cancel it to go on at once`)
    told = names
  }
}
