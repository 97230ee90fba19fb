import { expect, test } from 'vitest'
import {
  checkForm,
  draftOf,
  emptyForm,
} from '../../../../src/renderer/features/devices/adding/device-form.ts'
import { familyForms } from '../../../../src/renderer/features/devices/adding/family-forms.ts'
import { devicesTexts } from '../../../../src/renderer/features/devices/texts.ts'
import { familyOf } from '../../../../src/main/families/index.ts'
import { familyIds } from '../../../../src/shared/model/family-id.ts'
import { languages } from '../../../../src/shared/text/language.ts'
import { sampleDevice } from '../../support/samples.ts'

const { errors } = devicesTexts.en.adding
const good = { ...emptyForm, name: 'PRESS-9', address: '192.168.1.9', user: 'admin' }

test('a form with name, address and user can be sent', () => {
  expect(checkForm(good, [], errors)).toEqual({})
})

test('what is wrong is told per field', () => {
  expect(checkForm({ ...good, name: ' ', address: 'a b', user: '' }, [], errors)).toEqual({
    name: errors.nameEmpty,
    address: errors.addressOdd,
    user: errors.userEmpty,
  })
})

test('a name that differs only in case is taken', () => {
  expect(checkForm({ ...good, name: 'press-8' }, [sampleDevice(8).device], errors).name).toBe(
    errors.nameTaken,
  )
})

test('facts of another family are not sent along', () => {
  expect(draftOf({ ...good, facts: { paths: 'etc' } }).facts).toEqual({})
  expect(draftOf({ ...good, family: 'linux-host', facts: { paths: ' etc ', root: '' } }).facts).toEqual({
    paths: 'etc',
  })
})

/** An answer that is one, for the facts that are not free text. */
const answers: Readonly<Record<string, string>> = {
  root: '/data',
  stagingFolder: '/data',
  storageFolder: '/data',
  installFolder: '/data',
  exportFolder: '/data',
  version: '5.9.4',
  tpmId: 'ab'.repeat(32),
  mac: '00:0c:29:3e:5d:7a',
  portalPort: '8080',
  finalAddress: '192.168.1.61',
  freeGigabytes: '40',
  diskGigabytes: '160',
  adminRoot: '/red',
}

test.each(familyIds)('the form of %s asks for facts that its family knows, and has words for each', (id) => {
  for (const { name, kind, choices = [] } of familyForms[id].facts) {
    const free = kind === 'lines' ? 'one\ntwo' : 'one'
    const value = kind === 'choice' ? (choices[0] ?? '') : (answers[name] ?? free)
    // The version of each family has its own form.
    const given = name === 'version' && id === 'endpoint-protector' ? '5.9.4.2' : value
    expect(() => familyOf(id).checkFacts({ [name]: given })).not.toThrow()
    for (const language of languages) expect(devicesTexts[language].families[id].facts[name]).toBeDefined()
  }
})

test('the folders that the form names are those that are taken where none are given', () => {
  const { paths = '' } = familyOf('linux-host').checkFacts({})
  for (const language of languages) {
    const { description } = devicesTexts[language].families['linux-host'].facts['paths'] ?? {}
    expect(description).toContain(paths.split(',').join(', '))
  }
})
