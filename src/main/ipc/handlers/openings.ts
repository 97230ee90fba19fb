import { FailureError } from '../../../shared/failure.ts'
import type { ArchivePlace } from '../../../shared/model/place.ts'

/** The archives that are being opened for the window, so that each opening can be stopped. */
export class Openings {
  readonly #running = new Map<string, AbortController>()

  /** Runs an opening. @throws FailureError `cancelled` where it was stopped */
  async run<T>(
    place: ArchivePlace,
    signal: AbortSignal,
    open: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const key = JSON.stringify(place)
    const controller = new AbortController()
    this.#running.set(key, controller)
    try {
      return await open(AbortSignal.any([signal, controller.signal]))
    } finally {
      if (this.#running.get(key) === controller) this.#running.delete(key)
    }
  }

  /** False where it is not being opened. */
  stop(place: ArchivePlace): boolean {
    const controller = this.#running.get(JSON.stringify(place))
    controller?.abort(new FailureError({ code: 'cancelled', phase: 'opening' }))
    return controller !== undefined
  }
}
