import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ActivityLog } from '../../../src/main/activity/log.ts'
import { noSecretStore, type SecretId, type SecretStore } from '../../../src/main/devices/credential-book.ts'
import { KeyBook } from '../../../src/main/keys/key-book.ts'
import { createKeySheet } from '../../../src/main/keys/key-sheet.ts'
import { inGroups } from '../../../src/main/keys/emergency-sheet.ts'
import { AnnotationBook } from '../../../src/main/vault/annotation-book.ts'
import { Vault } from '../../../src/main/vault/vault.ts'
import { newFolder } from '../storage/support/new-folder.ts'
import { deposit } from '../vault/support/samples.ts'

/** Unlike anything else, so that a search for it finds every leak. */
const key = `+/Canary=${randomBytes(9).toString('hex')} 7.Ä`

/** A keychain in memory: what is asked of the real one, without an operating system. */
function keychainIn(secrets: Map<SecretId, string>): SecretStore {
  return {
    state: () => Promise.resolve({ usable: true, backend: 'test' }),
    put: (id, secret) => Promise.resolve(void secrets.set(id, secret)),
    get: (id) => Promise.resolve(secrets.get(id)),
    has: (id) => secrets.has(id),
    delete: (id) => Promise.resolve(void secrets.delete(id)),
  }
}

async function newBook(store: SecretStore = keychainIn(new Map())) {
  const home = await newFolder()
  const vault = await Vault.open(join(home, 'vault'), { createIfMissing: true })
  const annotations = new AnnotationBook(vault.folder)
  const activity = new ActivityLog(home)
  const keys = new KeyBook({ store, vault, annotations, activity })
  const record = await deposit(vault, randomBytes(100))
  const history = async () =>
    (await activity.list({ limit: 50 })).map(({ action, facts }) => ({ action, facts }))
  const sheet = createKeySheet({ vault, annotations, keys })
  const again = (other: SecretStore) => new KeyBook({ store: other, vault, annotations, activity })
  return { home, vault, annotations, keys, record, id: record.id, history, sheet, again }
}

const isOnDisk = (folder: string): boolean => {
  try {
    return execFileSync('grep', ['-rlF', key.slice(2, 20), folder]).toString() !== ''
  } catch {
    return false
  }
}

test('a key is kept to the last character, without the blanks around it, and only its hint can be seen', async () => {
  const secrets = new Map<SecretId, string>()
  const { keys, id, annotations, history } = await newBook(keychainIn(secrets))
  const { hint, stored } = await keys.give(id, `\n  ${key} \t`)
  expect(stored).toBe(true)
  expect(secrets.get(id)).toBe(key)
  expect(hint).toMatchObject({ lastFour: key.slice(-4), sha256Start: expect.stringMatching(/^[0-9a-f]{8}$/) })
  expect((await annotations.of(id)).key).toEqual(hint)
  expect(await history()).toMatchObject([
    { action: 'key-stored', facts: { lastFour: hint.lastFour, kept: 'keychain' } },
  ])
})

test('a key never reaches the disk in clear, whatever is done with it', async () => {
  const { home, keys, id, record, sheet } = await newBook()
  await keys.give(id, key)
  await keys.show(id, 'clipboard')
  expect(await sheet({ archiveId: id, language: 'en' })).toContain(key)
  await expect(keys.forget(id, 'x')).rejects.toThrow('confirmation-wrong')
  await keys.forget(id, record.device.name)
  expect(isOnDisk(home)).toBe(false)
  // What finds nothing could as well be blind.
  execFileSync('sh', ['-c', 'printf %s "$KEY" > "$0/leak"', home], { env: { ...process.env, KEY: key } })
  expect(isOnDisk(home)).toBe(true)
})

test('without a safe keychain a key is kept until the program ends, and that is said', async () => {
  const { keys, id, again, history } = await newBook(noSecretStore)
  expect((await keys.give(id, key)).stored).toBe(false)
  expect(keys.isKept(id)).toBe(true)
  expect(await keys.show(id, 'clipboard')).toBe(key)
  const stored = (await history()).find(({ action }) => action === 'key-stored')
  expect(stored?.facts['kept']).toBe('session')
  const later = again(noSecretStore)
  expect(later.isKept(id)).toBe(false)
  await expect(later.show(id, 'clipboard')).rejects.toThrow('not-found')
})

test('a kept key is not replaced by another one before it is forgotten', async () => {
  const { keys, id, record } = await newBook()
  await keys.give(id, key)
  await keys.give(id, ` ${key}`)
  await expect(keys.give(id, `${key}x`)).rejects.toThrow('bad-input')
  expect(await keys.show(id, 'clipboard')).toBe(key)
  await keys.forget(id, record.device.name)
  await keys.give(id, `${key}x`)
  expect(await keys.show(id, 'clipboard')).toBe(`${key}x`)
})

test('each time a key is shown or forgotten the history says so, with its hint', async () => {
  const { keys, id, record, history, annotations } = await newBook()
  await keys.give(id, key)
  await keys.show(id, 'clipboard')
  await keys.show(id, 'sheet')
  await keys.forget(id, record.device.name)
  const actions = (await history()).map(({ action, facts }) => `${action} ${facts['where'] ?? ''}`.trim())
  expect(actions.toSorted()).toEqual([
    'key-forgotten',
    'key-shown clipboard',
    'key-shown sheet',
    'key-stored',
  ])
  expect((await annotations.of(id)).key).toBeUndefined()
  expect(keys.isKept(id)).toBe(false)
  await expect(keys.forget(id, record.device.name)).rejects.toThrow('not-found')
})

test('a key in a keychain that cannot be reached is not forgotten by halves', async () => {
  const { keys, id, record, again, annotations } = await newBook()
  await keys.give(id, key)
  await expect(again(noSecretStore).forget(id, record.device.name)).rejects.toThrow('keychain-unavailable')
  expect((await annotations.of(id)).key).toBeDefined()
})

test('a lent key is noted nowhere and has to be the one that was given', async () => {
  const { keys, id, history, annotations, again } = await newBook()
  await keys.lend(id, key)
  expect(keys.isKept(id)).toBe(true)
  expect(await history()).toEqual([])
  expect((await annotations.of(id)).key).toBeUndefined()
  await keys.give(id, key)
  const other = again(noSecretStore)
  await expect(other.lend(id, 'another key altogether')).rejects.toThrow('bad-input')
  await other.lend(id, key)
  expect(other.isKept(id)).toBe(true)
})

test.each(['', ' \n\t', 'x'.repeat(2001)])('%j is no key', async (text) => {
  const { keys, id } = await newBook()
  await expect(keys.give(id, text)).rejects.toThrow('bad-input')
})

test('a short key shows none of its characters', async () => {
  const { keys, id } = await newBook()
  expect((await keys.give(id, 'abcdefghijk')).hint.lastFour).toBe('')
})

test('the emergency sheet has all that a person needs, as text', async () => {
  const { keys, id, record, annotations, sheet } = await newBook()
  await annotations.state(id, { version: '5.9.4.2 <b>' })
  await keys.give(id, 'abcdEFGH0123+/=9<scr')
  for (const language of ['en', 'de'] as const) {
    const html = await sheet({ archiveId: id, language })
    for (const text of [record.sha256, record.fileName, record.device.name, record.id])
      expect(html).toContain(text)
    expect(html).toContain('<pre>abcd EFGH 0123 +/=9\n&#60;scr</pre>')
    expect(html).toContain('5.9.4.2 &#60;b&#62;')
    expect(html.match(/<li>/g)).toHaveLength(8)
  }
  await expect(sheet({ archiveId: id, language: 'en', key: 'not the key of it' })).rejects.toThrow(
    'bad-input',
  )
})

test('a key is shown in groups that give it back, and in one piece where it has blanks itself', () => {
  const long = randomBytes(24).toString('base64')
  expect(inGroups(long).replaceAll(/\s/g, '')).toBe(long)
  expect(inGroups('ab cd')).toBe('ab cd')
})

test('the annotations beside an archive hold the hint and nothing more of the key', async () => {
  const { vault, keys, id } = await newBook()
  await keys.give(id, key)
  const text = await readFile(join(vault.folder, 'annotations', `${id}.json`), 'utf8')
  expect(text).toContain(key.slice(-4))
  expect(text).not.toContain(key.slice(-5))
})
