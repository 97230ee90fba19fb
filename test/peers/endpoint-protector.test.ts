import { placeOf } from '../../src/main/browsing/browse.ts'
import { readFileSync, readdirSync } from 'node:fs'
import { appendFile, mkdir, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { PinOffers } from '../../src/main/devices/pin-offers.ts'
import { familyOf } from '../../src/main/families/index.ts'
import { moveHandlers } from '../../src/main/ipc/handlers/move-handlers.ts'
import { readOfferedPin } from '../../src/main/transport/offered-pin.ts'
import type { EndpointProtector } from '../../src/practice/endpoint-protector/start-endpoint-protector.ts'
import { FailureError } from '../../src/shared/failure.ts'
import { currentStep, type Procedure } from '../../src/shared/model/procedure.ts'
import { evidenceText } from '../../src/shared/text/procedure-text.ts'
import { newFolder } from '../main/fake-family.ts'
import { newContext } from '../main/workbench.ts'
import {
  backups,
  enter,
  newPassword,
  outcome,
  password,
  practisePair,
  untilEvent,
} from '../practice/endpoint-protector/practice.ts'
import { importedBackup, newSite, planFor, targetFacts, walk, type Site } from './endpoint-protector.ts'

const { signal } = new AbortController()

/** An old appliance and its replacement, both in the inventory, with a backup that is imported and complete. */
async function newMove(options: Parameters<typeof practisePair>[0] = {}, site?: Site) {
  const pair = await practisePair(options)
  const where = site ?? (await newSite())
  const source = await where.add(pair.old)
  const target = await where.add(pair.replacement, targetFacts)
  const { record, taken } = await importedBackup(where, pair.old, source)
  const hands = {
    import: async () => {
      const browser = await enter(pair.replacement, newPassword)
      const key = await where.keys.show(record.id, 'clipboard')
      // An appliance that takes over another certificate may hang up before its answer is read.
      const ended = await outcome(browser.importBackup(taken.bytes, key))
      expect([200, 'ECONNRESET', 'socket hang up']).toContain(ended)
      await untilEvent(pair.replacement, 'restored')
    },
    'check-restored': async () => {
      expect((await (await enter(pair.replacement, password)).open(backups)).status).toBe(200)
    },
    'power-off-old': async () => await pair.old.powerOff(),
    'move-address': async () => await pair.replacement.moveTo('127.0.0.2'),
  }
  const begin = async (): Promise<Procedure> => {
    const plan = await planFor(where, record.id, target)
    return await where.guided.start(plan, newContext())
  }
  return { ...pair, site: where, source, target, record, taken, hands, begin }
}

/** Every request that came without the test's own browser: Ferrite sends none. */
const askedBy = (appliance: EndpointProtector, count: number) => appliance.log().slice(count)

const evidenceOf = (procedure: Procedure, stepId: string) => {
  const state = procedure.steps.find(({ draft }) => draft.id === stepId)?.state
  return state?.phase === 'done' ? state.evidence[0] : undefined
}

const failureOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.then(
    () => expect.fail('it went through'),
    (cause: unknown) => cause,
  )
  return error instanceof FailureError ? error.failure : expect.fail(String(error))
}

test('looking at an appliance sends no credential and no request', async () => {
  const { old, replacement } = await practisePair()
  const site = await newSite()
  const device = await site.add(old)
  await failureOf(site.backUp({ device }, newContext()))
  const { record } = await importedBackup(site, old, device)
  await planFor(site, record.id, await site.add(replacement, targetFacts))
  expect([...old.log(), ...replacement.log()]).toEqual([])
  expect((await site.inventory.get(device.id)).identity?.traits?.['certificate']).toMatchObject({
    value: old.fingerprint,
    provenance: 'probed',
  })
})

test('an appliance with another certificate than the accepted one is not gone on with', async () => {
  const { old, replacement } = await practisePair()
  const site = await newSite()
  const device = await site.add(old, { exportFolder: await newFolder() })
  const pin = { ...device.pin!, fingerprint: replacement.fingerprint }
  const changed = await site.inventory.change(device.id, { pin })
  expect(await failureOf(site.backUp({ device: changed }, newContext()))).toMatchObject({
    code: 'pin-changed',
  })
})

test('a move from import to new address leaves the new appliance with the old one’s content, and Ferrite asked nothing', async () => {
  const { old, replacement, site, record, hands, begin } = await newMove()
  const wanted = old.content().digest
  let moved = 0
  const done = await walk(site, await begin(), {
    ...hands,
    'move-address': async () => {
      await hands['move-address']()
      moved = replacement.log().length
    },
  })
  expect(done.report).toMatchObject({ outcome: 'verified-new', clean: true })
  expect(done.report?.remarks).toMatchObject([{ remark: 'verified-by-person', facts: { by: 'Ada' } }])
  expect(replacement.content().digest).toBe(wanted)
  expect(replacement.host).toBe('127.0.0.2')
  expect(askedBy(replacement, moved)).toEqual([])
  expect(evidenceOf(done, 'old-silent')).toMatchObject({ kind: 'old-refuses' })
  expect(evidenceOf(done, 'final-certificate')).toMatchObject({ kind: 'final-own' })
  for (const { state } of done.steps) {
    for (const evidence of state.phase === 'done' ? state.evidence : []) {
      for (const language of ['en', 'de'] as const) {
        expect(evidenceText(evidence, 'endpoint-protector', language)).toMatch(/\w \w/)
      }
    }
  }
  expect((await site.activity.list({ limit: 100 })).map(({ action }) => action)).toContain('restore-ended')
  expect(record.proof).toBe('L1')
})

test('the inventory follows the move only when a person has looked at what the new address shows', async () => {
  const { old, replacement, site, target } = await newMove()
  const offers = new PinOffers(readOfferedPin)
  const { inventory, activity } = site
  const handlers = moveHandlers({ inventory, activity, offers, familyOf })
  const move = async (address: string, lastEight: (fingerprint: string) => string): Promise<void> => {
    const offer = await handlers['devices.offerMove']({ id: target.id, address }, signal)
    const typed = lastEight(offer.fingerprint)
    await handlers['devices.move'](
      { id: target.id, offerId: offer.offerId, lastEight: typed, compared: true },
      signal,
    )
  }
  await old.powerOff()
  await replacement.moveTo('127.0.0.2')
  const address = replacement.address
  expect(await failureOf(move(address, () => 'ffffffff'))).toMatchObject({ code: 'bad-input' })
  expect((await inventory.get(target.id)).address).toBe(target.address)
  await move(address, (fingerprint) => fingerprint.slice(-8))
  expect(await inventory.get(target.id)).toMatchObject({
    address,
    pin: { fingerprint: replacement.fingerprint },
  })
  const [entry] = (await activity.list({ limit: 50 })).filter(({ action }) => action === 'pin-accepted')
  expect(entry?.facts).toMatchObject({ formerAddress: target.address, address })
})

test('a certificate that came with the backup is accepted at the final address, and told as such', async () => {
  const { old, replacement, site, hands, begin } = await newMove({
    replacement: { certificateAfterRestore: 'restored' },
  })
  const done = await walk(site, await begin(), hands)
  expect(replacement.fingerprint).toBe(old.fingerprint)
  expect(evidenceOf(done, 'target-again')).toMatchObject({ kind: 'certificate-restored' })
  expect(evidenceOf(done, 'final-certificate')).toMatchObject({
    kind: 'final-restored',
    facts: { fingerprint: old.fingerprint, before: 'old-refuses' },
  })
  expect(done.report).toMatchObject({ outcome: 'verified-new' })
})

test('an old appliance that still answers stops the move, with the fingerprints of both', async () => {
  const { old, replacement, site, hands, begin } = await newMove()
  old.inject({ effect: 'survives-power-off' })
  const begun = await begin()
  const failure = await failureOf(walk(site, begun, hands))
  expect(failure).toMatchObject({ code: 'step-not-proven', step: 'old-silent' })
  expect(JSON.stringify(failure)).toContain(old.fingerprint)
  expect(JSON.stringify(failure)).toContain(replacement.fingerprint)
  expect(currentStep(await site.procedures.get(begun.id))?.draft.id).toBe('old-silent')
  expect(replacement.host).toBe('127.0.0.3')
  old.clearFaults()
  await old.powerOff()
  expect((await walk(site, await site.procedures.get(begun.id), hands)).report?.outcome).toBe('verified-new')
})

test('a port that takes connections and says nothing is not silence', async () => {
  const { old, site, hands, begin } = await newMove()
  const silent = { ...hands, 'power-off-old': async () => void old.inject({ effect: 'tcp-silent' }) }
  expect(await failureOf(walk(site, await begin(), silent))).toMatchObject({
    code: 'step-not-proven',
    step: 'old-silent',
  })
}, 120_000)

test('an old appliance that is back at its address is not taken for the new one', async () => {
  const { old, site, hands, begin } = await newMove()
  const back = { ...hands, 'move-address': async () => await old.powerOn() }
  const failure = await failureOf(walk(site, await begin(), back))
  expect(failure).toMatchObject({ code: 'step-not-proven', step: 'final-certificate' })
  expect(JSON.stringify(failure)).toContain('by the old appliance again')
})

test('a target that shows neither its own nor the old certificate after the import is not gone on with', async () => {
  const { site, source, hands, begin, record } = await newMove({
    replacement: { certificateAfterRestore: 'restored' },
  })
  await site.inventory.remove(source.id)
  expect(await failureOf(walk(site, await begin(), hands))).toMatchObject({ code: 'wrong-device' })
  expect(record.device.name).toBe('EPP-OLD')
})

test('the five minutes count from the import, also when Ferrite was closed meanwhile, and can be cancelled', async () => {
  const site = await newSite({ afterImportMs: 1_500 })
  const { hands, begin } = await newMove({}, site)
  let procedure = await begin()
  const early = { ...hands, 'check-restored': () => Promise.reject(new Error('stop here')) }
  const controller = new AbortController()
  const walking = walk(
    { ...site, guided: { ...site.guided, run: (id) => site.guided.run(id, newContext(controller)) } },
    procedure,
    early,
  )
  while (currentStep((procedure = await site.procedures.get(procedure.id)))?.draft.id !== 'wait-after-import')
    await wait(20)
  const from = Date.now()
  await wait(100)
  controller.abort(new FailureError({ code: 'cancelled', phase: 'running' }))
  await walking.catch(() => undefined)
  expect(Date.now() - from).toBeLessThan(1_200)
  expect(currentStep(await site.procedures.get(procedure.id))?.state.phase).toBe('ahead')
  await wait(1_500)
  const again = Date.now()
  await walk(site, await site.procedures.get(procedure.id), early).catch(() => undefined)
  expect(Date.now() - again).toBeLessThan(1_000)
  expect(currentStep(await site.procedures.get(procedure.id))?.draft.id).toBe('check-restored')
})

test('the import does not begin before a snapshot was noted', async () => {
  const { site, replacement, begin } = await newMove()
  const begun = await begin()
  const failure = await failureOf(
    site.guided.confirm(begun.id, { stepId: 'import', by: 'Ada', note: 'Generating' }),
  )
  expect(failure.code).toMatch(/step-not-current|way-back-missing/)
  expect(replacement.content().computers).toEqual([])
})

test('a backup without its key is refused before anybody begins', async () => {
  const { old, replacement } = await practisePair()
  const site = await newSite()
  const { record } = await importedBackup(site, old, await site.add(old))
  await site.keys.forget(record.id, 'EPP-OLD')
  const target = await site.add(replacement, targetFacts)
  const plan = await planFor(site, record.id, target)
  expect(plan.fit.verdict).toBe('blocked')
  expect(await failureOf(site.guided.start(plan, newContext()))).toMatchObject({ code: 'restore-blocked' })
})

test('a wrong version is refused beforehand, before the appliance would', async () => {
  const { old, replacement } = await practisePair({ old: { version: '5.9.4.1' } })
  const site = await newSite()
  const { record } = await importedBackup(site, old, await site.add(old))
  await site.annotations.state(record.id, { version: '5.9.4.1' })
  const plan = await planFor(site, record.id, await site.add(replacement, targetFacts))
  expect(plan.fit.findings.find(({ result }) => result === 'blocker')).toMatchObject({
    rule: 'E3',
    reason: 'patch-first',
  })
})

test('only a person’s word makes a file an appliance’s backup', async () => {
  const { old } = await practisePair()
  const site = await newSite()
  const { bytes } = await old.takeBackup({ name: 'Move' })
  const file = join(await newFolder(), 'download')
  await writeFile(file, bytes)
  expect(await failureOf(site.importArchive({ file }, newContext()))).toMatchObject({
    code: 'archive-not-recognised',
  })
  const { container, proof } = await site.importArchive({ file, family: 'endpoint-protector' }, newContext())
  expect({ container, proof }).toEqual({ container: 'opaque', proof: 'L1' })
  const page = join(await newFolder(), 'page.backup')
  await writeFile(page, '<!DOCTYPE html><html><body>Please log in</body></html>')
  const wrong = site.importArchive({ file: page, family: 'endpoint-protector' }, newContext())
  expect(await failureOf(wrong)).toMatchObject({ code: 'archive-not-recognised' })
})

test('an appliance’s file cannot be looked into, and nobody pretends that it is empty', async () => {
  const { old } = await practisePair()
  const site = await newSite()
  const { record } = await importedBackup(site, old, await site.add(old))
  expect(
    await failureOf(site.browser.folder(placeOf(record.id), { path: '', from: 0, count: 10 }, signal)),
  ).toMatchObject({
    code: 'archive-opaque',
  })
  expect(await failureOf(site.browser.compare(placeOf(record.id), placeOf(record.id), signal))).toMatchObject(
    {
      code: 'archive-opaque',
    },
  )
})

test('without a folder to fetch from, a backup is made by hand', async () => {
  const { old } = await practisePair()
  const site = await newSite()
  expect(await failureOf(site.backUp({ device: await site.add(old) }, newContext()))).toMatchObject({
    code: 'backup-by-hand',
    device: 'EPP-OLD',
  })
})

test('files that the appliance pushed are fetched once each, byte for byte, and nothing else in the folder', async () => {
  const { old } = await practisePair()
  const folder = await newFolder()
  const site = await newSite()
  const device = await site.add(old, { version: '5.9.4.2', exportFolder: folder })
  expect(await failureOf(site.backUp({ device }, newContext()))).toMatchObject({
    code: 'nothing-new',
    newest: '',
  })
  await mkdir(join(folder, 'sub'))
  await writeFile(join(folder, '.hidden'), 'x')
  await writeFile(join(folder, 'a.part'), 'x')
  await symlink('/etc/passwd', join(folder, 'link'))
  await old.takeBackup({ name: 'One' })
  const { path } = old.pushTo(folder)
  const record = await site.backUp({ device }, newContext())
  expect(readFileSync(await site.vault.contentPath(record.id))).toEqual(readFileSync(path))
  expect(record).toMatchObject({ container: 'opaque', origin: 'backup', pinFingerprint: old.fingerprint })
  expect(record.source.systemVersion).toMatchObject({ value: '5.9.4.2', provenance: 'stated' })
  expect(readdirSync(join(site.vault.folder, 'archives'))).toHaveLength(1)
  expect(await failureOf(site.backUp({ device }, newContext()))).toMatchObject({ code: 'nothing-new' })
})

test('the files in the folder are shown before a backup, and chosen unless the vault holds them', async () => {
  const { old } = await practisePair()
  const folder = await newFolder()
  const site = await newSite()
  const device = await site.add(old, { exportFolder: folder })
  await writeFile(join(folder, 'old.backup'), 'once')
  await utimes(join(folder, 'old.backup'), 1, 1)
  await writeFile(join(folder, 'new.backup'), 'twice')
  await using session = await site.connect(device)
  const held = [{ fileName: 'old.backup', sizeBytes: 4 }]
  expect((await session.scope(signal, held)).parts).toMatchObject([
    { id: 'new.backup', sizeBytes: 5, chosen: true },
    { id: 'old.backup', sizeBytes: 4, chosen: false },
  ])
  const record = await site.backUp({ device, parts: ['old.backup'] }, newContext())
  expect(record.fileName).toBe('old.backup')
})

test('a file that still grows is not taken', async () => {
  const { old } = await practisePair({ old: { payloadBytes: 200_000 } })
  const folder = await newFolder()
  const site = await newSite()
  const device = await site.add(old, { exportFolder: folder })
  await old.takeBackup({ name: 'One' })
  const pushed = old.pushTo(folder, { growing: { pieces: 20, everyMs: 30 } })
  expect(await failureOf(site.backUp({ device }, newContext()))).toMatchObject({ code: 'file-still-growing' })
  expect(readdirSync(join(site.vault.folder, 'archives'))).toEqual([])
  expect(await pushed.finished).toBe('whole')
  expect((await site.backUp({ device }, newContext())).sizeBytes).toBe(pushed.sizeBytes)
})

test('a file that changes while it is fetched is not kept', async () => {
  const { old } = await practisePair()
  const folder = await newFolder()
  const site = await newSite()
  const device = await site.add(old, { exportFolder: folder })
  const file = join(folder, 'Backup.backup')
  await writeFile(file, Buffer.alloc(3_000_000, 7))
  const context = newContext()
  let isTouched = false
  const report = ({ phase }: { readonly phase: string }): void => {
    if (phase !== 'transferring' || isTouched) return
    isTouched = true
    void appendFile(file, 'x').then(async () => await utimes(file, 1, 1))
  }
  const failure = await failureOf(site.backUp({ device }, { ...context, report }))
  expect(['file-still-growing', 'length-mismatch']).toContain(failure.code)
  expect(readdirSync(join(site.vault.folder, 'archives'))).toEqual([])
})
