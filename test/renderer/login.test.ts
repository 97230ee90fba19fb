import { beforeEach, expect, test, vi } from 'vitest'
import { startWithLogin, withLogin } from '../../src/renderer/login.ts'
import { applyDevices } from '../../src/renderer/stores/devices.ts'
import { askForLogin, dialogsStore } from '../../src/renderer/stores/dialogs.ts'
import { fail, succeed, type Result } from '../../src/shared/result.ts'
import { connect } from './support/open-window.tsx'
import { FakeMain } from './support/fake-main.ts'
import { sampleDevice, sampleDeviceId } from './support/samples.ts'

const id = sampleDeviceId(1)
const refused = fail({ code: 'login-refused', address: 'https://a', user: 'b' })

beforeEach(() => connect(new FakeMain({})))

const question = () => dialogsStore.getState().login

test('a refused login asks for the password, and tries again with it', async () => {
  const answers: Result<string>[] = [refused, succeed('in')]
  const done = withLogin(id, () => Promise.resolve(answers.shift()!))
  await vi.waitFor(() => expect(question()?.reason?.code).toBe('login-refused'))
  question()?.answer(true)
  expect(await done).toEqual(succeed('in'))
  expect(question()).toBeUndefined()
})

test('who would rather not gives the failure back', async () => {
  const done = withLogin(id, () => Promise.resolve(refused))
  await vi.waitFor(() => expect(question()).toBeDefined())
  question()?.answer(false)
  expect(await done).toEqual(refused)
})

test('a failure that no password helps against asks for none', async () => {
  const failure = fail({ code: 'device-unreachable', address: 'a', reason: 'b' })
  expect(await withLogin(id, () => Promise.resolve(failure))).toEqual(failure)
  expect(question()).toBeUndefined()
})

test('a job is not started before its password is known', async () => {
  applyDevices(succeed([sampleDevice(1, { credentials: 'none' })]))
  const start = vi.fn(() => Promise.resolve(succeed('job')))
  const done = startWithLogin(id, start)
  await vi.waitFor(() => expect(question()).toBeDefined())
  expect(start).not.toHaveBeenCalled()
  question()?.answer(true)
  expect(await done).toEqual(succeed('job'))
})

test('a job on a device that may let everybody in starts at once where no user is named', async () => {
  const sample = sampleDevice(1, { credentials: 'none' })
  applyDevices(succeed([{ ...sample, device: { ...sample.device, family: 'node-red', user: '' } }]))
  expect(await startWithLogin(id, () => Promise.resolve(succeed('job')))).toEqual(succeed('job'))
  expect(question()).toBeUndefined()
})

test('a second question answers the first with no', async () => {
  const first = askForLogin(id, undefined)
  const second = askForLogin(sampleDeviceId(2), undefined)
  expect(await first).toBe(false)
  question()?.answer(true)
  expect(await second).toBe(true)
})
