import { request } from 'node:https'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import type { IncomingMessage } from 'node:http'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { inlineParser } from '../main/inline-parser.ts'
import { compose, type Ferrite } from '../../src/main/compose.ts'
import type { JobContext } from '../../src/main/jobs/runner.ts'
import type { Device, DeviceFacts, DeviceRole } from '../../src/shared/model/device.ts'
import type { Progress } from '../../src/shared/model/progress.ts'
import { restoreOptionsSchema, type RestoreOptions } from '../../src/shared/model/restore.ts'
import { startTcpPeer, type TcpPeer } from '../main/transport/support/tcp-peer.ts'
import { startNodeRed, type NodeRed, type NodeRedOptions } from './node-red-server.ts'

export const user = 'engineer'
export const password = 'Canary-4e1b7f-flows'
export const quiet = new AbortController().signal

/** Flows as the editor writes them: a tab with two nodes that are wired. */
export const lineFlows = (note = 'first'): readonly FlowNode[] => [
  { id: 'tab-line', type: 'tab', label: 'Line 3', disabled: false, info: note, env: [] },
  { id: 'press', type: 'inject', z: 'tab-line', name: 'Press “Ö”', props: [], repeat: '', wires: [['show']] },
  { id: 'show', type: 'debug', z: 'tab-line', name: note, active: true, wires: [] },
]

export type FlowNode = { readonly id: string; readonly type: string } & Readonly<Record<string, unknown>>

/** A running Node-RED, and how the test itself looks at it, without any code of the family. */
export interface Peer extends NodeRed {
  /** The answer of `GET /flows`, as it comes. */
  readonly read: () => Promise<string>
  readonly flows: () => Promise<readonly FlowNode[]>
  /** Deploys as the editor would. */
  readonly deploy: (flows: readonly FlowNode[]) => Promise<void>
  /** How often anybody deployed anything. */
  readonly deployments: () => number
  readonly events: (name: string) => number
}

export async function startPeer(options: NodeRedOptions = {}): Promise<Peer> {
  const server = await startNodeRed(options)
  onTestFinished(server.stop)
  const root = options.httpAdminRoot ?? ''
  const [account] = options.users ?? []
  const ask = asker(server.port, root)
  const token =
    account &&
    (JSON.parse(
      await ask('POST', '/auth/token', {
        client_id: 'node-red-admin',
        grant_type: 'password',
        scope: '*',
        username: account.user,
        password: account.password,
      }),
    ) as { access_token: string })
  const headers = token && { Authorization: `Bearer ${token.access_token}` }
  const read = async () => await ask('GET', '/flows', undefined, headers)
  const events = (name: string): number => server.output().split(`"event":"${name}"`).length - 1
  return {
    ...server,
    read,
    flows: async () => (JSON.parse(await read()) as { flows: readonly FlowNode[] }).flows,
    deploy: async (flows) => {
      const { rev } = JSON.parse(await read()) as { rev: string }
      await ask('POST', '/flows', { flows, rev }, { ...headers, 'Node-RED-Deployment-Type': 'full' })
    },
    events,
    deployments: () => events('flows.set'),
  }
}

function asker(port: number, root: string) {
  return async (method: string, path: string, body?: object, headers: object = {}): Promise<string> => {
    const call = request({
      host: '127.0.0.1',
      port,
      path: `${root}${path}`,
      method,
      rejectUnauthorized: false,
      agent: false,
      headers: { 'Node-RED-API-Version': 'v2', 'Content-Type': 'application/json', ...headers },
    })
    const answer = new Promise<IncomingMessage>((resolve, reject) => {
      call.once('response', resolve).once('error', reject)
    })
    call.end(body && JSON.stringify(body))
    const response = await answer
    const said = await text(response)
    if (response.statusCode !== 200)
      throw new Error(`${method} ${path}: ${response.statusCode ?? ''} ${said}`)
    return said
  }
}

/** Ferrite itself, in a home of its own. */
export async function startFerrite(): Promise<Ferrite> {
  const home = await mkdtemp(join(tmpdir(), 'ferrite-home-'))
  const ferrite = await compose({
    home,
    logIncident: (_incident, error) => {
      throw error
    },
    startParser: inlineParser(),
  })
  onTestFinished(async () => {
    await ferrite.close()
    await rm(home, { recursive: true, force: true })
  })
  return ferrite
}

export async function addDevice(
  ferrite: Ferrite,
  name: string,
  { fingerprint, port }: Pick<Peer, 'fingerprint' | 'port'>,
  changes: { readonly user?: string; readonly facts?: DeviceFacts; readonly role?: DeviceRole } = {},
): Promise<Device> {
  return await ferrite.inventory.add({
    name,
    family: 'node-red',
    address: `https://127.0.0.1:${String(port)}`,
    user: '',
    tags: [],
    facts: {},
    role: 'production',
    pin: { kind: 'tls', fingerprint, acceptedAt: '2026-11-21T06:00:00.000Z', compared: true },
    ...changes,
  })
}

/** A job's context outside a runner. */
export function contextOf(report: (progress: Progress) => void = () => undefined): JobContext {
  return { signal: quiet, report, seal: () => undefined }
}

export function optionsOf(options: Partial<RestoreOptions> = {}): RestoreOptions {
  return restoreOptionsSchema.parse({ mode: 'replace', ...options })
}

/** Passes connections on, and can interfere with what comes after so many requests. */
export interface Relay extends TcpPeer {
  /**
   * At the `count`th request from now: `lose-request` drops it, `lose-answer` drops its answer; both end the connection.
   * A function is run to its end before the request goes on.
   */
  readonly atRequest: (
    count: number,
    interfere: 'lose-request' | 'lose-answer' | (() => Promise<void>),
  ) => void
}

export async function startRelay(port: number): Promise<Relay> {
  let left = 0
  let interfere: Parameters<Relay['atRequest']>[1] | undefined
  const peer = await startTcpPeer((client) => {
    const server = connect({ port, host: '127.0.0.1', noDelay: true })
    let isAsking = false
    let losesAnswer = false
    let passed = Promise.resolve()
    server.on('error', () => client.destroy())
    server.on('close', () => client.destroy())
    client.on('close', () => server.destroy())
    client.on('data', (data) => {
      const isNext = !isAsking
      isAsking = true
      if (isNext && left > 0) left -= 1
      if (isNext && left === 0 && interfere !== undefined) {
        const now = interfere
        interfere = undefined
        if (now === 'lose-request') {
          client.destroy()
          return
        }
        if (now === 'lose-answer') losesAnswer = true
        else passed = passed.then(now)
      }
      passed = passed.then(() => {
        server.write(data)
      })
    })
    server.on('data', (data) => {
      isAsking = false
      if (losesAnswer) client.destroy()
      else client.write(data)
    })
  })
  onTestFinished(async () => peer[Symbol.asyncDispose]())
  return {
    ...peer,
    atRequest: (count, what) => {
      left = count
      interfere = what
    },
  }
}
