import { expect, test } from 'vitest'
import { bridge } from '../../../../src/main/families/endpoint-protector/bridge.ts'
import { createEndpointProtector } from '../../../../src/main/families/endpoint-protector/endpoint-protector.ts'
import { planRestore } from '../../../../src/main/families/endpoint-protector/plan.ts'
import type { PlanInput } from '../../../../src/main/families/family.ts'
import { restoreOptionsSchema, stepDraftSchema } from '../../../../src/shared/model/restore.ts'
import { endpointProtectorBridge as germanBridge } from '../../../../src/shared/text/de/bridge-endpoint-protector.ts'
import { endpointProtectorProcedure as german } from '../../../../src/shared/text/de/procedure-endpoint-protector.ts'
import { endpointProtectorBridge as englishBridge } from '../../../../src/shared/text/en/bridge-endpoint-protector.ts'
import { endpointProtectorProcedure as english } from '../../../../src/shared/text/en/procedure-endpoint-protector.ts'
import type { ProcedureTexts } from '../../../../src/shared/text/plan-text.ts'
import type { Sentences } from '../../../../src/shared/text/plan-text.ts'
import { findingsOf, inputOf, sampleDevice, type Pair } from './sample.ts'

function planOf(pair: Pair = {}, device = sampleDevice()) {
  const { record, archive, target } = inputOf(pair)
  const input: PlanInput = {
    device,
    record,
    archive,
    target: target!,
    options: restoreOptionsSchema.parse({}),
  }
  const steps = planRestore(input).procedure ?? []
  for (const step of steps) {
    stepDraftSchema.parse(step)
    for (const { step: texts } of [english, german] as readonly ProcedureTexts[]) {
      const text = texts[step.id]?.(step.facts)
      expect(`${text?.title ?? ''} ${text?.detail ?? ''}`, step.id).toMatch(/\w{3}/)
      expect(text?.title, step.id).not.toContain('?')
    }
  }
  return steps
}

const idsOf = (pair: Pair = {}, device = sampleDevice()): readonly string[] =>
  planOf(pair, device).map(({ id }) => id)

test('the old appliance goes silent between power off and the move, and the certificate is compared after it', () => {
  const ids = idsOf()
  const order = ['snapshot', 'import', 'target-again', 'check-restored', 'power-off-old', 'old-silent']
  const last = ['move-address', 'final-certificate', 'inventory', 'clients-on', 'keep-old', 'new-backup']
  const wanted = [...order, ...last].map((id) => ids.indexOf(id))
  expect(wanted).toEqual(wanted.toSorted((a, b) => a - b))
  expect(wanted[0]).toBeGreaterThanOrEqual(0)
})

test('one step changes the target, and it is a person who does it, with a note', () => {
  const changing = planOf().filter(({ changes }) => changes)
  expect(changing).toMatchObject([{ id: 'import', kind: 'assisted', needsNote: true }])
  expect(changing[0]?.aids).toContain('copy-key')
})

test('the way back is a step of the procedure, before the change, and needs a note', () => {
  const { restore } = createEndpointProtector()
  const steps = planOf()
  const step = restore.kind === 'guided' && restore.wayBack !== 'backup' ? restore.wayBack.step : ''
  const at = steps.findIndex(({ id }) => id === step)
  expect(steps[at]).toMatchObject({ kind: 'confirmed', needsNote: true })
  expect(at).toBeLessThan(steps.findIndex(({ changes }) => changes))
})

test('every step that a rule names is in the procedure', () => {
  const ids = idsOf({ source: { eDiscovery: 'yes' } })
  const named = findingsOf({}).flatMap(({ reason, facts }) => (reason === 'step' ? [facts['step']!] : []))
  expect(named).toHaveLength(7)
  for (const step of named) expect(ids).toContain(step)
})

test('a plan follows what was stated: licence, eDiscovery, another address, its own server', () => {
  expect(idsOf({ target: { version: '2608' } })).toContain('licence-after')
  expect(idsOf()).not.toContain('licence-after')
  expect(idsOf()).not.toContain('e-discovery')
  expect(idsOf({ source: { eDiscovery: '' } })).toContain('e-discovery')
  const elsewhere = idsOf({ target: { keepsAddress: 'no', finalAddress: '' } })
  expect(elsewhere).toContain('other-address')
  expect(elsewhere).not.toContain('move-address')
  const own = idsOf({ record: { device: { name: 'EPP-NEW', address: 'https://10.0.0.3' } } })
  expect(own.some((id) => /old|move|final/.test(id))).toBe(false)
  expect(own).toContain('snapshot')
})

test('the old address is that of the archive’s device, also where it is not the usual port', () => {
  const record = { device: { name: 'EPP-OLD', address: 'https://10.0.0.2:8443' } }
  const step = planOf({ record, target: { finalAddress: '10.0.0.2:8443' } }).find(
    ({ id }) => id === 'old-silent',
  )
  expect(step?.facts['address']).toBe('https://10.0.0.2:8443')
})

/** The steps of a bridge, each with words in both languages. */
function bridgeOf(pair: Pair) {
  const { record, archive, target } = inputOf(pair)
  const found = bridge({ device: sampleDevice(), record, archive, target })
  for (const texts of [englishBridge, germanBridge] as readonly Record<
    'step' | 'bring' | 'wayBack',
    Sentences
  >[]) {
    for (const { step, facts } of found?.steps ?? []) expect(texts.step[step]?.(facts), step).toMatch(/\w{3}/)
    for (const { item, facts } of found?.bring ?? [])
      expect(texts.bring[item]?.(facts), item).toMatch(/\w{3}/)
    for (const { step, facts } of found?.wayBack ?? [])
      expect(texts.wayBack[step]?.(facts), step).toMatch(/\w{3}/)
  }
  return found && { settles: found.settles, steps: found.steps.map(({ step }) => step) }
}

test('a source that is too old is patched, waits for its night and is backed up anew', () => {
  expect(bridgeOf({ source: { version: '5.9.4.1' } })).toEqual({
    settles: ['E3'],
    steps: ['snapshot-old', 'patch-to-5942', 'wait-nightly', 'new-backup', 'import-new'],
  })
  expect(bridgeOf({ source: { version: '5.6.0.0' } })?.steps).toContain('upgrade-step-by-step')
  expect(bridgeOf({ source: { version: '2602' }, target: { version: '2608' } })?.steps).toContain(
    'upgrade-to-2604',
  )
})

test('a file that is too large and a key that is lost have their ways, too', () => {
  expect(bridgeOf({ record: { sizeBytes: 300_000_000 } })).toMatchObject({ settles: ['E2'] })
  expect(bridgeOf({ archive: { keyKept: false } })).toMatchObject({ settles: ['E1'] })
  expect(bridgeOf({})).toBeUndefined()
  expect(bridgeOf({ source: { version: '2608' } })).toBeUndefined()
})
