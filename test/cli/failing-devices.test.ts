import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { CommandLine, failureOf, problemsOf, type Reached } from './command-line.ts'
import { Devices, type Core, type Host } from './practice-devices.ts'
import { tells } from './telling.ts'

// A device that stays silent is given up after the product's own times.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

const payloadBytes = 3 * 1024 * 1024
/** Where a ctrlX CORE keeps the file it has made. */
const download = /^\/setup\/api\/v1\/setups\/./

/** What is peculiar to a family in these tests. */
interface Kind {
  readonly family: 'ctrlx-core' | 'linux-host'
  readonly anyPin: string
  readonly start: (name: string) => Promise<Core | Host>
  readonly changeKey: (device: Core | Host) => Promise<string> | string
  /** The connection ends in the middle of the file. */
  readonly cut: (device: Core | Host) => void
  readonly cutOff: { readonly exit: readonly number[]; readonly code: readonly string[] }
  /** What arrives is not what the device keeps. */
  readonly truncate: (device: Core | Host) => void
  /** The promised code of the process then: a ctrlX says how long the file is, a stream of `tar` is judged when it is read. */
  readonly truncated: { readonly exit: number; readonly code: readonly string[] }
  /** The file begins and then no more of it comes. */
  readonly stall: (device: Core | Host) => void
}

let cli: CommandLine
let devices: Devices

const ctrlx: Kind = {
  family: 'ctrlx-core',
  anyPin: 'ab'.repeat(32),
  start: async (name) => await devices.core(name, { payloadBytes }),
  changeKey: async (device) => await (device as Core).renewCertificate(),
  cut: (device) =>
    (device as Core).inject({
      effect: 'cut-download',
      afterBytes: 500_000,
      how: 'reset',
      path: download,
      times: 9,
    }),
  // Under load a reset can look like an orderly close, and that is told as a file of the wrong length.
  cutOff: { exit: [5, 9], code: ['connection-lost', 'device-unreachable', 'length-mismatch'] },
  truncate: (device) =>
    (device as Core).inject({ effect: 'truncate-file', keepBytes: 500_000, path: download }),
  truncated: { exit: 9, code: ['length-mismatch', 'unexpected-answer'] },
  stall: (device) =>
    (device as Core).inject({ effect: 'cut-download', afterBytes: 500_000, how: 'silence', path: download }),
}
const linux: Kind = {
  family: 'linux-host',
  anyPin: `SHA256:${'A'.repeat(43)}`,
  start: async (name) => await devices.host(name, { payloadBytes }),
  changeKey: (device) => (device as Host).changeHostKey(),
  cut: (device) =>
    (device as Host).inject({ effect: 'cut-output', command: '-czf', afterBytes: 500_000, how: 'reset' }),
  cutOff: { exit: [5], code: ['connection-lost'] },
  truncate: (device) =>
    (device as Host).inject({ effect: 'damage-output', command: '-czf', offset: 500_000 }),
  truncated: { exit: 10, code: ['archive-truncated', 'archive-structure', 'archive-crc'] },
  stall: (device) =>
    (device as Host).inject({ effect: 'cut-output', command: '-czf', afterBytes: 500_000, how: 'silence' }),
}

beforeAll(async () => {
  cli = await CommandLine.make()
  devices = await Devices.make()
})

afterAll(async () => {
  await devices.stop()
  await cli.remove()
})

const added = async (kind: Kind, name: string): Promise<Core | Host> => {
  const device = await kind.start(`${kind.family}-${name}`)
  await cli.add(device)
  return device
}

/** Accepts connections, reads what comes and never says a word. */
async function startSilent(name: string, { family, anyPin }: Kind): Promise<Reached & AsyncDisposable> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => sockets.add(socket.resume().on('error', () => undefined)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const place = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return {
    name,
    family,
    user: 'root',
    address: family === 'linux-host' ? `ssh://${place}` : `https://${place}`,
    fingerprint: anyPin,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await once(server.close(), 'close')
    },
  }
}

describe.concurrent.each([
  ['ctrlX CORE', ctrlx],
  ['Linux host', linux],
])('a %s', (_, kind) => {
  test('that refuses the password: 5', async ({ expect }) => {
    const device = await added(kind, 'password')
    const run = { password: 'Wrong-but-long-enough-1' }
    await tells(cli, { words: ['backup', device.name], run, exit: 5, code: 'login-refused' })
    expect((await cli.everythingWritten()).includes(run.password)).toBe(false)
  })

  test('whose fingerprint nobody has accepted: 6, and the fingerprint is told', async ({ expect }) => {
    const device = await kind.start(`${kind.family}-unknown`)
    const words = ['device', 'add', device.name, '--family', kind.family, '--address', device.address]
    const failure = await tells(cli, { words: [...words, '--user', 'root'], exit: 6, code: 'pin-unknown' })
    expect(failure).toMatchObject({ offered: device.fingerprint })
    expect(device.log()).toEqual([])
  })

  test('whose fingerprint has changed: 6, and it never sees a login', async ({ expect }) => {
    const device = await added(kind, 'changed')
    const pinned = device.fingerprint
    const offered = await kind.changeKey(device)
    const { password } = devices
    const failure = await tells(cli, {
      words: ['backup', device.name],
      run: { password },
      exit: 6,
      code: 'pin-changed',
    })
    expect(failure).toMatchObject({ pinned, offered })
    expect(device.log()).toEqual([])
    await cli.json(['device', 'pin', device.name, offered])
    await cli.json(['device', 'probe', device.name], { password })
    expect(device.log().length).toBeGreaterThan(0)
  })

  test('that accepts the connection and stays silent: 5', async () => {
    await using device = await startSilent(`${kind.family}-silent`, kind)
    await cli.add(device)
    const { password } = devices
    const words = ['backup', device.name]
    await tells(cli, { words, run: { password }, together: true, exit: 5, code: 'device-silent' })
  })

  test('that is not there: 5', async () => {
    const device = await startSilent(`${kind.family}-gone`, kind)
    await cli.add(device)
    await device[Symbol.asyncDispose]()
    const { password } = devices
    await tells(cli, {
      words: ['device', 'probe', device.name],
      run: { password },
      exit: 5,
      code: 'device-unreachable',
    })
  })

  test('that goes away in the middle of a transfer: told as such', async () => {
    const device = await added(kind, 'cut')
    await tells(cli, {
      words: ['backup', device.name],
      run: { password: devices.password },
      prepare: () => {
        kind.cut(device)
      },
      ...kind.cutOff,
    })
  })

  test('that gives only a part of the file, or another one: never taken for a backup', async () => {
    const device = await added(kind, 'truncated')
    await tells(cli, {
      words: ['backup', device.name],
      run: { password: devices.password },
      prepare: () => {
        kind.truncate(device)
      },
      ...kind.truncated,
    })
  })

  test('whose backup is interrupted with Ctrl-C: 7, and the process ends at once', async ({ expect }) => {
    const device = await added(kind, 'interrupted')
    kind.stall(device)
    let interruptedAt = 0
    const ended = await cli.run(['backup', device.name, '--json'], {
      password: devices.password,
      onStderr: (text, pid) => {
        if (interruptedAt > 0 || !text.includes(': Transferring')) return
        interruptedAt = performance.now()
        process.kill(pid, 'SIGINT')
      },
    })
    expect({ code: ended.code, failure: failureOf(ended).code }).toEqual({ code: 7, failure: 'cancelled' })
    expect(performance.now() - interruptedAt).toBeLessThan(15_000)
  })
})

test('after all of it nothing is listed, nothing is left in staging, and vault and history are sound', async () => {
  expect(await cli.archives()).toEqual([])
  expect(await cli.staged()).toEqual([])
  expect(await problemsOf(cli.home)).toEqual([])
  expect((await cli.everythingWritten()).includes(devices.password)).toBe(false)
})
