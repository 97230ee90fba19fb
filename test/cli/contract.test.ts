import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:tls'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CommandLine, failureOf, problemsOf, type Archive } from './command-line.ts'
import { Devices, type Core, type Host } from './practice-devices.ts'

const execute = promisify(execFile)

// Real processes on a machine that others use, too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let cli: CommandLine
let devices: Devices
let core: Core
let host: Host

beforeAll(async () => {
  cli = await CommandLine.make()
  devices = await Devices.make()
  core = await devices.core('PRESS-7')
  host = await devices.host('PACKER-2')
  await cli.add(core)
  await cli.add(host)
})

afterAll(async () => {
  await devices.stop()
  await cli.remove()
})

describe.concurrent('help and wrong usage', () => {
  test.for([
    [[]],
    [['device']],
    [['device', 'add']],
    [['archive']],
    [['archive', 'compare']],
    [['backup']],
    [['check']],
    [['restore']],
    [['practice', 'start']],
  ])(
    'help of %j goes to standard output, names the common options and is a success',
    async ([words = []], { expect }) => {
      const { code, stdout, stderr } = await cli.run([...words, '--help'])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toContain(['Usage: ferrite', ...words].join(' '))
      for (const option of ['--home', '--vault', '--json', '--lang', '--password-file'])
        expect(stdout).toContain(option)
    },
  )

  test.for([
    [['bogus']],
    [['device']],
    [['device', 'list', '--bogus']],
    [['device', 'show']],
    [['device', 'show', 'nobody']],
    [['device', 'list', '--lang', 'fr']],
    [['device', 'list', '--progress', 'xml']],
    [['device', 'add', 'X', '--family', 'toaster', '--address', 'https://127.0.0.1']],
    [['device', 'add', 'X', '--family', 'ctrlx-core', '--address', 'ssh://127.0.0.1']],
    [['device', 'add', 'X', '--family', 'linux-host', '--address', 'ssh://127.0.0.1', '--fact', 'root']],
    [['device', 'pin', 'PRESS-7', 'abc']],
    [['archive', 'show', 'nothing']],
    [['archive', 'verify']],
    [['archive', 'import', '/nowhere/at-all.zip']],
    [['restore', 'nothing', 'PRESS-7', '--mode', 'half']],
  ])('%j is wrong usage, told in one document', async ([words = []], { expect }) => {
    const { code, stdout } = await cli.run([...words, '--json'])
    expect(code).toBe(2)
    const { failure } = JSON.parse(stdout) as { failure: { code: string; message: string } }
    expect(failure.code).toMatch(/^(bad-input|not-found|file-unreadable)$/)
    expect(failure.message).not.toBe('')
  })

  test('without --json a failure is told on standard error with its code, and standard output stays empty', async ({
    expect,
  }) => {
    const english = await cli.run(['device', 'show', 'nobody'])
    expect(english).toMatchObject({ code: 2, stdout: '' })
    expect(english.stderr).toMatch(
      /There is no device “nobody”.*\[not-found\]\nNothing was changed\.\nCheck the name/,
    )
    const german = await cli.run(['--lang', 'de', 'device', 'show', 'nobody'])
    expect(german.stderr).toMatch(
      /„nobody“ gibt es nicht.*\[not-found\]\nNichts wurde verändert\.\nPrüfen Sie/,
    )
  })

  test('a home that cannot be one is a failure with a code, not a stack', async ({ expect }) => {
    const file = join(cli.home, 'a-file')
    await writeFile(file, 'no folder')
    const ended = await cli.run(['device', 'list', '--home', file, '--json'])
    expect(failureOf(ended).code).toBe('storage-damaged')
    expect(ended.stderr).not.toContain('    at ')
  })
})

describe('adding a device', () => {
  const where = (device: Core | Host) => [
    '--family',
    device.family,
    '--address',
    device.address,
    '--user',
    device.user,
  ]

  test('without a pin the fingerprint is shown, nothing is added and nothing was sent', async () => {
    for (const device of [core, host]) {
      const before = device.log().length
      const ended = await cli.run(['device', 'add', 'UNPINNED', ...where(device), '--json'])
      expect(ended.code).toBe(6)
      expect(failureOf(ended)).toMatchObject({ code: 'pin-unknown', offered: device.fingerprint })
      expect(device.log().slice(before)).toEqual([])
    }
    const spoken = await cli.run(['device', 'add', 'UNPINNED', ...where(core)])
    expect(spoken.stderr).toContain(core.fingerprint)
    expect((await cli.run(['device', 'show', 'UNPINNED'])).code).toBe(2)
  })

  test('--trust-first takes what the device shows and says that nobody compared it', async () => {
    const added = await cli.json(['device', 'add', 'TRUSTED', ...where(host), '--trust-first'])
    expect(added).toMatchObject({ pin: { kind: 'ssh', fingerprint: host.fingerprint, compared: false } })
    expect(await cli.json(['device', 'remove', 'TRUSTED'])).toEqual({ removed: expect.any(String) as string })
  })

  test('a pin in the spelling of openssl is the same pin', async () => {
    const socket = connect({
      port: Number(new URL(core.address).port),
      host: '127.0.0.1',
      rejectUnauthorized: false,
    })
    await once(socket, 'secureConnect')
    const file = join(cli.home, 'certificate.pem')
    await writeFile(file, new X509Certificate(socket.getPeerCertificate().raw).toString())
    socket.destroy()
    const { stdout } = await execute('openssl', ['x509', '-in', file, '-noout', '-fingerprint', '-sha256'])
    const [, colons = ''] = stdout.trim().split('=')
    expect(colons).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    for (const [index, pin] of [colons, stdout.trim()].entries()) {
      const added = await cli.json(['device', 'add', `COLONS-${String(index)}`, ...where(core), '--pin', pin])
      expect(added).toMatchObject({ pin: { kind: 'tls', fingerprint: core.fingerprint, compared: true } })
    }
    const probed = await cli.json(['device', 'probe', 'COLONS-0'], { password: devices.password })
    expect(probed).toMatchObject({ identity: { serial: { value: core.serialNumber, provenance: 'probed' } } })
  })

  test('a name that is taken is refused', async () => {
    const ended = await cli.run([
      'device',
      'add',
      core.name,
      ...where(core),
      '--pin',
      core.fingerprint,
      '--json',
    ])
    expect({ code: ended.code, failure: failureOf(ended).code }).toEqual({ code: 2, failure: 'name-taken' })
  })
})

describe('documents and secrets', () => {
  test('a backup of two devices side by side is one document, and every list is { items }', async () => {
    const { password } = devices
    const words = [
      'backup',
      core.name,
      host.name,
      '--note',
      'before the update',
      '--json',
      '--progress',
      'json',
    ]
    const { code, stdout, stderr } = await cli.run(words, { password })
    expect(code).toBe(0)
    const { items } = JSON.parse(stdout) as { items: readonly Archive[] }
    expect(items.map(({ sha256 }) => sha256)).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      expect.stringMatching(/^[0-9a-f]{64}$/),
    ])
    const progress = stderr.trim().split('\n')
    expect(progress.length).toBeGreaterThan(3)
    for (const line of progress)
      expect(JSON.parse(line)).toMatchObject({ phase: expect.any(String) as string })
    for (const words of [
      ['device', 'list'],
      ['archive', 'list'],
      ['archive', 'tree', items[0]!.id],
    ]) {
      const listed = await cli.json<{ items: readonly unknown[] }>(words)
      expect(Object.keys(listed)).toEqual(['items'])
      expect(listed.items.length).toBeGreaterThanOrEqual(2)
    }
  })

  test('the password may come from a file or from standard input', async () => {
    const file = join(devices.folder, 'password')
    await writeFile(file, `${devices.password}\n`)
    await cli.json(['device', 'probe', host.name, '--password-file', file])
    await cli.json(['device', 'probe', host.name, '--password-file', '-'], { stdin: `${devices.password}\n` })
    const without = await cli.run(['device', 'probe', host.name, '--json'])
    expect({ code: without.code, failure: failureOf(without).code }).toEqual({
      code: 5,
      failure: 'credentials-needed',
    })
  })

  test('the vault and the history are sound, and the password was written nowhere', async () => {
    expect(await problemsOf(cli.home)).toEqual([])
    const written = await cli.everythingWritten()
    const secret = devices.password
    expect(written.includes(core.fingerprint)).toBe(true)
    for (const form of [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').slice(0, -4),
    ]) {
      expect(written.includes(form)).toBe(false)
    }
  })
})

test('practice start prints the fleet in one line and ends with Ctrl-C', async () => {
  let fleet = ''
  const ended = await cli.run(['practice', 'start', '--json'], {
    onStdout: (text, pid) => {
      if (fleet !== '' || !text.includes('\n')) return
      fleet = text
      process.kill(pid, 'SIGINT')
    },
  })
  const { items } = JSON.parse(fleet) as { items: readonly { name: string; password: string }[] }
  expect(items.map(({ name }) => name)).toContain('OFFICE-TWIN')
  expect(ended).toMatchObject({ code: 0, stdout: fleet })
})
