import { basename } from 'node:path'
import { FailureError } from '../../../shared/failure.ts'
import { reaches } from '../../../shared/model/bridge.ts'
import type { Identity } from '../../../shared/model/identity.ts'
import { certainlyNotSent } from '../../transport/request-error.ts'
import { mayPass } from '../../transport/retry.ts'
import type { AppChanged, AppWorkRequest, ChangeAppRequest } from '../family.ts'
import { bringStateBack } from './bring-state-back.ts'
import type { CtrlxClient } from './client.ts'
import { followAppChange } from './follow-app-change.ts'
import { readIdentity } from './identity.ts'
import { Lifeline, type Remark } from './lifeline.ts'
import { packagePrefix, readPackage, uploadTaskOf } from './package-api.ts'
import { readSystemInfo } from './system-api.ts'
import { now, type Timing } from './timing.ts'

/** The vendor takes apps in this operating state alone. */
const stateForApps = 'SERVICE'

/** See `AppWork.change`. */
export async function changeApp(request: ChangeAppRequest, timing: Timing): Promise<AppChanged> {
  const { change, signal } = request
  let outages = 0
  await using lifeline = lifelineFor(request, timing, () => (outages += 1))
  const client = await reached(lifeline, async (reachedClient) => reachedClient, change.app)
  const { present, uptime } = await reached(
    lifeline,
    async (asked, limit) => ({
      present: await readPackage(asked, change.app, limit),
      uptime: (await readSystemInfo(asked, limit))?.uptime,
    }),
    change.app,
  )
  const running = present?.release?.version
  if (running !== undefined && reaches(running, change.to)) return { running, sent: false }
  await enterService(lifeline, client.address, timing)
  const sentAt = now()
  const taskId = await upload(lifeline, request, timing)
  const outagesBefore = outages
  const seen = await followAppChange(lifeline, {
    change,
    taskId,
    former: running,
    behaviour: present?.updateBehavior ?? 'none',
    uptime,
    sentAt,
    outages: () => outages - outagesBefore,
    address: client.address,
    timing,
    onProgress: request.onProgress,
  })
  signal.throwIfAborted()
  return { running: seen, sent: true }
}

/** See `AppWork.end`. */
export async function endAppWork(request: AppWorkRequest, timing: Timing): Promise<readonly Remark[]> {
  await using lifeline = lifelineFor(request, timing)
  request.onProgress({ phase: 'restoring-state', bytesDone: 0 })
  return await bringStateBack(lifeline, {
    former: request.before.operatingState?.value,
    maySwitch: true,
    timing,
  })
}

function lifelineFor(
  { reconnect, signal, limitMs, onProgress }: AppWorkRequest,
  timing: Timing,
  onOutage: () => void = () => undefined,
): Lifeline {
  return new Lifeline({
    session: undefined,
    reconnect,
    signal,
    limitMs,
    timing,
    onOutage: () => {
      onOutage()
      onProgress({ phase: 'waiting-for-device', bytesDone: 0 })
    },
  })
}

async function enterService(lifeline: Lifeline, address: string, timing: Timing): Promise<void> {
  const remarks = await bringStateBack(lifeline, { former: stateForApps, maySwitch: true, timing })
  const stays = remarks.find(({ remark }) => remark === 'stays-in-service')
  if (!stays) return
  const state = stays.facts['state'] ?? 'unknown'
  throw new FailureError({ code: 'device-state', address, state, needed: stateForApps })
}

/**
 * Sends the file once, over the connection on which the device has just said again who it is. Gives the device's task;
 * `undefined` where it is not clear whether the device got the file.
 */
async function upload(
  lifeline: Lifeline,
  { change, file, sizeBytes, before, signal, onProgress }: ChangeAppRequest,
  timing: Timing,
): Promise<string | undefined> {
  const { client, connection, identity } = await reached(
    lifeline,
    async (asked, limit) => {
      const read = await readIdentity(asked, limit)
      return { client: asked, connection: asked.connection, identity: read }
    },
    change.app,
  )
  confirmSame(before, identity)
  const path = `${packagePrefix}/packages`
  try {
    const answer = await client.upload({
      path,
      fields: { ...(change.from !== undefined && { update: 'true' }) },
      file: {
        field: 'file',
        fileName: basename(file),
        contentType: 'application/octet-stream',
        path: file,
        sizeBytes,
      },
      onConnection: connection,
      signal,
      idleMs: timing.answerMs,
      totalMs: timing.uploadLimitMs,
      onBytes: (bytesDone) => {
        onProgress({
          phase: 'uploading',
          bytesDone: Math.min(bytesDone, sizeBytes),
          bytesTotal: sizeBytes,
          deviceStep: change.app,
        })
      },
    })
    // Behind a gateway nobody knows; every other refusal is the device's own.
    if (answer.status >= 400 && ![502, 503, 504].includes(answer.status))
      throw client.refused(answer, 'POST', path)
    return answer.status >= 200 && answer.status <= 299 ? uploadTaskOf(client, answer) : undefined
  } catch (error) {
    if (certainlyNotSent(error) || !mayPass(error)) throw error
    return undefined
  }
}

function confirmSame(before: Identity, read: Identity): void {
  const [expected = '', actual = ''] = [before.serial?.value, read.serial?.value]
  if (expected === actual && before.model?.value === read.model?.value) return
  throw new FailureError({ code: 'wrong-device', expected, actual })
}

/** What is asked of the device, or the failure that says that nobody can tell. */
async function reached<T>(
  lifeline: Lifeline,
  work: (client: CtrlxClient, signal: AbortSignal) => Promise<T>,
  app: string,
): Promise<T> {
  const found = await lifeline.reach(work)
  if (found.reached) return found.value
  throw new FailureError({ code: 'device-unreachable', address: app, reason: found.remark.remark })
}
