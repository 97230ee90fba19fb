import { FailureError, type Failure } from '../../../shared/failure.ts'
import { certainlyNotSent } from '../../transport/request-error.ts'
import type { Commitment, PreparedRestore, RestoreRequest } from '../family.ts'
import type { Answer } from './answer.ts'
import { deployedSchema, problemSchema } from './answers.ts'
import { readFlowsOf } from './archive.ts'
import type { NodeRedClient } from './client.ts'
import { checkParts, flowsAfter } from './flows.ts'
import type { Timing } from './timing.ts'

/** What the family remembers of the session that `commit` has to know. */
export interface CommitFacts {
  /** The number of the connection on which the identity was last read. */
  readonly identifiedOn: () => number | undefined
  /** The state of the flows that the last backup over this session holds: the way back. */
  readonly backedUpRev: string | undefined
}

/**
 * Finds out, by reading alone, whether the changing call can be made: the flows are still those of the safety backup.
 * @throws FailureError `archive-foreign`, `bad-input`, `plan-stale`
 */
export async function prepareRestore(
  client: NodeRedClient,
  request: RestoreRequest,
  facts: CommitFacts,
  timing: Timing,
): Promise<PreparedRestore> {
  checkParts(request.options)
  const archive = await readFlowsOf(request.archive, request.signal)
  const before = await client.readFlows(request.signal)
  checkRev(facts.backedUpRev ?? before.rev, before.rev)
  let isSent = false
  return {
    commit: async (signal) => {
      const onConnection = facts.identifiedOn()
      if (onConnection === undefined) throw new Error('The identity has to be read before a restore is sent')
      if (isSent) throw new Error('A restore is sent at most once')
      const now = await client.readFlows(signal, onConnection)
      checkRev(before.rev, now.rev)
      isSent = true
      const flows = flowsAfter(archive.flows, now.flows, request.options.mode)
      const { answerMs: idleMs } = timing
      return await send(client, async () =>
        client.deploy({ flows, rev: now.rev }, { onConnection, idleMs, signal }),
      )
    },
    abandon: async () => undefined,
  }
}

/** Somebody who deploys meanwhile would lose their work, and no safety backup would hold it. */
function checkRev(expected: string, actual: string): void {
  if (expected !== actual) throw new FailureError({ code: 'plan-stale', reason: 'flows', expected, actual })
}

/** The one changing call. Only a clear no counts as refused; everything unclear is unanswered. */
async function send(client: NodeRedClient, deploy: () => Promise<Answer>): Promise<Commitment> {
  let answer: Answer
  try {
    answer = await deploy()
  } catch (error) {
    if (certainlyNotSent(error)) throw error
    return { kind: 'unanswered', detail: error instanceof FailureError ? said(error.failure) : String(error) }
  }
  const { status, body } = answer
  if (status >= 400 && status <= 499) return { kind: 'refused', failure: refusalOf(client, answer) }
  const deployed = deployedSchema.safeParse(body)
  return status === 200 && deployed.success
    ? { kind: 'accepted', handle: deployed.data.rev }
    : { kind: 'unanswered', detail: `status ${status}` }
}

/** The instance itself compares the state it was told with the one it is in. */
function refusalOf(client: NodeRedClient, answer: Answer): Failure {
  const { failure } = client.refused(answer, 'POST', '/flows')
  const isStale =
    answer.status === 409 && problemSchema.safeParse(answer.body).data?.code === 'version_mismatch'
  if (!isStale) return failure
  return { code: 'plan-stale', reason: 'flows', expected: 'as read just before', actual: 'deployed anew' }
}

function said(failure: Failure): string {
  const { code, ...facts } = failure
  return `${code}: ${Object.values(facts).map(String).join(', ')}`.slice(0, 500)
}
