import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createReadHistory } from '../../../src/main/browsing/file-history.ts'
import { recordsIn } from '../../../src/main/browsing/stored-records.ts'
import { VaultSearch } from '../../../src/main/browsing/vault-search.ts'
import { Catalog } from '../../../src/main/catalog/catalog.ts'
import { createToFailure } from '../../../src/main/jobs/to-failure.ts'
import { Vault } from '../../../src/main/vault/vault.ts'
import type { DeviceId } from '../../../src/shared/model/device.ts'
import type { ArchiveRecord } from '../../../src/shared/model/record.ts'
import type { SearchQuery, SearchState } from '../../../src/shared/model/search.ts'
import { buildZip, type RawEntry } from '../../corpus/zip-bytes.ts'
import { inlinePool } from '../inline-parser.ts'
import { newFolder } from '../storage/support/new-folder.ts'
import { deposit } from '../vault/support/samples.ts'

export const press = 'dev-000000000007' as DeviceId
export const lathe = 'dev-000000000008' as DeviceId

export const contents = (text: string): SearchQuery => ({ text, in: 'contents', matchCase: false })
export const names = (text: string): SearchQuery => ({ text, in: 'names', matchCase: false })

/** Searching and histories over a real vault; archives are parsed in this process. */
export async function newSearching() {
  const vault = await Vault.open(join(await newFolder(), 'vault'), { createIfMissing: true })
  const catalog = new Catalog(vault)
  const pool = inlinePool()
  const reading = {
    open: async ({ id, fileName, container }: ArchiveRecord, signal: AbortSignal) =>
      await pool.open({
        file: await vault.contentPath(id),
        name: fileName,
        signal,
        mayBeOpaque: container === 'opaque',
        lane: 'background',
      }),
    toFailure: createToFailure((_incident, error) => {
      throw error
    }),
    width: pool.width,
  }
  const search = new VaultSearch({
    toFailure: reading.toFailure,
    width: pool.width,
    search: (input, options) => pool.search(input, options),
    contentPath: async (id) => await vault.contentPath(id),
    records: async (scope) => await recordsIn(catalog, scope),
  })
  onTestFinished(async () => {
    await search[Symbol.asyncDispose]()
  })
  let day = 1
  return {
    vault,
    search,
    readHistory: createReadHistory({
      ...reading,
      recordsOf: async (deviceId) => await recordsIn(catalog, { kind: 'device', deviceId }),
    }),
    /** Stores an archive that is a day newer than the one before. */
    store: async (content: Buffer | readonly RawEntry[], deviceId = press): Promise<ArchiveRecord> => {
      const takenAt = new Date(Date.UTC(2026, 2, (day += 1))).toISOString()
      const bytes = Buffer.isBuffer(content) ? content : buildZip(content)
      const name = deviceId === press ? 'PRESS-7' : 'LATHE-8'
      const device = { id: deviceId, name, address: 'https://192.168.1.7' }
      const record = await deposit(vault, bytes, { takenAt, device })
      catalog.add(record)
      return record
    },
    /** Searches the vault to the end. */
    find: async (query: SearchQuery): Promise<SearchState> => {
      const { id } = await search.start(query, { kind: 'vault' })
      return await search.ended(id)
    },
  }
}
