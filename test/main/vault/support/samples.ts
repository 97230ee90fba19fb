import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordDraft } from '../../../../src/main/vault/commit.ts'
import type { StageOptions } from '../../../../src/main/vault/staging.ts'
import type { Vault } from '../../../../src/main/vault/vault.ts'
import type { ArchiveRecord } from '../../../../src/shared/model/record.ts'
import type { RefusalDraft } from '../../../../src/shared/model/refused.ts'

/** A draft as a backup of a device would make it. */
export function draft(changes: Partial<RecordDraft> = {}): RecordDraft {
  const readAt = '2026-03-01T10:00:00.000Z'
  return {
    origin: 'backup',
    family: 'ctrlx-core',
    device: { name: 'Press 7', address: 'https://192.168.1.7' },
    source: { family: 'ctrlx-core', readAt, serial: { value: 'R911', provenance: 'probed', readAt } },
    takenAt: '2026-03-01T10:00:05.000Z',
    container: 'zip',
    scope: { parts: [], leftOut: [] },
    proof: 'L2',
    passwordProtected: false,
    ...changes,
  }
}

/** A refused file as a backup of a device would leave it. */
export function refusal(changes: Partial<RefusalDraft> = {}): RefusalDraft {
  const { origin, family, device, takenAt, scope, passwordProtected } = draft()
  const failure = { code: 'archive-path', archive: 'backup.zip', entry: '../evil.txt' } as const
  return { origin, family, device, takenAt, scope, passwordProtected, failure, ...changes }
}

/** A stream of the bytes in pieces of one size. */
export async function* stream(bytes: Uint8Array, size = 4096): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
}

/** A stream that gives some bytes and then breaks off. */
export async function* breaksAfter(count: number): AsyncGenerator<Uint8Array> {
  if (count > 0) yield await Promise.resolve(Buffer.alloc(count, 'x'))
  throw new Error('line dropped')
}

/** What to stage, with a signal that never fires. */
export function staging(
  content: AsyncIterable<Uint8Array>,
  changes: Partial<StageOptions> = {},
): StageOptions {
  return { content, fileName: 'backup.zip', signal: new AbortController().signal, ...changes }
}

/** Puts one archive into a vault. */
export async function deposit(
  vault: Vault,
  content: string | Uint8Array,
  changes?: Partial<RecordDraft>,
): Promise<ArchiveRecord> {
  return await vault.commit(await vault.stage(staging(stream(Buffer.from(content)))), draft(changes))
}

interface Whole {
  readonly id: string
  readonly sha256: string
  readonly sizeBytes: number
}

/** What the independent checker says of a vault. */
export interface Verdict {
  readonly archives: readonly Whole[]
  readonly refused: readonly Whole[]
  readonly problems: readonly string[]
}

/** Runs scripts/vaultcheck.mjs. */
export function vaultcheck(...args: readonly string[]): Verdict {
  const command = [join(import.meta.dirname, '../../../../scripts/vaultcheck.mjs'), '--json', ...args]
  try {
    return JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8' })) as Verdict
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string }
    if (status !== 1) throw error
    return JSON.parse(stdout) as Verdict
  }
}

/** Every file below a folder with its hash. */
export function hashTree(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name)
      return [file, createHash('sha256').update(readFileSync(file)).digest('hex')]
    }),
  )
}
