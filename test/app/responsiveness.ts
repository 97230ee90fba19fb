import type { ElectronApplication, Page } from 'playwright/test'

/** How long the window and main were kept from their work, in milliseconds. */
export interface Pauses {
  /**
   * The work of each long task of the window's main thread, the longest first. It is the time of the thread: what other
   * programs on this computer take from it is not the window's doing.
   */
  readonly longTasks: readonly number[]
  /** How late main was at the 99th of a hundred looks. */
  readonly mainP99: number
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Microseconds of the thread. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

interface WatchedMain {
  delay?: { readonly percentile: (share: number) => number; readonly disable: () => void }
}

const longFromMs = 25

/** Begins to watch both; gives what was seen when it is called. */
export async function watchPauses(app: ElectronApplication, page: Page): Promise<() => Promise<Pauses>> {
  const devtools = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  devtools.on('Tracing.dataCollected', ({ value }) => {
    for (const event of value as unknown as TraceEvent[])
      if (event.name === 'thread_name' || (event.tdur ?? 0) > longFromMs * 1000) events.push(event)
  })
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'], recordMode: 'recordContinuously' },
  })
  await app.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks')
    const delay = monitorEventLoopDelay({ resolution: 5 })
    delay.enable()
    ;(globalThis as WatchedMain).delay = delay
  })
  return async () => {
    const ended = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve))
    await devtools.send('Tracing.end')
    await ended
    const mainP99 = await app.evaluate(() => {
      const { delay } = globalThis as WatchedMain
      delay?.disable()
      return (delay?.percentile(99) ?? Infinity) / 1e6
    })
    return { longTasks: longTasksOf(events), mainP99 }
  }
}

function longTasksOf(events: readonly TraceEvent[]): readonly number[] {
  const place = ({ pid, tid }: TraceEvent): string => `${String(pid)} ${String(tid)}`
  const windows = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(place),
  )
  if (windows.size === 0) throw new Error('the trace knows no main thread of a window')
  return events
    .filter((event) => event.name.includes('RunTask') && windows.has(place(event)))
    .map(({ tdur = 0 }) => tdur / 1000)
    .sort((a, b) => b - a)
}
