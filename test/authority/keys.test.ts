import { expect, test } from 'vitest'
import type { DeviceId } from '../../src/shared/model/device.ts'
import { findingText } from '../../src/shared/text/index.ts'
import { FailureError } from '../../src/shared/failure.ts'
import { PinOffers } from '../../src/main/devices/pin-offers.ts'
import { deviceHandlers } from '../../src/main/ipc/handlers/device-handlers.ts'
import { readOfferedPin } from '../../src/main/transport/offered-pin.ts'
import type { Ferrite } from '../../src/main/compose.ts'
import { newContext } from '../main/workbench.ts'
import { newControl, newHost, type Site } from './site.ts'
import { ctrlxStand, linuxStand, password, type Stand } from './stands.ts'
import { expectSpoken, failureIn } from './swapping.ts'

/*
 * T-KEY where a key belongs to a device of the inventory and to a restore. What single keys and certificates look like
 * on the wire (types, second keys, new keys within a session, garbage, weak algorithms, expired and renewed
 * certificates) is in `test/main/transport/ssh-host-key.test.ts` and `https-pin.test.ts`.
 */

const { signal } = new AbortController()
const moments = [
  'planned',
  'connecting',
  'reading-identity',
  'checking-fit',
  'safety-backup',
  'transferring',
  'opening',
  'confirming-identity',
] as const

test('a control that shows another certificate from any of 8 moments on is asked nothing more', async () => {
  for (const moment of moments) {
    const site = await newControl()
    const plan = await site.plan(await site.backUp())
    let heard = Infinity
    const renew = async (): Promise<void> => {
      await site.device.renewCertificate()
      heard = site.device.log().length
    }
    if (moment === 'planned') await renew()
    const report = ({ phase }: { phase: string }): void => {
      if (phase === moment && heard === Infinity) void renew()
    }
    const failure = await site.bench.restore(plan, undefined, { ...newContext(), report }).then(
      () => expect.fail('a restore over another certificate'),
      (error: unknown) => failureIn(error),
    )
    expect(['pin-changed', 'connection-lost', 'safety-backup-failed']).toContain(failure.code)
    expectSpoken(failure)
    // A request that was on its way when the certificate changed was sent to the one that was accepted.
    expect(site.device.log().length - heard, moment).toBeLessThanOrEqual(1)
    expect(site.device.log().slice(heard).filter(isLogin)).toEqual([])
    expect(site.device.log().filter(ctrlxStand.commits)).toEqual([])
  }
})

test('a host that shows another key from any of 8 moments on gets no login and no command', async () => {
  for (const moment of moments) {
    const site = await newHost()
    const plan = await site.plan(await site.backUp())
    let heard = Infinity
    const renew = (): void => {
      if (heard !== Infinity) return
      heard = site.device.log().length
      site.device.changeHostKey()
      site.device.dropConnections()
    }
    if (moment === 'planned') renew()
    const report = ({ phase }: { phase: string }): void => {
      if (phase === moment) renew()
    }
    const restoring = site.bench.restore(plan, undefined, { ...newContext(), report })
    await expect(restoring).rejects.toBeInstanceOf(FailureError)
    expect(site.device.log().length - heard, moment).toBeLessThanOrEqual(1)
    expect(site.device.log().slice(heard).filter(isLogin)).toEqual([])
    expect(site.device.log().filter(linuxStand.commits)).toEqual([])
  }
})

const kinds: readonly (readonly [string, () => Promise<AnySite>, Stand])[] = [
  ['a control', newControl, ctrlxStand],
  ['a host', newHost, linuxStand],
]
type AnySite = Site<
  Awaited<ReturnType<typeof newControl>>['device'] | Awaited<ReturnType<typeof newHost>>['device']
>

test.each(kinds)(
  '%s has its key by its entry: another spelling of its address is no way around it',
  async (_what, make, stand) => {
    const site = await make()
    const [entry] = await site.bench.inventory.list()
    const { id: _id, addedAt: _at, ...draft } = entry!
    const elsewhere = draft.address.replace('127.0.0.1', 'localhost')
    const pin = {
      ...draft.pin!,
      fingerprint: draft.pin!.kind === 'ssh' ? `SHA256:${'A'.repeat(43)}` : 'ab'.repeat(32),
    }
    const twin = await site.bench.inventory.add({ ...draft, name: 'TWIN', address: elsewhere, pin })
    site.bench.credentials.giveForSession(twin.id, { kind: 'password', user: stand.user, password })
    const start = site.device.log().length
    await expect(site.bench.backUp({ device: twin }, newContext())).rejects.toMatchObject({
      failure: { code: 'pin-changed', pinned: pin.fingerprint, offered: site.device.fingerprint },
    })
    expect(site.device.log().slice(start)).toEqual([])
    // The other way round: the entry whose key is right works at either address.
    const moved = await site.bench.inventory.add({
      ...draft,
      name: 'MOVED',
      address: elsewhere,
      pin: draft.pin!,
    })
    site.bench.credentials.giveForSession(moved.id, { kind: 'password', user: stand.user, password })
    expect((await site.bench.backUp({ device: moved }, newContext())).device.id).toBe(moved.id)
  },
)

test.each([
  ['expired', 'expired', { notBefore: new Date('2000-01-01'), notAfter: new Date('2001-01-01') }],
  ['not yet valid', 'not-yet-valid', { notBefore: new Date('2098-01-01'), notAfter: new Date('2099-01-01') }],
])(
  'an accepted certificate that is %s is told beside every plan, and stops no restore',
  async (_what, reason, validity) => {
    const site = await newControl()
    const fingerprint = await site.device.renewCertificate(validity)
    const { pin } = await site.bench.inventory.get(site.id)
    await site.bench.inventory.change(site.id, { pin: { ...pin!, fingerprint } })
    const plan = await site.plan(await site.backUp())
    const told = plan.fit.findings.filter(({ rule }) => rule === 'G3')
    expect(told).toMatchObject([{ reason, result: 'caution' }])
    expect((await site.bench.inventory.get(site.id)).identity).toMatchObject({
      traits: { certificateUntil: { value: validity.notAfter.toISOString(), provenance: 'probed' } },
    })
    for (const language of ['en', 'de'] as const) {
      const { title, remedy } = findingText(told[0]!, language)
      expect(title).toMatch(/20(01|98)-01-01/)
      expect(remedy).toMatch(/\w \w/)
    }
    expect((await site.run(plan)).outcome).toBe('verified-new')
  },
)

test('a certificate within its time is told as the accepted one, and nothing else', async () => {
  const site = await newControl()
  const { fit } = await site.plan(await site.backUp())
  expect(fit.findings.filter(({ rule }) => rule === 'G3')).toMatchObject([
    { reason: 'pinned', result: 'pass' },
  ])
})

test.each(kinds)(
  '%s gets another key accepted by its last eight characters alone, and that is in the history',
  async (_what, make, stand) => {
    const site = await make()
    const { handlers, history } = replacing(site, stand)
    const former = site.device.fingerprint
    const offered = await changeKey(site)
    const start = site.device.log().length
    const { offerId, fingerprint, pinned } = await handlers['devices.offerPin']({ id: site.id }, signal)
    expect({ fingerprint, pinned }).toEqual({ fingerprint: offered, pinned: former })
    const accept = (lastEight: string, id: DeviceId = site.id) =>
      handlers['devices.acceptPin']({ id, offerId, lastEight, compared: true }, signal)
    const wrong = ['', offered.slice(-7), offered.slice(-9), former.slice(-8), offered.slice(0, 8), offered]
    for (const typed of wrong) {
      await expect(accept(typed), typed).rejects.toMatchObject({
        failure: { code: 'bad-input', field: 'fingerprint' },
      })
    }
    expect((await site.bench.inventory.get(site.id)).pin?.fingerprint).toBe(former)
    expect(await history()).toEqual([])
    await accept(offered.slice(-8))
    expect((await site.bench.inventory.get(site.id)).pin).toMatchObject({
      fingerprint: offered,
      compared: true,
    })
    expect(await history()).toEqual([{ former, fingerprint: offered, compared: 'true' }])
    await expect(accept(offered.slice(-8))).rejects.toMatchObject({ failure: { code: 'bad-input' } })
    // Nobody logged in for any of this.
    expect(site.device.log().slice(start)).toEqual([])
  },
)

test('a key that one device has shown cannot be accepted for another one', async () => {
  const site = await newControl()
  const other = await newControl({ name: 'PRESS-8' })
  const { handlers } = replacing(site, ctrlxStand)
  const { pin: _pin, id: _id, addedAt: _at, ...draft } = (await other.bench.inventory.list())[0]!
  const second = await site.bench.inventory.add({
    ...draft,
    pin: { kind: 'tls', fingerprint: 'ab'.repeat(32), acceptedAt: new Date().toISOString(), compared: true },
  })
  const { offerId, fingerprint } = await handlers['devices.offerPin']({ id: site.id }, signal)
  const lastEight = fingerprint.slice(-8)
  await expect(
    handlers['devices.acceptPin']({ id: second.id, offerId, lastEight, compared: true }, signal),
  ).rejects.toMatchObject({ failure: { code: 'not-found', kind: 'fingerprint' } })
  expect((await site.bench.inventory.get(second.id)).pin?.fingerprint).toBe('ab'.repeat(32))
})

function isLogin({ method, path }: { readonly method: string; readonly path: string }): boolean {
  return method === 'AUTH' || (method === 'POST' && path.startsWith('/identity-manager/'))
}

async function changeKey({ device }: AnySite): Promise<string> {
  return 'changeHostKey' in device ? device.changeHostKey() : await device.renewCertificate()
}

/** The window's requests around keys, over real parts. */
function replacing({ bench }: AnySite, { family }: Stand) {
  const parts = { ...bench, familyOf: () => family, offers: new PinOffers(readOfferedPin) }
  return {
    handlers: deviceHandlers(parts as unknown as Ferrite),
    history: async () =>
      (await bench.activity.list({ limit: 50 }))
        .filter(({ action }) => action === 'pin-accepted')
        .map(({ facts }) => facts),
  }
}
