import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import type { EndpointProtector } from '../../../src/practice/endpoint-protector/start-endpoint-protector.ts'
import { backUp, backups, browse, enter, information, outcome, practise } from './practice.ts'

const patienceMs = 200

function reachOf(device: EndpointProtector) {
  const { hostname: host, port } = new URL(device.address)
  return { host, port: Number(port) }
}

test('a port that is silent takes the connection and never says anything', async () => {
  const device = await practise()
  const takeBack = device.inject({ effect: 'tcp-silent' })
  const socket = connect(reachOf(device))
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  let received = 0
  socket.on('data', (piece) => (received += piece.length))
  const tls = connectTls({ ...reachOf(device), rejectUnauthorized: false })
  onTestFinished(() => void tls.destroy())
  expect(await Promise.race([once(tls, 'secureConnect'), wait(patienceMs, 'silent')])).toBe('silent')
  expect(received).toBe(0)
  expect(socket.readyState).toBe('open')
  expect(await outcome(browse(device, patienceMs).open('/login'))).toBe('no answer')
  takeBack()
  expect(await outcome(browse(device).open('/login'))).toBe(200)
})

test('a silent console shows its certificate and answers no request', async () => {
  const device = await practise()
  device.inject({ effect: 'tls-silent' })
  const tls = connectTls({ ...reachOf(device), rejectUnauthorized: false })
  onTestFinished(() => void tls.destroy())
  await once(tls, 'secureConnect')
  const shown = tls.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase()
  expect(shown).toBe(device.fingerprint)
  expect(await outcome(browse(device, patienceMs).open('/login'))).toBe('no answer')
  device.clearFaults()
  expect(await outcome(browse(device).open('/login'))).toBe(200)
  expect(device.log()[0]).toMatchObject({ path: '/login', status: undefined, fault: 'tls-silent' })
})

test('a console that hangs answers the login page and nobody who is logged in', async () => {
  const device = await practise()
  const { cookie } = await enter(device)
  const takeBack = device.inject({ effect: 'console-hangs' })
  const browser = browse(device, patienceMs)
  expect(await outcome(browser.open('/login'))).toBe(200)
  browser.cookie = cookie
  expect(await outcome(browser.open(information))).toBe('no answer')
  takeBack()
  expect(await outcome(browser.open(information))).toBe(200)
})

test('a page with a wrong version is wrong in every place and leaves the appliance as it is', async () => {
  const device = await practise()
  const browser = await enter(device)
  const takeBack = device.inject({ effect: 'wrong-version-page', version: '5.9.4.1' })
  const { text } = await browser.open(information)
  expect(text).toContain('Server version 5.9.4.1')
  expect(text).toMatch(/Version 5\.9\.4\.1$/)
  expect(device.version).toBe('5.9.4.2')
  takeBack()
  expect((await browser.open(information)).text).toContain('Server version 5.9.4.2')
})

test('a download breaks off, is damaged or cut short, as often as asked for', async () => {
  const device = await practise({ payloadBytes: 200_000 })
  const browser = await enter(device)
  const { id, file } = await backUp(browser)
  const path = `${backups}/download`
  const download = async () => browser.open(`${path}?id=${id}`)
  device.inject({ effect: 'cut-download', afterBytes: 70_000, how: 'end', path })
  expect(await outcome(download())).toBe('ECONNRESET')
  device.inject({ effect: 'damage-file', offset: 1000, path })
  const damaged = (await download()).body
  expect(damaged.length).toBe(file.length)
  expect(damaged.equals(file)).toBe(false)
  device.inject({ effect: 'truncate-file', keepBytes: 1000, path })
  expect((await download()).body.equals(file.subarray(0, 1000))).toBe(true)
  expect((await download()).body.equals(file)).toBe(true)
})

test('an upload that breaks off is never imported', async () => {
  const device = await practise({ payloadBytes: 200_000 })
  const browser = await enter(device)
  const { file, key } = await backUp(browser)
  device.inject({ effect: 'cut-upload', afterBytes: 100_000, how: 'reset', path: `${backups}/import` })
  expect(await outcome(browser.importBackup(file, key))).toMatch(/ECONNRESET|EPIPE/)
  expect(device.events().filter(({ event }) => event.startsWith('import'))).toEqual([])
  expect(await outcome(browse(device).open('/login'))).toBe(200)
})

test('an exchange is answered with a status, another page or a redirect, once', async () => {
  const device = await practise()
  const browser = await enter(device)
  device.inject({ effect: 'status', status: 502 })
  expect(await outcome(browser.open(information))).toBe(502)
  device.inject({ effect: 'login-page', path: information })
  expect((await browser.open(information)).text).toContain('Password')
  device.inject({ effect: 'replace-answer', status: 200, type: 'text/html', body: 'another device' })
  expect((await browser.open(information)).text).toBe('another device')
  device.inject({ effect: 'expire-session' })
  expect((await browser.open(information)).path).toBe('/login')
})
