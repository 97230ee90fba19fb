import { createHash } from 'node:crypto'
import { FailureError } from '../../shared/failure.ts'
import type { KeyHint } from '../../shared/model/annotations.ts'
import type { ArchiveId, ArchiveRecord } from '../../shared/model/record.ts'
import type { ActivityLog } from '../activity/log.ts'
import type { SecretStore } from '../devices/credential-book.ts'
import type { AnnotationBook } from '../vault/annotation-book.ts'
import type { Vault } from '../vault/vault.ts'

export interface KeyBookNeeds {
  readonly store: SecretStore
  readonly vault: Vault
  readonly annotations: AnnotationBook
  readonly activity: ActivityLog
}

/** A key that was given. `stored` is false where it is only kept until the program ends. */
export interface GivenKey {
  readonly hint: KeyHint
  readonly stored: boolean
}

/** Shorter keys show nothing of themselves: four characters of them would be too much. */
const shortestWithHint = 12
const longest = 2000

/**
 * The keys that open archives, apart from the archives: in the keychain, or in memory until the program ends. A key is
 * a string of which every character counts; only blanks around it are not part of it. What may be seen of it is its
 * hint: the last four characters and the start of its hash.
 */
export class KeyBook {
  readonly #session = new Map<ArchiveId, string>()
  readonly #needs: KeyBookNeeds

  constructor(needs: KeyBookNeeds) {
    this.#needs = needs
  }

  /** True where the key can be used now. */
  isKept(id: ArchiveId): boolean {
    return this.#session.has(id) || this.#needs.store.has(id)
  }

  /**
   * Keeps the key of an archive. A key that is kept already is not replaced: it may be the only one.
   * @throws FailureError `bad-input` for what is no key or is another one than the kept, `secret-unreadable`, `not-found`
   */
  async give(id: ArchiveId, text: string, now = new Date()): Promise<GivenKey> {
    const { store, vault, annotations, activity } = this.#needs
    const { device } = await vault.read(id)
    const key = readKey(text)
    if (this.isKept(id) && (await this.#find(id)) !== key) {
      throw refusal('is another one than the key that is kept for this archive: forget that one first')
    }
    const { usable } = await store.state()
    if (usable) await store.put(id, key)
    else this.#session.set(id, key)
    const hint = hintOf(key, now)
    await annotations.noteKey(id, hint)
    await activity.append({
      action: 'key-stored',
      subject: device.name,
      facts: { ...shown(id, hint), kept: usable ? 'keychain' : 'session' },
    })
    return { hint, stored: usable }
  }

  /**
   * Has a key at hand for as long as the program runs, without noting it anywhere: for a person who keeps it elsewhere.
   * @throws FailureError `bad-input` for what is no key, or is not the one whose hint is noted
   */
  async lend(id: ArchiveId, text: string): Promise<KeyHint> {
    const hint = await this.check(id, text)
    this.#session.set(id, readKey(text))
    return hint
  }

  /** The hint of a key, where it can be the key of this archive. Throws as `lend`. */
  async check(id: ArchiveId, text: string, now = new Date()): Promise<KeyHint> {
    const hint = hintOf(readKey(text), now)
    const { key: noted } = await this.#needs.annotations.of(id)
    if (noted !== undefined && noted.sha256Start !== hint.sha256Start) {
      throw refusal(
        `is not the key that was given for this archive (…${noted.lastFour}, ${noted.sha256Start})`,
      )
    }
    return hint
  }

  /**
   * Takes the key out to be shown to a person, which is written to the history. It must not leave this process but
   * through the clipboard or a printed page.
   * @throws FailureError `not-found` where none is kept, `secret-unreadable`
   */
  async show(id: ArchiveId, where: 'clipboard' | 'sheet'): Promise<string> {
    const { device } = await this.#needs.vault.read(id)
    const key = await this.#find(id)
    if (key === undefined) throw new FailureError({ code: 'not-found', kind: 'key', id })
    const facts = { ...shown(id, hintOf(key, new Date())), where }
    await this.#needs.activity.append({ action: 'key-shown', subject: device.name, facts })
    return key
  }

  /**
   * Forgets a key for ever. `typed` has to be the name of the device that the archive came from.
   * @throws FailureError `confirmation-wrong`, `not-found` where none is known, `keychain-unavailable` where it is in a
   *   keychain that this program cannot reach
   */
  async forget(id: ArchiveId, typed: string): Promise<void> {
    const { store, vault, annotations, activity } = this.#needs
    const { device }: ArchiveRecord = await vault.read(id)
    if (typed !== device.name) throw new FailureError({ code: 'confirmation-wrong', expected: device.name })
    const { key: hint } = await annotations.of(id)
    if (!this.isKept(id)) {
      if (hint === undefined) throw new FailureError({ code: 'not-found', kind: 'key', id })
      const { usable, backend } = await store.state()
      if (!usable) throw new FailureError({ code: 'keychain-unavailable', backend })
    }
    this.#session.delete(id)
    await store.delete(id)
    await annotations.noteKey(id, undefined)
    const facts = hint ? shown(id, hint) : { archive: id }
    await activity.append({ action: 'key-forgotten', subject: device.name, facts })
  }

  async #find(id: ArchiveId): Promise<string | undefined> {
    return this.#session.get(id) ?? (await this.#needs.store.get(id))
  }
}

/** @throws FailureError `bad-input` */
function readKey(text: string): string {
  const key = text.trim()
  if (key === '') throw refusal('is empty')
  if (key.length > longest) throw refusal(`is longer than ${longest} characters`)
  return key
}

function hintOf(key: string, now: Date): KeyHint {
  return {
    lastFour: key.length < shortestWithHint ? '' : key.slice(-4),
    sha256Start: createHash('sha256').update(key).digest('hex').slice(0, 8),
    storedAt: now.toISOString(),
  }
}

function shown(archive: ArchiveId, { lastFour, sha256Start }: KeyHint): Readonly<Record<string, string>> {
  return { archive, lastFour, sha256Start }
}

function refusal(reason: string): FailureError {
  return new FailureError({ code: 'bad-input', field: 'key', reason })
}
