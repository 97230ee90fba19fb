import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { furnish } from '../main/restore/fleet-home.ts'
import { fleetDevices, fleetRecords } from '../main/restore/sample-fleet.ts'
import { CommandLine, failureOf } from './command-line.ts'

// Real processes on a machine that others use, too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

interface Item {
  readonly archiveId: string
  readonly deviceId: string
  readonly device: string
  readonly verdict: string
  readonly rule: string
  readonly reason: string
}

let cli: CommandLine
const devices = fleetDevices(10)
const records = fleetRecords(20)

beforeAll(async () => {
  cli = await CommandLine.make()
  await furnish(cli.home, devices, records)
})

afterAll(async () => {
  await cli.remove()
})

test('every archive is judged against every device, with the rule and its sentence', async () => {
  const { items } = await cli.json<{ readonly items: readonly Item[] }>(['fit'])
  expect(items).toHaveLength(200)
  expect(new Set(items.map(({ verdict }) => verdict)).size).toBeGreaterThan(1)
  for (const { verdict, rule, reason } of items) {
    expect(['fits', 'cautions', 'blocked', 'unknown']).toContain(verdict)
    expect(rule).toMatch(/^[A-Z][0-9]+[a-z]?$/)
    expect(reason).toMatch(/\.$/)
  }
})

test('named archives and devices are judged alone', async () => {
  const [first, second] = records
  const words = ['--archive', first!.id, '--archive', second!.id, '--device', devices[0]!.name]
  const { items } = await cli.json<{ readonly items: readonly Item[] }>(['fit', ...words])
  expect(items.map(({ archiveId, device }) => [archiveId, device])).toEqual([
    [first!.id, devices[0]!.name],
    [second!.id, devices[0]!.name],
  ])
})

test('people read a table of words, in their language', async () => {
  const { code, stdout } = await cli.run(['fit', '--device', devices[1]!.name, '--lang', 'de'])
  expect(code).toBe(0)
  const lines = stdout.trimEnd().split('\n')
  expect(lines).toHaveLength(21)
  expect(lines[0]).toMatch(/^Archiv\s+Gerät\s+Urteil/)
  expect(stdout).toContain('Gesperrt')
})

test('a table and a page are written where they are asked for, and nothing else is said', async () => {
  const [csv, page] = [join(cli.home, 'fit.csv'), join(cli.home, 'fit.html')]
  const { code, stdout, stderr } = await cli.run(['fit', '--csv', csv, '--page', page])
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  expect(stderr).toContain(csv)
  const lines = (await readFile(csv, 'utf8')).trimEnd().split('\r\n')
  expect(lines).toHaveLength(201)
  expect(lines[0]).toMatch(/^"archiveId","archiveDevice","deviceId","device","verdict","rule","reason"/)
  expect(await readFile(page, 'utf8')).toMatch(/^<!doctype html>/)
})

test('a device that nobody knows is wrong usage', async () => {
  const ended = await cli.run(['fit', '--device', 'nobody', '--json'])
  expect(ended.code).toBe(2)
  expect(failureOf(ended).code).toBe('not-found')
})

test('a folder that is not there is told, and nothing is left', async () => {
  const ended = await cli.run(['fit', '--csv', join(cli.home, 'nowhere', 'fit.csv'), '--json'])
  expect(ended.code).not.toBe(0)
  expect(failureOf(ended).code).toBe('storage-unwritable')
})
