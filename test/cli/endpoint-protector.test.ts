import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startPair, type AppliancePair } from '../../src/practice/endpoint-protector/start-pair.ts'
import type { TakenBackup } from '../../src/practice/endpoint-protector/start-endpoint-protector.ts'
import type { Procedure } from '../../src/shared/model/procedure.ts'
import { Browser } from '../practice/endpoint-protector/browser.ts'
import { untilEvent } from '../practice/endpoint-protector/practice.ts'
import { CommandLine, failureOf, problemsOf, type Archive } from './command-line.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 90_000 })

interface Told {
  readonly procedure: Procedure
}
interface Fit {
  readonly verdict: string
  readonly findings: readonly { readonly rule: string; readonly result: string; readonly remedy: string }[]
}

const password = `Canary-${randomBytes(12).toString('hex')}-7`
let cli: CommandLine
let folder: string
/** Where the appliance writes its backups. */
let pushed: string
let pair: AppliancePair
let taken: TakenBackup
let keyFile: string
let archive: Archive

const facts = (values: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(values).flatMap(([name, value]) => ['--fact', `${name}=${value}`])
const state = ({ steps }: Procedure): string | undefined =>
  steps.find(({ state: { phase } }) => phase !== 'done')?.draft.id

beforeAll(async () => {
  cli = await CommandLine.make()
  folder = await mkdtemp(join(tmpdir(), 'ferrite-epp-'))
  const credentials = { user: 'root', password }
  pair = await startPair({
    old: { folder: join(folder, 'old'), name: 'EPP-OLD', version: '5.9.4.2', credentials, stepMs: 2 },
    replacement: {
      folder: join(folder, 'new'),
      name: 'EPP-NEW',
      version: '2604.0.1.0',
      credentials,
      content: 'empty',
      stepMs: 2,
    },
  })
  taken = await pair.old.takeBackup({ name: 'Move' })
  keyFile = join(folder, 'key.txt')
  await writeFile(keyFile, `${taken.key}\n`)
  await writeFile(join(folder, taken.fileName), taken.bytes)
  pushed = join(folder, 'pushed')
  await mkdir(pushed)
  await cli.add({ ...named(pair.old), user: '' }, { exportFolder: pushed })
  const target = {
    keepsAddress: 'yes',
    version: '2604.0.1.0',
    freeGigabytes: '200',
    diskGigabytes: '320',
    hypervisor: 'Proxmox 8',
  }
  await cli.add({ ...named(pair.replacement), user: '' }, target)
  const source = { version: '5.9.4.2', kind: 'v2', modules: 'none', freePercent: '60', integrations: 'SMTP' }
  const words = ['archive', 'import', join(folder, taken.fileName), '--device', 'EPP-OLD']
  archive = await cli.json<Archive>([...words, ...facts(source)])
})

afterAll(async () => {
  await pair.stop()
  await cli.remove()
  await rm(folder, { recursive: true, force: true })
})

const named = ({ name, family, address, fingerprint }: AppliancePair['old']) => ({
  name,
  family,
  address,
  fingerprint,
})

test('a file is taken for what a person says it is, and nobody can look into it', async () => {
  expect(archive).toMatchObject({ fileName: taken.fileName, sizeBytes: taken.bytes.length })
  const unsaid = await cli.run(['archive', 'import', join(folder, taken.fileName), '--json'])
  expect(unsaid.code).toBe(10)
  const tree = await cli.run(['archive', 'tree', archive.id, '--json'])
  expect({ code: tree.code, failure: failureOf(tree).code }).toEqual({ code: 2, failure: 'archive-opaque' })
  expect(await problemsOf(cli.home)).toEqual([])
})

test('the command line has no keychain and says so; nothing is kept', async () => {
  const set = await cli.run(['archive', 'key', 'set', archive.id, '--key-file', keyFile, '--json'])
  expect({ code: set.code, failure: failureOf(set).code }).toEqual({
    code: 2,
    failure: 'keychain-unavailable',
  })
  const show = await cli.run(['archive', 'key', 'show', archive.id, '--json'])
  expect(failureOf(show).code).toBe('not-found')
})

test('the emergency sheet is written for its owner alone, over no other file', async () => {
  const to = join(folder, 'sheet.html')
  const words = ['archive', 'key', 'sheet', archive.id, '--key-file', '-', '--to', to]
  await cli.json(words, { stdin: taken.key })
  const html = await readFile(to, 'utf8')
  expect(html).toContain(archive.sha256)
  expect(html.replaceAll(/[ \n]/g, '')).toContain(taken.key)
  expect((await stat(to)).mode & 0o777).toBe(0o600)
  expect(failureOf(await cli.run([...words, '--json'], { stdin: taken.key })).code).toBe('target-exists')
})

test('a backup says what past sizes foresee, and that one is too few for that', async () => {
  const words = ['archive', 'show', archive.id]
  expect(await cli.json(words)).toMatchObject({ sizeForecast: { kind: 'too-few', points: 1 } })
  expect((await cli.run([...words, '--lang', 'de'])).stderr).toMatch(/Zu wenige Backups/)
  const offline = ['check', archive.id, 'EPP-NEW', '--offline', '--key-file', keyFile]
  expect((await cli.run(offline)).stdout).toMatch(/E2 .*200 MB\. Too few backups/)
})

test('without the key the pair is refused with what to do, with it the rest is cautions', async () => {
  const refused = await cli.run(['check', archive.id, 'EPP-NEW', '--offline', '--json'])
  expect(refused.code).toBe(3)
  const { findings } = JSON.parse(refused.stdout) as Fit
  expect(findings[0]).toMatchObject({ rule: 'E1', result: 'blocker', remedy: expect.stringMatching(/key/) })
  const fit = await cli.json<Fit>(['check', archive.id, 'EPP-NEW', '--key-file', keyFile])
  expect(fit.verdict).toBe('cautions')
})

test('what the appliance pushed is fetched by a backup, once', async () => {
  const { sizeBytes } = pair.old.pushTo(pushed, { kind: 'eppb' })
  const record = await cli.json<Archive>(['backup', 'EPP-OLD'])
  expect(record).toMatchObject({ sizeBytes, fileName: expect.stringMatching(/\.eppb$/) })
  expect(failureOf(await cli.run(['backup', 'EPP-OLD', '--json'])).code).toBe('nothing-new')
})

test('a device moves to another address only with the fingerprint that was accepted there', async () => {
  await cli.add({ ...named(pair.old), name: 'SPARE', user: '' })
  const words = ['device', 'move', 'SPARE', pair.replacement.address]
  const shown = await cli.run([...words, '--json'])
  expect(failureOf(shown).code).toBe('pin-unknown')
  expect(shown.code).toBe(6)
  expect(shown.stdout).toContain(pair.replacement.fingerprint)
  const moved = await cli.json<{ readonly address: string }>([
    ...words,
    '--pin',
    pair.replacement.fingerprint,
  ])
  expect(moved.address).toBe(pair.replacement.address)
})

test('a move is walked step by step; the key is nowhere, and the appliances were asked nothing', async () => {
  const words = ['restore', archive.id, 'EPP-NEW', '--confirm', 'EPP-NEW', '--key-file', keyFile]
  let { procedure } = await cli.json<Told>(words)
  const asked = pair.replacement.log().length
  expect({ asked, old: pair.old.log().length }).toEqual({ asked: 0, old: 0 })
  const confirm = async (step: string): Promise<Told> =>
    await cli.json<Told>(['procedure', 'confirm', procedure.id, step, '--note', `saw ${step}`])
  while (state(procedure) !== 'import') ({ procedure } = await confirm(state(procedure)!))
  const browser = new Browser(() => pair.replacement.address)
  await browser.logIn('root', password)
  await browser.importBackup(taken.bytes, taken.key)
  await untilEvent(pair.replacement, 'restored')
  browser.close()
  const byPerson = pair.replacement.log().length
  const confirmed = [
    'procedure',
    'confirm',
    procedure.id,
    'import',
    '--note',
    'Generating',
    '--progress',
    'json',
  ]
  let isInterrupted = false
  const waiting = await cli.run(confirmed, {
    onStderr: (text, pid) => {
      if (!text.includes('secondsLeft') || isInterrupted) return
      isInterrupted = true
      process.kill(pid, 'SIGINT')
    },
  })
  expect(waiting.code).toBe(7)
  const shown = await cli.json<Told>(['procedure', 'show', procedure.id])
  expect(state(shown.procedure)).toBe('wait-after-import')
  expect(pair.replacement.log().length).toBe(byPerson)
  expect(pair.old.log()).toEqual([])
  const written = await cli.everythingWritten()
  expect(written.includes(password)).toBe(false)
  expect(written.includes(taken.key)).toBe(false)
  expect(written.includes(archive.sha256)).toBe(true)
})
