import { join, resolve } from 'node:path'
import { z } from '../../shared/schema.ts'
import { readDurably, updateDurably } from '../storage/durable-file.ts'

const fileSchema = z.object({
  format: z.literal(1),
  /** Id of the vault by its folder. */
  vaults: z.record(z.string(), z.string()).readonly(),
})
type File = z.infer<typeof fileSchema>
const empty: File = { format: 1, vaults: {} }

/**
 * Which vault was seen in which folder. Where a drive is unplugged its folder may still be there, empty: with the
 * id that belongs there, that is a missing vault and not a place for a new one.
 */
export class KnownVaults {
  readonly #file: string

  constructor(home: string) {
    this.#file = join(home, 'vaults.json')
  }

  /** The id of the vault that was last seen in a folder. */
  async idIn(folder: string): Promise<string | undefined> {
    const { vaults } = (await readDurably(this.#file, fileSchema, 1)) ?? empty
    return vaults[resolve(folder)]
  }

  /** Remembers a vault that was opened. */
  async remember(folder: string, id: string): Promise<void> {
    if ((await this.idIn(folder)) === id) return
    await updateDurably(this.#file, fileSchema, {
      knownFormat: 1,
      initial: empty,
      change: ({ vaults }): File => ({ format: 1, vaults: { ...vaults, [resolve(folder)]: id } }),
    })
  }
}
