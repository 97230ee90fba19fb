import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from '../../shared/schema.ts'
import { archiveIdSchema, type ArchiveId } from '../../shared/model/record.ts'
import {
  restorePlanSchema,
  restoreReportSchema,
  type RestorePlan,
  type RestoreReport,
} from '../../shared/model/restore.ts'
import type { Commitment } from '../families/family.ts'
import { readDurably, writeDurably } from '../storage/durable-file.ts'
import { makePrivateFolder } from '../storage/private-folder.ts'
import { ownerState, ownMark } from '../storage/process-mark.ts'

/** How far a restore came. From `intended` to `ended` the device may hold the old or the new state. */
const storySchema = z.object({
  format: z.literal(1),
  /** The process that runs it; only what a dead one left open may be closed. */
  owner: z.string(),
  plan: restorePlanSchema,
  stage: z.enum(['begun', 'safe', 'intended', 'sent', 'refused', 'ended']),
  stageAt: z.iso.datetime(),
  safetyArchiveId: archiveIdSchema.optional(),
  handle: z.string().optional(),
  report: restoreReportSchema.optional(),
})
type Story = z.infer<typeof storySchema>

/** The running account of one restore; every call is on disk before it returns. */
export interface RestoreStory {
  readonly safety: (id: ArchiveId | undefined) => Promise<void>
  /** R11: written before the one changing call. Without it the call may not be sent. */
  readonly intend: () => Promise<void>
  /** The call certainly never left, or the device refused it: nothing was changed. */
  readonly notSent: () => Promise<void>
  readonly sent: (commitment: Exclude<Commitment, { readonly kind: 'refused' }>) => Promise<void>
  readonly end: (report: RestoreReport) => Promise<void>
}

/**
 * One file per restore in the application's own folder, named by its plan and written whole at each stage. What a
 * restart finds between `intended` and `ended` is of unknown outcome and is never sent again.
 */
export class RestoreJournal {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = join(folder, 'restores')
  }

  async begin(plan: RestorePlan): Promise<RestoreStory> {
    await makePrivateFolder(this.#folder)
    let story: Story = {
      format: 1,
      owner: ownMark(),
      plan,
      stage: 'begun',
      stageAt: new Date().toISOString(),
    }
    const write = async (change: Partial<Story>): Promise<void> => {
      story = { ...story, ...change, stageAt: new Date().toISOString() }
      await writeDurably(this.#fileOf(plan.id), storySchema, story)
    }
    await write({})
    return {
      safety: async (id) => {
        await write({ stage: 'safe', ...(id !== undefined && { safetyArchiveId: id }) })
      },
      intend: async () => {
        await write({ stage: 'intended' })
      },
      notSent: async () => {
        await write({ stage: 'refused' })
      },
      sent: async (commitment) => {
        await write({ stage: 'sent', ...(commitment.kind === 'accepted' && { handle: commitment.handle }) })
      },
      end: async (report) => {
        await write({ stage: 'ended', report })
      },
    }
  }

  /** The reports of all restores that ended, newest first. */
  async reports(): Promise<readonly RestoreReport[]> {
    const stories = await this.#stories()
    return stories
      .flatMap(({ report }) => (report ? [report] : []))
      .toSorted((a, b) => b.endedAt.localeCompare(a.endedAt))
  }

  /**
   * Closes the accounts that a crash left open after the intent, as `unknown`: nobody watched the device.
   * Called once at start, before any job runs. Gives the reports it wrote. An account that cannot be read must not
   * keep the app from starting: it is told to `onDamaged` and left as it is, and `reports` says so each time.
   */
  async closeInterrupted(onDamaged: (error: unknown) => void): Promise<readonly RestoreReport[]> {
    const closed: RestoreReport[] = []
    const stories = await Promise.all(
      (await this.#files()).map(async (file) => {
        try {
          return await readDurably(file, storySchema, 1)
        } catch (error) {
          onDamaged(error)
          return undefined
        }
      }),
    )
    for (const story of stories) {
      if (!story) continue
      if (story.stage !== 'intended' && story.stage !== 'sent') continue
      if (ownerState(story.owner) !== 'gone') continue
      const report = interrupted(story)
      await writeDurably(this.#fileOf(story.plan.id), storySchema, { ...story, stage: 'ended', report })
      closed.push(report)
    }
    return closed
  }

  async #stories(): Promise<readonly Story[]> {
    const stories = (await this.#files()).map((file) => readDurably(file, storySchema, 1))
    return (await Promise.all(stories)).flatMap((story) => (story ? [story] : []))
  }

  async #files(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
      throw error
    })
    return names
      .filter((name) => /^plan-[a-z0-9]{12}\.json$/.test(name))
      .map((name) => join(this.#folder, name))
  }

  #fileOf(planId: string): string {
    return join(this.#folder, `${planId}.json`)
  }
}

function interrupted({ plan, safetyArchiveId, stageAt }: Story): RestoreReport {
  return {
    format: 1,
    planId: plan.id,
    planHash: plan.hash,
    archiveId: plan.archiveId,
    deviceId: plan.deviceId,
    deviceName: plan.deviceName,
    startedAt: plan.createdAt,
    endedAt: stageAt,
    outcome: 'unknown',
    clean: false,
    protocol: [],
    errorCount: 0,
    warningCount: 0,
    differences: [],
    remarks: [{ remark: 'recovered-after-restart', facts: {} }],
    ...(safetyArchiveId && { safetyArchiveId }),
    ...(!plan.options.safetyBackup.take && { safetyOverride: plan.options.safetyBackup.reason }),
  }
}
