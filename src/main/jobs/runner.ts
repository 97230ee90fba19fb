import { randomUUID } from 'node:crypto'
import { FailureError, type Failure } from '../../shared/failure.ts'
import type { DeviceId } from '../../shared/model/device.ts'
import { jobIdSchema, type Job, type JobId, type JobKind, type JobResult } from '../../shared/model/job.ts'
import type { Progress } from '../../shared/model/progress.ts'

/** What a piece of work is handed: how to hear of a cancel and how to say how far it is. */
export interface JobContext {
  readonly signal: AbortSignal
  readonly report: (progress: Progress) => void
  /** From here on the job cannot be cancelled: a device is being changed. */
  readonly seal: () => void
}

/** A job to run. Two jobs with one `deviceId` never run at the same time. */
export interface JobRequest {
  readonly kind: JobKind
  readonly deviceId?: DeviceId
  readonly subject: string
  readonly work: (context: JobContext) => Promise<JobResult>
}

interface Running {
  readonly controller: AbortController
  readonly ended: Promise<Job>
}

export interface JobRunnerOptions {
  /** Turns what was thrown into the failure to show; unforeseen things are logged there under an incident id. */
  readonly toFailure: (error: unknown) => Failure
  readonly now?: () => Date
  /** Shortest time between two progress events of a job. */
  readonly progressEveryMs?: number
}

/**
 * Runs long work beside the window: a job is started, watched and cancelled by id, and ends in exactly one of
 * `done`, `cancelled` or `failed`. Finished jobs are remembered until the app ends.
 */
export class JobRunner {
  readonly #jobs = new Map<JobId, Job>()
  readonly #running = new Map<JobId, Running>()
  readonly #listeners = new Set<(job: Job) => void>()
  readonly #options: Required<JobRunnerOptions>

  constructor(options: JobRunnerOptions) {
    this.#options = { now: () => new Date(), progressEveryMs: 100, ...options }
  }

  /** Newest first. */
  list(): readonly Job[] {
    return [...this.#jobs.values()].reverse()
  }

  get(id: JobId): Job | undefined {
    return this.#jobs.get(id)
  }

  /** Calls `listener` with every snapshot until the returned function is called. */
  onChange(listener: (job: Job) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /**
   * Starts a job and gives its first snapshot at once.
   * @throws FailureError `device-busy` where a job of this device is still running
   */
  start(request: JobRequest): Job {
    const busy = request.deviceId && this.runningOn(request.deviceId)
    if (busy) throw new FailureError({ code: 'device-busy', device: request.subject, job: busy.kind })
    const job: Job = {
      id: jobIdSchema.parse(`job-${randomUUID().replaceAll('-', '').slice(0, 12)}`),
      kind: request.kind,
      ...(request.deviceId && { deviceId: request.deviceId }),
      subject: request.subject,
      startedAt: this.#options.now().toISOString(),
      state: { phase: 'queued' },
    }
    this.#publish(job)
    const controller = new AbortController()
    this.#running.set(job.id, { controller, ended: this.#run(job, request, controller) })
    return job
  }

  /** The unfinished job of a device. */
  runningOn(deviceId: DeviceId): Job | undefined {
    return [...this.#running.keys()].map((id) => this.#jobs.get(id)).find((job) => job?.deviceId === deviceId)
  }

  /** False where the job has ended, is unknown or may not be cancelled any more. */
  cancel(id: JobId): boolean {
    const job = this.#jobs.get(id)
    const running = this.#running.get(id)
    if (!job || !running || (job.state.phase === 'running' && !job.state.cancellable)) return false
    running.controller.abort(new FailureError({ code: 'cancelled', phase: phaseOf(job) }))
    return true
  }

  /** Waits for the end of a job. Never rejects: a failed job is a job. */
  async wait(id: JobId): Promise<Job> {
    const job = (await this.#running.get(id)?.ended) ?? this.#jobs.get(id)
    if (!job) throw new FailureError({ code: 'not-found', kind: 'job', id })
    return job
  }

  /** Waits until nothing runs any more; a job that is started meanwhile is waited for, too. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all([...this.#running.values()].map(({ ended }) => ended))
  }

  /** Cancels what may be cancelled and waits until every job has ended. */
  async close(): Promise<void> {
    for (const id of this.#running.keys()) this.cancel(id)
    await Promise.all([...this.#running.values()].map(({ ended }) => ended))
  }

  async #run(started: Job, request: JobRequest, controller: AbortController): Promise<Job> {
    let sealed = false
    let lastSent = -Infinity
    let lastPhase = ''
    const context: JobContext = {
      signal: controller.signal,
      seal: () => {
        sealed = true
        const { state } = this.#jobs.get(started.id) ?? started
        if (state.phase === 'running') this.#publish({ ...started, state: { ...state, cancellable: false } })
      },
      report: (progress) => {
        const now = performance.now()
        const due = now - lastSent >= this.#options.progressEveryMs || progress.phase !== lastPhase
        if (!due) return
        lastSent = now
        lastPhase = progress.phase
        this.#publish({ ...started, state: { phase: 'running', progress, cancellable: !sealed } })
      },
    }
    // The first snapshot is given before any work, so that the caller knows the id before the first event.
    await Promise.resolve()
    const state = await this.#endState(request, context)
    const ended: Job = { ...started, endedAt: this.#options.now().toISOString(), state }
    this.#running.delete(started.id)
    this.#publish(ended)
    return ended
  }

  async #endState(request: JobRequest, context: JobContext): Promise<Job['state']> {
    try {
      // Cancelled before it began: then nothing of it runs.
      context.signal.throwIfAborted()
      return { phase: 'done', result: await request.work(context) }
    } catch (error) {
      const failure = this.#options.toFailure(error)
      return failure.code === 'cancelled' || context.signal.aborted
        ? { phase: 'cancelled' }
        : { phase: 'failed', failure }
    }
  }

  #publish(job: Job): void {
    this.#jobs.set(job.id, job)
    for (const listener of this.#listeners) listener(job)
  }
}

function phaseOf(job: Job): string {
  return job.state.phase === 'running' ? job.state.progress.phase : job.state.phase
}
