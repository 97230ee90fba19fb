import { FailureError } from '../../../shared/failure.ts'
import type { RestoreReport } from '../../../shared/model/restore.ts'
import { oneLine } from './os-release.ts'
import type { Line } from './line.ts'

/** A sentence of the report, by its id, with its facts. */
export type Remark = RestoreReport['remarks'][number]

/**
 * Restarts the services a person named and says what became of each. A restart is sent once, whatever happens to the
 * connection; only its result is asked for again.
 */
export async function restartServices(line: Line, services: readonly string[]): Promise<readonly Remark[]> {
  const remarks: Remark[] = []
  for (const service of services) remarks.push(await restartService(line, service))
  return remarks
}

async function restartService(line: Line, service: string): Promise<Remark> {
  const { signal } = line
  let refusal: string | undefined
  let isSent = false
  await line.use(async ({ shell }) => {
    if (isSent) return
    isSent = true
    try {
      const words = ['systemctl', 'restart', '--', service]
      const { exitCode, stderr } = await shell.run(words, { signal, idleMs: shell.timing.restartMs })
      if (exitCode !== 0) refusal = oneLine(stderr) || `exit code ${exitCode}`
    } catch (error) {
      // The answer is lost, not the restart: what came of it is asked below.
      if (!(error instanceof FailureError) || signal.aborted) throw error
    }
  })
  if (refusal !== undefined) return { remark: 'service-not-restarted', facts: { service, detail: refusal } }
  const state = await line.use(async ({ shell }) => {
    const { stdout } = await shell.run(['systemctl', 'is-active', '--', service], { signal })
    return oneLine(stdout.toString())
  })
  return state === 'active'
    ? { remark: 'service-restarted', facts: { service } }
    : { remark: 'service-not-active', facts: { service, state: state === '' ? '?' : state } }
}
