import { FailureError, type Failure } from '../../../../src/shared/failure.ts'

/** The failure that a piece of work ends with. Anything else, success included, is thrown. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work
  } catch (error) {
    if (error instanceof FailureError) return error.failure
    throw error
  }
  throw new Error('expected a failure')
}
