import { randomBytes } from 'node:crypto'
import { decrypt, encrypt } from '../ctrlx-core/secrets.ts'
import { fillerBytes } from '../filler.ts'
import type { ApplianceContent } from './content.ts'

/** What a System Backup v2 file holds once its key has opened it. */
export interface BackupDocument {
  readonly format: 1
  readonly createdOn: { readonly version: string }
  readonly name: string
  readonly description: string
  readonly content: ApplianceContent
  readonly certificate: { readonly certificatePem: string; readonly keyPem: string }
}

const lengthBytes = 4

/** A new System Backup Key. Its characters are taken from base64, so that a client has to carry every one of them. */
export function makeBackupKey(): string {
  return randomBytes(24).toString('base64')
}

/**
 * The file of a System Backup v2: nothing of it can be read without the key, not even the version.
 * `payloadBytes` of noise make it as large as wanted.
 */
export function sealBackup(document: BackupDocument, key: string, payloadBytes: number): Buffer {
  const text = Buffer.from(JSON.stringify(document))
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(text.length)
  return encrypt(Buffer.concat([length, text, fillerBytes(document.name, payloadBytes)]), key)
}

/** The document in `file`, or undefined for another key, damaged bytes or another kind of file. */
export function openBackup(file: Buffer, key: string): BackupDocument | undefined {
  const plain = decrypt(file, key)
  if (plain === undefined) return undefined
  const end = lengthBytes + plain.readUInt32BE(0)
  // Sealed by this program: whoever has the key has opened what `sealBackup` wrote.
  return JSON.parse(plain.subarray(lengthBytes, end).toString('utf8')) as BackupDocument
}

/** What the older System Backup was told to put into its `.eppb`. */
export interface OlderBackupChoice {
  readonly database: boolean
  readonly application: boolean
}

/** The bytes of an `.eppb`: it has no key and is of use to the older restore only. */
export function olderBackupBytes(
  version: string,
  content: ApplianceContent,
  choice: OlderBackupChoice,
): Buffer {
  const database = choice.database ? content : undefined
  const application = choice.application ? { version } : undefined
  return Buffer.from(`EPPB\n${JSON.stringify({ format: 1, version, database, application })}\n`)
}
