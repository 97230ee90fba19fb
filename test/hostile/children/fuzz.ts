import { exercise } from '../exercise.ts'
import { fuzzCase, type FuzzKind } from '../fuzz-cases.ts'

/**
 * Runs changed archives through the reader, in a process whose memory can be measured, and prints what came of them as
 * one line of JSON: `fuzz.mjs zip <seed> <first> <cases>`.
 */
export interface FuzzReport {
  readonly cases: number
  readonly casesPerSecond: number
  readonly peakMegabytes: number
  readonly slowestMs: number
  /** How often each verdict and each code came. */
  readonly outcomes: Readonly<Record<string, number>>
  /** What must never be: errors that are no failures, and cases that take too long. */
  readonly findings: readonly { readonly number: number; readonly what: string; readonly base64: string }[]
}

const maxMs = 500
const maxFindings = 20
const [, , kind = 'zip', seed = '1', first = '0', cases = '1000'] = process.argv

const outcomes = new Map<string, number>()
const findings: { number: number; what: string; base64: string }[] = []
let current = 0
let slowestMs = 0

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error) => {
    add(current, `${event}: ${String(error)}`)
  })
}

const started = performance.now()
for (let number = Number(first); number < Number(first) + Number(cases); number += 1) {
  current = number
  await runOne(number)
  if (findings.length >= maxFindings) break
}

function add(number: number, what: string): void {
  findings.push({ number, what, base64: fuzzCase(kind as FuzzKind, Number(seed), number).toString('base64') })
}

async function runOne(number: number): Promise<void> {
  const bytes = fuzzCase(kind as FuzzKind, Number(seed), number)
  try {
    const { outcome, ms } = await timed(bytes)
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    // Whatever else runs on the machine may take its time once, but not three times in a row.
    const surely = ms < maxMs ? ms : Math.min(ms, (await timed(bytes)).ms, (await timed(bytes)).ms)
    slowestMs = Math.max(slowestMs, surely)
    if (surely >= maxMs) add(number, `took ${Math.round(surely)} ms`)
  } catch (error) {
    add(number, error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
}

async function timed(bytes: Buffer): Promise<{ readonly outcome: string; readonly ms: number }> {
  const begun = performance.now()
  const outcome = await exercise(bytes)
  return { outcome, ms: performance.now() - begun }
}

// Rejections that nobody listened to are told at the end of a turn.
await new Promise((resolve) => setImmediate(resolve))
const report: FuzzReport = {
  cases: current - Number(first) + 1,
  casesPerSecond: Math.round((current - Number(first) + 1) / ((performance.now() - started) / 1000)),
  peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  slowestMs: Math.round(slowestMs),
  outcomes: Object.fromEntries(outcomes),
  findings,
}
console.log(JSON.stringify(report))
