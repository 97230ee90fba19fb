import { join } from 'node:path'
import { settingsSchema, type Settings } from '../../shared/model/settings.ts'
import { readDurably, updateDurably } from '../storage/durable-file.ts'

const knownFormat = 1
const defaults: Settings = settingsSchema.parse({})

/** What a person chose about the app, in one file of the application's own folder. */
export class SettingsFile {
  readonly #file: string

  constructor(folder: string) {
    this.#file = join(folder, 'settings.json')
  }

  /** @throws FailureError `storage-damaged`, `storage-newer` */
  async read(): Promise<Settings> {
    return (await readDurably(this.#file, settingsSchema, knownFormat)) ?? defaults
  }

  /** Changes the named settings and leaves the others. Gives all of them. */
  async change(change: Partial<Omit<Settings, 'format'>>): Promise<Settings> {
    return await updateDurably(this.#file, settingsSchema, {
      knownFormat,
      initial: defaults,
      change: (current) => ({ ...current, ...change }),
    })
  }
}
