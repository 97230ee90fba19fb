import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  annotationsSchema,
  type Annotations,
  type KeyHint,
  type ProofLine,
} from '../../shared/model/annotations.ts'
import type { ArchiveId } from '../../shared/model/record.ts'
import { readDurably, updateDurably } from '../storage/durable-file.ts'
import { makePrivateFolder } from '../storage/private-folder.ts'
import { errnoOf, readFailure } from '../storage/storage-failure.ts'
import { archiveIdOf } from './layout.ts'

const knownFormat = 1

/**
 * What was learnt about archives after they were stored: facts a person stated, proofs that were earned, the hint at a
 * key. One file for each archive in `annotations/` of the vault, written whole or not at all; the archive's own folder
 * is never touched. Losing them loses no archive.
 */
export class AnnotationBook {
  readonly #folder: string
  readonly #listeners = new Set<() => void>()

  /** `vaultFolder` is an opened vault's own folder. */
  constructor(vaultFolder: string) {
    this.#folder = join(vaultFolder, 'annotations')
  }

  /** Calls `listener` after every change made through this object. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** @throws FailureError `storage-damaged`, `storage-newer`, `file-unreadable` */
  async of(id: ArchiveId): Promise<Annotations> {
    return (await readDurably(this.#fileOf(id), annotationsSchema, knownFormat)) ?? nothingAbout(id)
  }

  /** Everything that is annotated, by archive. Throws as `of`. */
  async all(): Promise<ReadonlyMap<ArchiveId, Annotations>> {
    const names = await readdir(this.#folder).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT') return []
      throw readFailure(error, this.#folder)
    })
    const ids = names.flatMap((name) =>
      name.endsWith('.json') ? (archiveIdOf(name.slice(0, -'.json'.length)) ?? []) : [],
    )
    return new Map(await Promise.all(ids.map(async (id) => [id, await this.of(id)] as const)))
  }

  /**
   * States facts about the source of an archive; an empty value takes a statement back.
   * @throws FailureError as `updateDurably`
   */
  async state(
    id: ArchiveId,
    facts: Readonly<Record<string, string>>,
    now = new Date(),
  ): Promise<Annotations> {
    const statedAt = now.toISOString()
    return await this.#change(id, (annotations) => {
      const stated = Object.entries({
        ...annotations.stated,
        ...Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, { value, statedAt }])),
      })
      return { ...annotations, stated: Object.fromEntries(stated.filter(([, { value }]) => value !== '')) }
    })
  }

  /** Adds a proof that was earned. */
  async prove(id: ArchiveId, proof: ProofLine): Promise<Annotations> {
    return await this.#change(id, (annotations) => ({
      ...annotations,
      proofs: [...annotations.proofs, proof],
    }))
  }

  /** Notes which key belongs to an archive, or that none is kept any more. */
  async noteKey(id: ArchiveId, key: KeyHint | undefined): Promise<Annotations> {
    return await this.#change(id, ({ key: _former, ...others }) => ({ ...others, ...(key && { key }) }))
  }

  async #change(id: ArchiveId, change: (annotations: Annotations) => Annotations): Promise<Annotations> {
    await makePrivateFolder(this.#folder)
    const changed = await updateDurably(this.#fileOf(id), annotationsSchema, {
      knownFormat,
      initial: nothingAbout(id),
      change,
    })
    for (const listener of this.#listeners) listener()
    return changed
  }

  #fileOf(id: ArchiveId): string {
    return join(this.#folder, `${id}.json`)
  }
}

function nothingAbout(archiveId: ArchiveId): Annotations {
  return { format: 1, archiveId, stated: {}, proofs: [] }
}
