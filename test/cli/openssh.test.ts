import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { formatAddress } from '../../src/shared/model/address.ts'
import { startSshd, type Sshd, type SshdOptions } from '../peers/sshd/sshd.ts'
import { fillRoot, inventoryOf, newRoots, put, type Roots } from '../peers/linux-roots.ts'
import { CommandLine, problemsOf, type Archive } from './command-line.ts'
import { tells } from './telling.ts'

const execute = promisify(execFile)

// A restore is some thirty commands, each a process of its own.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 })

let cli: CommandLine
let roots: Roots
let identity: readonly string[]
let sshd: Sshd
let keys: string

beforeAll(async () => {
  cli = await CommandLine.make()
  roots = await newRoots()
  keys = await mkdtemp(join(tmpdir(), 'ferrite-cli-key-'))
  await fillRoot(roots.source)
  sshd = await serve()
  identity = await identityFor(sshd, 'login')
  await add('SOURCE', sshd, roots.source)
  await add('TARGET', sshd, roots.target)
})

afterAll(async () => {
  await sshd.stop()
  await roots[Symbol.asyncDispose]()
  await cli.remove()
  await rm(keys, { recursive: true })
})

/** OpenSSH, whose logins read no start-up files of this machine. */
async function serve({ environment, ...options }: SshdOptions = {}): Promise<Sshd> {
  const home = { HOME: roots.folder, ...environment }
  return await startSshd({ hostKeys: ['ed25519'], environment: home, ...options })
}

async function identityFor(server: Sshd, name: string): Promise<readonly string[]> {
  const file = join(keys, name)
  await writeFile(file, server.privateKey, { mode: 0o600 })
  return ['--identity', file]
}

async function add(name: string, server: Sshd, root: string): Promise<void> {
  const { address, fingerprints, user } = server
  await cli.add(
    {
      name,
      family: 'linux-host',
      address: formatAddress(address),
      fingerprint: fingerprints.ed25519 ?? '',
      user,
    },
    { root, paths: 'etc,opt,srv', stagingFolder: join(roots.target, 'tmp') },
  )
}

const ofPaths = async (root: string): Promise<readonly string[]> =>
  (await inventoryOf(root)).filter((line) => !line.startsWith('tmp'))

describe('against OpenSSH itself', () => {
  test('a backup opens with plain tar and comes back on another root, same bytes, rights and owners', async () => {
    const archive = await cli.json<Archive>(['backup', 'SOURCE', ...identity])
    const [plain, file] = [join(roots.folder, 'plain'), join(roots.folder, 'exported.tar.gz')]
    await mkdir(plain)
    await cli.json(['archive', 'export', archive.id, '--to', file])
    await execute('tar', ['-C', plain, '-xzpf', file])
    const expected = await ofPaths(roots.source)
    expect(expected.length).toBeGreaterThan(10)
    expect(await ofPaths(plain)).toEqual(expected)

    await put(roots.target, 'etc/app/app.conf', 'old', { mode: 0o777 })
    const report = await cli.json<{ safetyArchiveId: string }>([
      ...['restore', archive.id, 'TARGET', '--confirm', 'TARGET', ...identity],
    ])
    expect(report).toMatchObject({ outcome: 'verified-new', clean: true, differences: [] })
    expect(await ofPaths(roots.target)).toEqual(expected)
    expect(await readdir(join(roots.target, 'tmp'))).toEqual([])
    expect((await stat(join(roots.target, 'opt/app/bin/app-hard'))).nlink).toBe(2)
    const old = await cli.run(['archive', 'cat', report.safetyArchiveId, 'etc/app/app.conf'])
    expect(old.stdout).toBe('old')
  })

  test('another login key is refused: 5', async () => {
    const other = await serve()
    onTestFinished(async () => {
      await other.stop()
    })
    const wrong = await identityFor(other, 'wrong')
    const words = ['device', 'probe', 'SOURCE', ...wrong]
    await tells(cli, { words, together: true, exit: 5, code: 'login-refused' })
  })

  test('a host key that has changed is refused: 6, and no login is tried', async () => {
    const first = await serve()
    await first.stop()
    await using second = await serve({ port: first.address.port })
    await add('CHANGED', first, roots.source)
    const words = ['backup', 'CHANGED', ...(await identityFor(second, 'second'))]
    const failure = await tells(cli, { words, exit: 6, code: 'pin-changed' })
    expect(failure).toMatchObject({
      pinned: first.fingerprints.ed25519,
      offered: second.fingerprints.ed25519,
    })
    expect(second.log()).toContain('Connection from')
    expect(second.log()).not.toMatch(/Accepted|Failed|userauth|Postponed|authenticating user/i)
  })

  test('a tar that ends in the middle and calls it a success makes no archive: 10', async () => {
    const programs = join(roots.folder, 'programs')
    await mkdir(programs)
    const script = [
      '#!/bin/sh',
      'case "$*" in *-czf*) ;; *) exec /usr/bin/tar "$@";; esac',
      '/usr/bin/tar "$@" 2>/dev/null | head -c 700',
      'exit 0',
    ]
    await writeFile(join(programs, 'tar'), script.join('\n'))
    await chmod(join(programs, 'tar'), 0o755)
    await using short = await serve({ environment: { PATH: `${programs}:/usr/bin:/bin` } })
    await add('SHORT', short, roots.source)
    const before = await cli.archives()
    await tells(cli, {
      words: ['backup', 'SHORT', ...(await identityFor(short, 'short'))],
      exit: 10,
      code: ['archive-truncated', 'archive-structure'],
    })
    expect(await cli.archives()).toEqual(before)
  })

  test('the vault is sound, and the private key was written nowhere', async () => {
    expect(await problemsOf(cli.home)).toEqual([])
    expect(await cli.staged()).toEqual([])
    const [, line = ''] = (await readFile(identity[1] ?? '', 'utf8')).split('\n')
    expect(line.length).toBeGreaterThan(30)
    expect((await cli.everythingWritten()).includes(line)).toBe(false)
  })
})
