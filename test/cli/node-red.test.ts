import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startNodeRed, type NodeRed } from '../peers/node-red-server.ts'
import { CommandLine, failureOf, problemsOf, type Archive, type Reached } from './command-line.ts'

// The real Node-RED starts twice, and a command line for each step.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const password = 'Canary-node-red-5b1c'
let cli: CommandLine
let open: NodeRed
let locked: NodeRed

const reach = (name: string, { port, fingerprint }: NodeRed, user: string): Reached => ({
  name,
  family: 'node-red',
  address: `https://127.0.0.1:${String(port)}`,
  user,
  fingerprint,
})

beforeAll(async () => {
  cli = await CommandLine.make()
  open = await startNodeRed()
  locked = await startNodeRed({ users: [{ user: 'engineer', password, permissions: '*' }] })
  await cli.add(reach('OPEN', open, ''))
  await cli.add(reach('LOCKED', locked, 'engineer'))
})

afterAll(async () => {
  await open.stop()
  await locked.stop()
  await cli.remove()
})

test('Node-RED from the command line: backup without a login, check, plan and restore with one', async () => {
  const archive = await cli.json<Archive & { readonly container: string }>(['backup', 'OPEN'])
  expect(archive).toMatchObject({ container: 'json' })
  const entry = await cli.run(['archive', 'cat', archive.id, 'flows.json'])
  expect(JSON.parse(entry.stdout)).toMatchObject({ flows: [] })

  const refused = await cli.run(['check', archive.id, 'LOCKED', '--json'])
  expect({ code: refused.code, failure: failureOf(refused).code }).toEqual({
    code: 5,
    failure: 'credentials-needed',
  })
  const words = ['restore', archive.id, 'LOCKED', '--mode', 'replace']
  const planned = await cli.run([...words, '--plan-only'], { password })
  expect(planned.code).toBe(0)
  expect(planned.stdout).toMatch(/! \d+\. Deploy the flows of flows-open-.*\.json in place of all flows/)
  const ended = await cli.run([...words, '--confirm', 'LOCKED', '--json'], { password })
  expect(ended.code, ended.stdout).toBe(0)
  expect(JSON.parse(ended.stdout)).toMatchObject({ outcome: 'verified-new', clean: true })
  expect(locked.output().split('"event":"flows.set"').length - 1).toBe(1)
})

test('afterwards vault and history are sound, and no password was written', async () => {
  expect(await problemsOf(cli.home)).toEqual([])
  expect((await cli.everythingWritten()).includes(password)).toBe(false)
})
