/** How long after pgBackRest wrote a line it stands on a job's page, in a real browser. */
import { enqueueJob } from '@/lib/jobs/mutations'
import { openBrowser, signIn, visit } from '../tests/support/browser'
import { until } from '../tests/support/lab'
import { startProduct } from '../tests/support/product'
import { percentile } from './figures'

const BACKUPS = 5

/** Runs in the page, as text, because what compiles the bench adds calls that no page knows. */
const WATCH = `(() => {
  const known = new Set()
  window.seenLines = []
  const look = () => {
    for (const { dateTime } of document.querySelectorAll('[role=log] time')) {
      if (known.has(dateTime)) continue
      known.add(dateTime)
      window.seenLines.push({ at: Date.parse(dateTime), lag: Date.now() - Date.parse(dateTime) })
    }
  }
  look()
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true })
  return Date.now()
})()`

type Seen = { at: number; lag: number }
declare global {
  interface Window {
    seenLines: Seen[]
  }
}

export async function benchScreen() {
  const product = await startProduct({ DEMO_TRAFFIC: '0' })
  const browser = await openBrowser()
  try {
    const { page } = await visit(browser)
    await signIn(page, product.url, product.email, product.password)
    await page.getByRole('button', { name: 'Back up now' }).waitFor()
    const lags: number[] = []
    for (let backup = 0; backup < BACKUPS; backup += 1) {
      const request = { kind: 'backup', type: 'full', repo: 1 } as const
      const { job } = await product.db.$transaction((tx) =>
        enqueueJob(tx, { stanza: 'salespider', request, trigger: 'manual', actor: { kind: 'user', id: 'bench', name: 'bench' } }))
      await page.goto(`${product.url}/jobs/${job.id}`)
      await page.getByRole('log').waitFor()
      const watchedFrom = await page.evaluate<number>(WATCH)
      await until('the backup ends', 120, async () => (await product.db.job.findUnique({ where: { id: job.id } }))?.finishedAt)
      await page.waitForTimeout(2_500)
      const seen = await page.evaluate(() => window.seenLines)
      lags.push(...seen.filter(({ at }) => at > watchedFrom).map(({ lag }) => lag))
    }
    return { lines: lags.length, p50Ms: percentile(lags, 50), p95Ms: percentile(lags, 95), maxMs: Math.max(...lags) }
  } finally {
    await browser.close()
    await product.stop()
  }
}

