import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { password, practise, user } from './practice.ts'

const token = '/identity-manager/api/v2/auth/token'

test('a login gives a token that says who, with which rights and how long', async () => {
  const { client } = await practise()
  const answer = await client.logIn(user, password)
  expect(answer.json()).toEqual({ access_token: expect.any(String), token_type: 'Bearer' })
  const [, claims] = (answer.json().access_token as string).split('.')
  const { name, scope, iat, exp } = JSON.parse(Buffer.from(claims!, 'base64url').toString('utf8'))
  expect({ name, scope }).toEqual({ name: user, scope: ['rexroth-device.all.rwx'] })
  expect(exp - iat).toBe(28_800)
})

test('a wrong password and an unknown user get the same 401, in the vendor’s words', async () => {
  const { client } = await practise()
  for (const name of [user, 'nobody']) {
    const answer = await client.logIn(name, 'wrong')
    expect(answer.status).toBe(401)
    expect(answer.json()).toEqual({
      type: 'about:blank',
      title: 'Http client error',
      detail: 'Unauthorized (401)',
      status: 401,
      instance: token,
      mainDiagnosisCode: '080E0200',
      detailedDiagnosisCode: '0C7A0203',
      severity: 'Error',
    })
  }
})

test('a login without a password is a bad request', async () => {
  const { client, device } = await practise()
  const answer = await client.send('POST', token, { json: { name: user }, token: undefined })
  expect(answer.status).toBe(400)
  expect(device.log().at(-1)).toMatchObject({ status: 400, user: undefined })
})

test('a dry run checks the credentials and opens no session', async () => {
  const { client } = await practise({ sessionPolicy: { maxSessionsPerUser: 1 } })
  const json = { name: user, password }
  const right = await client.send('POST', `${token}?dryrun=true`, { json, token: undefined })
  expect(right.status).toBe(204)
  const wrong = await client.send('POST', `${token}?dryrun=true`, {
    json: { ...json, password: 'x' },
    token: undefined,
  })
  expect(wrong.status).toBe(401)
  expect(await client.get('/identity-manager/api/v2/sessions')).toHaveLength(1)
})

test('one session too many is refused with the vendor’s codes until one is closed', async () => {
  const { client } = await practise({ sessionPolicy: { maxSessionsPerUser: 2 } })
  const first = client.token
  expect((await client.logIn(user, password)).status).toBe(201)
  const refused = await client.logIn(user, password)
  expect(refused.status).toBe(400)
  expect(refused.json()).toMatchObject({
    mainDiagnosisCode: '080E0200',
    detailedDiagnosisCode: '0C7A0202',
    dynamicDescription: 'Too many sessions',
  })
  expect((await client.send('DELETE', token, { token: first })).status).toBe(204)
  expect((await client.logIn(user, password)).status).toBe(201)
})

test('a logout ends the token', async () => {
  const { client } = await practise()
  expect(await client.get(`${token}/validity`)).toEqual({ valid: true })
  await client.send('DELETE', token)
  expect(await client.get(`${token}/validity`)).toEqual({ valid: false })
  expect((await client.send('GET', '/setup/api/v1/setups')).status).toBe(401)
})

test('a token ends when the device’s clock says so', async () => {
  let now = Date.now()
  const { client } = await practise({ clock: () => now, sessionPolicy: { tokenValiditySeconds: 60 } })
  expect((await client.send('GET', '/setup/api/v1/setups')).status).toBe(200)
  now += 60_000
  expect((await client.send('GET', '/setup/api/v1/setups')).status).toBe(401)
})

test('failed logins lock the user for a while, also for the right password', async () => {
  const { client } = await practise({ sessionPolicy: { maxFailedLogins: 2, lockSeconds: 1 } })
  for (let attempt = 0; attempt < 2; attempt += 1) await client.logIn(user, 'wrong')
  expect((await client.logIn(user, password)).status).toBe(401)
  await wait(1_100)
  expect((await client.logIn(user, password)).status).toBe(201)
})

test('sessions can be listed, closed by their id and limited', async () => {
  const { client } = await practise()
  const [session] = await client.get('/identity-manager/api/v2/sessions')
  expect(session).toMatchObject({ name: user, systemUser: false })
  const policy = await client.get('/identity-manager/api/v2/settings/session')
  const put = await client.send('PUT', '/identity-manager/api/v2/settings/session', {
    json: { ...policy, maxSessionsPerUser: 1 },
  })
  expect(put.status).toBe(204)
  expect((await client.logIn(user, password)).status).toBe(400)
  expect((await client.send('DELETE', '/identity-manager/api/v2/sessions/none')).status).toBe(404)
  expect((await client.send('DELETE', `/identity-manager/api/v2/sessions/${session.id}`)).status).toBe(204)
  expect((await client.send('GET', '/identity-manager/api/v2/sessions')).status).toBe(401)
})

test('version 1 logs in too, with errors of its own shape', async () => {
  const { client } = await practise({ profile: '1.20' })
  expect((await client.logIn(user, password, 'v1')).status).toBe(201)
  const wrong = await client.logIn(user, 'wrong', 'v1')
  expect(wrong.status).toBe(401)
  expect(wrong.json()).toEqual({ message: 'Invalid credentials', moreInfo: '' })
  expect((await client.send('DELETE', '/identity-manager/api/v1/auth/token')).status).toBe(204)
})

test('a device fresh from the box wants its default user replaced, once', async () => {
  const { client } = await practise({ isFresh: true })
  const state = '/identity-manager/api/v2/setup/state'
  expect(await client.get(state)).toMatchObject({ state: 'required', reservedNames: ['root'] })
  expect((await client.logIn('boschrexroth', 'boschrexroth')).status).toBe(201)
  const commission = (name: string, secret: string) =>
    client.send('POST', '/identity-manager/api/v2/setup', {
      json: { adminCredentials: { name, password: secret } },
      token: undefined,
    })
  expect((await commission('admin', 'short')).status).toBe(400)
  expect((await commission('admin', password)).status).toBe(204)
  expect((await commission('admin', password)).status).toBe(403)
  expect(await client.get(state)).toEqual({ state: 'completed' })
  expect((await client.logIn('boschrexroth', 'boschrexroth')).status).toBe(401)
  expect((await client.logIn('admin', password)).status).toBe(201)
})

test('the banner of the login page needs no login', async () => {
  const { client } = await practise()
  const banner = await client.send('GET', '/identity-manager/api/v2/settings/loginbanner', {
    token: undefined,
  })
  expect(banner.json()).toEqual({ text: expect.any(String) })
})
