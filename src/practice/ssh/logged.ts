import { createHash } from 'node:crypto'
import type { RequestEnd } from '../witness.ts'

/** Of no bytes at all. */
const emptySha256 = createHash('sha256').digest('hex')

/** The end of a request that carried nothing but itself. */
export function endedWith(
  status: number | undefined,
  rest: Pick<RequestEnd, 'user'> & Partial<Pick<RequestEnd, 'fault'>>,
): RequestEnd {
  return {
    bodyBytes: 0,
    bodySha256: emptySha256,
    bodyComplete: true,
    status,
    user: rest.user,
    fault: rest.fault,
  }
}
