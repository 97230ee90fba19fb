import { expect, test } from 'vitest'
import {
  architectureOf,
  architectureOfModel,
  kindOfApp,
  majorMinor,
  modelOf,
  systemVersionOfApps,
} from '../../../../src/main/families/ctrlx-core/hardware.ts'

test.each([
  [{ hardwareRevision: 'cx_x7p_a', storeModelId: 'rexroth-arch02' }, 'ctrlX CORE X7'],
  [{ hardwareRevision: 'cx_x5p_a' }, 'ctrlX CORE X5'],
  [{ typeCode: 'COREX-C-X3-11-ANNN-21.01-VSRS-NN-NN' }, 'ctrlX CORE X3'],
  [{ storeModelId: 'rexroth-arch01' }, 'ctrlX CORE X3'],
  [{ productName: 'ctrlX COREvirtual' }, 'ctrlX CORE virtual'],
  [{ typeCode: 'cx_arch02_engineering' }, 'ctrlX CORE virtual'],
  [{ virtualized: true }, 'ctrlX CORE virtual'],
  [{ productName: 'Panel PC 2000', virtualized: false }, 'Panel PC 2000'],
])('the type plate %o names the model %s', (plate, model) => {
  expect(modelOf(plate)).toBe(model)
})

test('a store model that several devices share names no model', () => {
  expect(modelOf({ storeModelId: 'rexroth-arch02' })).toBeUndefined()
  expect(modelOf({})).toBeUndefined()
})

test('X3 is ARM64, X7 and virtual are x64, and of others nothing is guessed', () => {
  expect(architectureOfModel('ctrlX CORE X3')).toBe('arm64')
  expect(architectureOfModel('ctrlX CORE X7')).toBe('x64')
  expect(architectureOfModel('ctrlX CORE virtual')).toBe('x64')
  expect(architectureOfModel('Panel PC 2000')).toBeUndefined()
  expect(architectureOfModel('ctrlX CORE X2')).toBeUndefined()
})

test('one architecture has one spelling, and a placeholder is no architecture', () => {
  expect(architectureOf('x86-64')).toBe('x64')
  expect(architectureOf('aarch64')).toBe('arm64')
  expect(architectureOf(' ')).toBeUndefined()
  expect(architectureOf('undefined.')).toBeUndefined()
})

test('versions are compared by major and minor', () => {
  expect(majorMinor('4.6.0+6.12.40-ctrlx-55')).toBe('4.6')
  expect(majorMinor('V1.20')).toBe('1.20')
  expect(majorMinor('20260107')).toBeUndefined()
  expect(majorMinor('undefined.')).toBeUndefined()
})

test('the system version is that of the system apps, and there is none where they differ', () => {
  const apps = (deviceAdmin: string, core: string) => [
    { name: 'rexroth-deviceadmin', version: deviceAdmin },
    { name: 'rexroth-automationcore', version: core },
    { name: 'rexroth-plc', version: '9.9.9' },
  ]
  expect(systemVersionOfApps(apps('4.4.0', '4.4.5'))).toBe('4.4')
  expect(systemVersionOfApps(apps('4.6.0', '4.4.5'))).toBeUndefined()
  expect(systemVersionOfApps([{ name: 'rexroth-deviceadmin', version: '2.6.1' }])).toBe('2.6')
  expect(systemVersionOfApps([])).toBeUndefined()
})

test.each([
  ['rexroth-plc', 'app', 'user'],
  ['rexroth-deviceadmin', 'app', 'system'],
  ['core24', 'base', 'system'],
  ['snapd', 'snapd', 'system'],
  ['rexroth-arch02-kernel', 'kernel', 'hardware'],
  ['rexroth-arch02-hw', 'app', 'hardware'],
  ['rexroth-arch02', 'gadget', 'hardware'],
] as const)('%s of the type %s is a %s app', (name, type, kind) => {
  expect(kindOfApp(name, type)).toBe(kind)
})
