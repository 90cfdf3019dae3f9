import { execFileSync } from 'node:child_process'

/** What the tests start is what is shipped: the bundles of this very tree. */
export default function setup(): void {
  execFileSync(process.execPath, ['worker/build.mjs'], { stdio: 'inherit' })
}
