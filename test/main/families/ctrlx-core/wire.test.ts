import { expect, test } from 'vitest'
import { setupTaskSchema, tokenSchema } from '../../../../src/main/families/ctrlx-core/answers.ts'
import { taskIdOf } from '../../../../src/main/families/ctrlx-core/location.ts'
import { loginRefusal, refusal } from '../../../../src/main/families/ctrlx-core/problem.ts'
import { formatHandle, parseHandle } from '../../../../src/main/families/ctrlx-core/restore-handle.ts'
import { weightOf } from '../../../../src/main/families/ctrlx-core/task.ts'
import { rightsOf } from '../../../../src/main/families/ctrlx-core/token.ts'

const prefix = '/setup/api/v1'
const own = '192.168.1.1:8443'
const asked = { address: `https://${own}`, user: 'anna', request: 'GET /x' }

test.each([
  ['/tasks/create_abc123', 'create_abc123'],
  ['tasks/JQCRqL', 'JQCRqL'],
  ['/setup/api/v1/tasks/apply-1', 'apply-1'],
  [`https://${own}/setup/api/v1/tasks/apply_1`, 'apply_1'],
])('the task of %s is %s', (location, id) => {
  expect(taskIdOf(location, prefix, own)).toBe(id)
})

test.each([
  undefined,
  '',
  '/tasks/',
  '/tasks/../../identity-manager',
  '/tasks/a/b',
  '/tasks/a?b=c',
  '/tasks/a%2Fb',
  `/tasks/${'a'.repeat(65)}`,
  'https://other:8443/setup/api/v1/tasks/a',
  'https://192.168.1.1:8443@other/setup/api/v1/tasks/a',
  '//other/tasks/a',
  '/backup/api/v1/tasks/a',
  '/tasks/a\r\nb',
])('%s names no task of this device', (location) => {
  expect(taskIdOf(location, prefix, own)).toBeUndefined()
})

test('a refusal carries the words and both codes of the device', () => {
  const problem = {
    type: 'about:blank',
    title: 'Http client error',
    detail: 'Conflict (409)',
    dynamicDescription: 'another task is running',
    mainDiagnosisCode: '080E0200',
    detailedDiagnosisCode: '0C7A0206',
  }
  expect(refusal(409, problem, asked).failure).toEqual({
    code: 'device-refused',
    address: asked.address,
    request: 'GET /x',
    status: 409,
    detail: 'Http client error. Conflict (409). another task is running',
    diagnosis: '080E0200/0C7A0206',
  })
  expect(refusal(500, '<html>', asked).failure).toMatchObject({ detail: 'status 500', diagnosis: '' })
})

test('a missing right is named as the device names it', () => {
  const moreInfo = { requiredPermissions: 'rexroth-automation.datalayer.rw, rexroth-device.all.rwx' }
  expect(refusal(403, { title: 'x', moreInfo }, asked).failure).toMatchObject({
    code: 'rights-missing',
    right: moreInfo.requiredPermissions,
  })
  expect(refusal(403, { title: 'x', moreInfo: 7 }, asked).failure).toMatchObject({
    right: 'rexroth-device.all.rwx',
  })
})

test('the error of the first generation of logins is read as well', () => {
  expect(loginRefusal(500, { message: 'internal', moreInfo: '' }, asked).failure).toMatchObject({
    code: 'device-refused',
    detail: 'internal',
  })
  expect(loginRefusal(401, { message: 'no', moreInfo: '' }, asked).failure.code).toBe('login-refused')
})

test('the rights are those that the token names', () => {
  const tokenOf = (claims: unknown): string =>
    ['{}', JSON.stringify(claims), 's'].map((part) => Buffer.from(part).toString('base64url')).join('.')
  expect(rightsOf(tokenOf({ scope: ['a.b.r', 'c.d.rw'] }))).toEqual(['a.b.r', 'c.d.rw'])
  expect(rightsOf(tokenOf({ scope: 'a.b.r c.d.rw' }))).toEqual(['a.b.r', 'c.d.rw'])
  expect(rightsOf(tokenOf({ scope: [1] }))).toBeUndefined()
  expect(rightsOf(tokenOf({}))).toBeUndefined()
  expect(rightsOf('opaque')).toBeUndefined()
  expect(rightsOf('a.%%%.c')).toBeUndefined()
})

test.each(['a\r\nX: y', '', 'a b', 'ü', 'a'.repeat(65_537)])(
  'a token that cannot be a header is none',
  (token) => {
    expect(tokenSchema.safeParse({ access_token: token, token_type: 'Bearer' }).success).toBe(false)
  },
)

test.each([
  { progress: 150 },
  { progress: -1 },
  { progress: '10' },
  { state: 'sleeping' },
  { fileName: 7 },
  { protocol: [{ message: 1 }] },
])('a task that is not as described is refused: %o', (task) => {
  expect(setupTaskSchema.safeParse(task).success).toBe(false)
})

test('a task may be reduced to what a caller without rights gets, and may hold more than is known', () => {
  expect(setupTaskSchema.safeParse({ id: 'a', state: null, progress: 100, news: true }).success).toBe(true)
})

test('a severity that is not known is rather a warning than nothing', () => {
  expect(['INFO', 'Informational', 'DEBUG', 'notice'].map(weightOf)).toEqual(Array(4).fill('information'))
  expect(['ERROR', 'Critical', 'fatal'].map(weightOf)).toEqual(Array(3).fill('error'))
  expect(['WARNING', 'WARN', 'HINT', ''].map(weightOf)).toEqual(Array(4).fill('warning'))
})

test('the handle of a restore survives as text, and other text is no handle', () => {
  for (const after of [undefined, 0, 1_795_240_800_000]) {
    const handle = { via: 'setup', taskId: 'apply_1', after } as const
    expect(parseHandle(formatHandle(handle))).toEqual(handle)
  }
  for (const text of ['', 'setup/../0', 'setup/a', 'other/a/0', 'setup/a/-1', 'setup/a b/0']) {
    expect(parseHandle(text), text).toBeUndefined()
  }
})
