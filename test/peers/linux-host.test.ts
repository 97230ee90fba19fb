import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { arch, hostname } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { LinuxSession } from '../../src/main/families/linux-host/session.ts'
import { formatAddress } from '../../src/shared/model/address.ts'
import { normaliseArchitecture } from '../../src/shared/model/identity.ts'
import type { LeftOut } from '../../src/shared/model/scope.ts'
import { Bench, failureOf, never, type Reachable } from '../main/families/linux-host/host-at-work.ts'
import { fillRoot, inventoryOf, isRoot, newRoots, put, type Roots } from './linux-roots.ts'
import { startSshd, type Sshd, type SshdOptions } from './sshd/sshd.ts'

const run = promisify(execFile)

// A restore is some thirty commands, each a process of its own: a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 })

let bench: Bench
let roots: Roots
let sshd: Sshd
let host: Reachable

/** Starts OpenSSH. The shell of its logins reads no start-up files: those of this machine can take half a second. */
async function serve({ environment, ...options }: SshdOptions = {}): Promise<void> {
  sshd = await startSshd({
    hostKeys: ['ed25519'],
    environment: { HOME: roots.folder, ...environment },
    ...options,
  })
  host = reach(sshd)
  bench = await Bench.make({ kind: 'key', user: sshd.user, privateKey: sshd.privateKey })
}

const reach = ({ address, fingerprints }: Sshd): Reachable => ({
  address: formatAddress(address),
  fingerprint: fingerprints.ed25519 ?? '',
})

async function stop(): Promise<void> {
  await bench[Symbol.asyncDispose]()
  await sshd.stop()
}

const factsOf = (root: string, more: Readonly<Record<string, string>> = {}) => ({
  root,
  paths: 'etc,opt,srv',
  stagingFolder: join(roots.folder, 'target', 'tmp'),
  ...more,
})

beforeEach(async () => {
  roots = await newRoots()
  await fillRoot(roots.source)
})

afterEach(async () => {
  await stop()
  await roots[Symbol.asyncDispose]()
})

/** A folder of stand-ins that the host finds before its own programs. */
async function withPrograms(programs: Readonly<Record<string, string>>): Promise<SshdOptions> {
  const folder = join(roots.folder, 'programs')
  await mkdir(folder)
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`)
    await chmod(join(folder, name), 0o755)
  }
  return { environment: { PATH: `${folder}:/usr/bin:/bin` } }
}

const sorted = (leftOut: readonly LeftOut[]): readonly LeftOut[] =>
  [...leftOut].sort((a, b) => (a.what < b.what ? -1 : 1))

/** Ends the process on the host that serves this connection, as a power failure there does. */
async function killSessionProcess(session: LinuxSession): Promise<void> {
  const { stdout } = await session.shell.ssh.run('echo $PPID', { signal: never })
  process.kill(Number(stdout.toString()), 'SIGKILL')
}

describe.each([{ sftp: true }, { sftp: false }])('OpenSSH with %o', (options) => {
  beforeEach(() => serve(options))

  test('a backup opens with plain tar and comes back on another root, same bytes, rights and owners', async () => {
    const facts = factsOf(roots.source)
    const stored = await bench.backUp(await bench.connect(host, facts))
    expect(stored.closing).toMatchObject({ messages: [], passwordProtected: false })
    const plain = join(roots.folder, 'plain')
    await mkdir(plain)
    await run('tar', ['-C', plain, '-xzpf', stored.file])
    const expected = (await inventoryOf(roots.source)).filter((line) => !line.startsWith('tmp'))
    expect(await inventoryOf(plain)).toEqual(expected)

    await put(roots.target, 'etc/app/app.conf', 'old', { mode: 0o777 })
    await put(roots.target, 'etc/app/own.conf', 'not in the archive')
    const observed = await bench.restore(host, stored, { facts: factsOf(roots.target) })
    expect(observed).toMatchObject({
      outcome: 'verified-new',
      errorCount: 0,
      differences: [],
      protocol: [],
      remarks: [{ remark: 'other-files-kept', facts: { count: '1' } }],
    })
    await rm(join(roots.target, 'etc/app/own.conf'))
    const found = (await inventoryOf(roots.target)).filter((line) => !line.startsWith('tmp'))
    expect(found).toEqual(expected)
    expect((await stat(join(roots.target, 'opt/app/bin/app-hard'))).nlink).toBe(2)
    expect(await readdir(join(roots.target, 'tmp'))).toEqual([])
  })
})

describe('OpenSSH', () => {
  test('the identity is what the machine itself says', async () => {
    await serve()
    const identity = await (await bench.connect(host, factsOf(roots.source))).identify(never)
    expect(identity.architecture?.value).toBe(normaliseArchitecture(arch()))
    expect(identity.hostname?.value).toBe(hostname())
    expect(identity.rights?.value).toEqual(isRoot ? ['root'] : [`user ${process.getuid?.() ?? ''}`])
    const osRelease = await readFile('/etc/os-release', 'utf8')
    expect(osRelease).toContain(identity.operatingSystem?.value ?? 'no operating system')
    const { bavail, bsize } = await statfs(roots.source)
    const free = bavail * bsize
    expect(Math.abs((identity.freeBytes?.value ?? 0) - free)).toBeLessThan(2 * 1024 ** 3)
  })

  test('what is not there and what is only a link is said before the backup', async () => {
    await serve()
    await run('ln', ['-s', '/elsewhere', join(roots.source, 'home')])
    const facts = factsOf(roots.source, { paths: 'etc,home,nowhere' })
    const scope = await (await bench.connect(host, facts)).scope(never)
    expect(scope.parts.map(({ id }) => id)).toEqual(['etc', 'home'])
    expect(scope.leftOut).toEqual([
      { what: 'nowhere', reason: 'not-found-on-device' },
      { what: 'home', reason: 'external-storage' },
    ])
  })

  test('lists of access rights and attributes of files come back as well', async () => {
    await serve()
    const session = await bench.connect(host, factsOf(roots.source))
    const file = join(roots.source, 'etc/app/app.conf')
    const set = "import os,sys; os.setxattr(sys.argv[1], 'user.note', b'calibrated')"
    await run('python3', ['-c', set, file])
    const stored = await bench.backUp(session)
    expect((await bench.restore(host, stored, { facts: factsOf(roots.target) })).outcome).toBe('verified-new')
    const get = "import os,sys; print(os.getxattr(sys.argv[1], 'user.note').decode())"
    const { stdout } = await run('python3', ['-c', get, join(roots.target, 'etc/app/app.conf')])
    expect(stdout).toBe('calibrated\n')
  })

  test('another login key is refused before anything is asked', async () => {
    await serve()
    const other = await startSshd({ hostKeys: ['ed25519'] })
    const { user } = sshd
    await other.stop()
    const credentials = { kind: 'key', user, privateKey: other.privateKey } as const
    expect(await failureOf(bench.connect(host, factsOf(roots.source), { credentials }))).toMatchObject({
      code: 'login-refused',
      user,
    })
    expect(sshd.log()).not.toContain('Accepted')
  })

  test('a host whose key has changed gets no login at all', async () => {
    await serve()
    const pinned = host.fingerprint
    const { port } = sshd.address
    await stop()
    await serve({ port })
    expect(host.fingerprint).not.toBe(pinned)
    const connecting = bench.connect(host, factsOf(roots.source), { fingerprints: [pinned] })
    expect(await failureOf(connecting)).toMatchObject({
      code: 'pin-changed',
      pinned,
      offered: host.fingerprint,
    })
    expect(sshd.log()).not.toMatch(/Accepted|Failed|userauth/)
  })

  test('a host that dies in the middle of a backup leaves a failure, never a backup', async () => {
    await serve()
    await put(roots.source, 'opt/large', randomBytes(32 * 1024 * 1024))
    const session = await bench.connect(host, factsOf(roots.source))
    if (!(session instanceof LinuxSession)) throw new Error('not a session of this family')
    const stream = await session.backUp({ signal: never, onProgress: () => undefined })
    let bytes = 0
    const reading = async (): Promise<void> => {
      for await (const piece of stream.content) {
        if (bytes === 0) await killSessionProcess(session)
        bytes += piece.length
      }
      await stream.finish()
    }
    expect(await failureOf(reading())).toMatchObject({ code: 'connection-lost' })
    expect(await failureOf(session.identify(never))).toMatchObject({ code: 'connection-lost' })
  })

  test('a backup that is cancelled stops on the host as well, and the connection is still good', async () => {
    await serve()
    await put(roots.source, 'opt/large', randomBytes(64 * 1024 * 1024))
    const cancel = new AbortController()
    const session = await bench.connect(host, factsOf(roots.source))
    const stream = await session.backUp({ signal: cancel.signal, onProgress: () => undefined })
    const reading = async (): Promise<void> => {
      for await (const piece of stream.content) if (piece.length > 0) cancel.abort()
    }
    expect(await failureOf(reading())).toMatchObject({ code: 'cancelled' })
    expect(await failureOf(stream.finish())).toMatchObject({ code: 'cancelled' })
    const running = async (): Promise<string> => {
      const found = await run('pgrep', ['-f', `[t]ar .*${roots.source}`]).catch(() => ({ stdout: '' }))
      return found.stdout
    }
    await expect.poll(running, { timeout: 10_000 }).toBe('')
    expect((await session.identify(never)).family).toBe('linux-host')
  })

  test('a login that is not the superuser is told what it may not read, by real tools', async () => {
    const hidden = ['etc/app/app.conf', 'etc/app/secret.key', 'srv/none']
    // The superuser may read everything, so where these tests run as root the commands are carried out as nobody.
    const nobody = 'setpriv --reuid=65534 --regid=65534 --clear-groups /bin/sh -c "$SSH_ORIGINAL_COMMAND"'
    await serve(isRoot ? { config: [`ForceCommand ${nobody}`] } : {})
    for (const folder of [roots.folder, roots.source]) await chmod(folder, 0o755)
    for (const path of hidden) await chmod(join(roots.source, path), 0)
    const session = await bench.connect(host, factsOf(roots.source))
    const expected = hidden.map((what) => ({ what, reason: 'not-readable' }))
    expect(sorted((await session.scope(never)).leftOut)).toEqual(expected)
    const { closing, file } = await bench.backUp(session)
    expect(sorted(closing.scope.leftOut)).toEqual(expected)
    expect(closing.messages).toContainEqual({ severity: 'WARNING', text: 'srv/none: Permission denied' })
    expect((await run('tar', ['-tzf', file])).stdout).toContain('etc/app/empty')
    await chmod(join(roots.source, 'srv/none'), 0o700)
  })

  test('a file that cannot be read for another reason makes the backup fail', async () => {
    await serve(
      await withPrograms({
        tar: [
          'case "$*" in *-czf*) ;; *) exec /usr/bin/tar "$@";; esac',
          '/usr/bin/tar "$@"',
          'echo "tar: etc/app/app.conf: Read error at byte 0, while reading 11 bytes: Input/output error" >&2',
          'exit 2',
        ].join('\n'),
      }),
    )
    const session = await bench.connect(host, factsOf(roots.source))
    expect(await failureOf(bench.backUp(session))).toMatchObject({
      code: 'device-command-failed',
      command: 'tar',
      exitCode: 2,
      detail: expect.stringContaining('Input/output error'),
    })
  })

  test('services are restarted, and what became of each is reported', async () => {
    const log = join(roots.folder, 'systemctl.log')
    await serve(
      await withPrograms({
        systemctl: [
          `echo "$*" >> '${log}'`,
          'case "$*" in "is-active -- good") echo active;; "is-active"*) echo failed; exit 3;; *bad*) echo "Unit bad.service not found." >&2; exit 5;; esac',
        ].join('\n'),
      }),
    )
    const stored = await bench.backUp(await bench.connect(host, factsOf(roots.source)))
    const facts = factsOf(roots.target, { services: 'good,weak,bad' })
    expect((await bench.restore(host, stored, { facts })).remarks).toEqual([
      { remark: 'service-restarted', facts: { service: 'good' } },
      { remark: 'service-not-active', facts: { service: 'weak', state: 'failed' } },
      { remark: 'service-not-restarted', facts: { service: 'bad', detail: 'Unit bad.service not found.' } },
    ])
    expect((await readFile(log, 'utf8')).split('\n').filter((line) => line.startsWith('restart'))).toEqual([
      'restart -- good',
      'restart -- weak',
      'restart -- bad',
    ])
  })

  test('a host that loses the connection while it unpacks goes on alone, and the result is found', async () => {
    const slow = 'case "$*" in *-xzpf*) echo x >> "$0.begun"; sleep 2;; esac\nexec /usr/bin/tar "$@"'
    await serve(await withPrograms({ tar: slow }))
    const stored = await bench.backUp(await bench.connect(host, factsOf(roots.source)))
    const session = await bench.connect(host, factsOf(roots.target))
    if (!(session instanceof LinuxSession)) throw new Error('not a session of this family')
    const { stdout } = await session.shell.ssh.run('echo $PPID', { signal: never })
    const device = bench.device(host, factsOf(roots.target))
    const restore = await bench.request(device, stored)
    const prepared = await session.prepareRestore(restore)
    const before = await session.identify(never)
    setTimeout(() => process.kill(Number(stdout.toString()), 'SIGKILL'), 500)
    const commitment = await prepared.commit(never)
    expect(commitment).toMatchObject({ kind: 'unanswered' })
    if (commitment.kind === 'refused') throw new Error('refused')
    const observed = await bench.observe({
      restore,
      before,
      commitment,
      session,
      host,
      facts: factsOf(roots.target),
    })
    expect(observed).toMatchObject({ outcome: 'verified-new', differences: [], errorCount: 0 })
    expect(await readFile(join(roots.folder, 'programs', 'tar.begun'), 'utf8')).toBe('x\n')
    expect(await inventoryOf(join(roots.target, 'opt'))).toEqual(await inventoryOf(join(roots.source, 'opt')))
    expect(await readdir(join(roots.target, 'tmp'))).toEqual([])
  })

  test('a tar that is killed half-way leaves a state that is called neither new nor old', async () => {
    const half = 'case "$*" in *-xzpf*) /usr/bin/tar "$@" -- etc; kill -9 $$;; esac\nexec /usr/bin/tar "$@"'
    await serve(await withPrograms({ tar: half }))
    const stored = await bench.backUp(await bench.connect(host, factsOf(roots.source)))
    await put(roots.target, 'etc/app/app.conf', 'old')
    const safety = await bench.backUp(await bench.connect(host, factsOf(roots.target)))
    const observed = await bench.restore(host, stored, { facts: factsOf(roots.target), safety })
    expect(observed).toMatchObject({ outcome: 'unknown', errorCount: 1 })
    expect(observed.differences.map(({ what }) => what.split('/')[0])).toEqual(
      expect.arrayContaining(['opt', 'srv']),
    )
  })

  test('a target that refuses every write is proven to hold its former state', async () => {
    await serve(await withPrograms({ tar: 'case "$*" in *-xzpf*) exit 2;; esac\nexec /usr/bin/tar "$@"' }))
    const stored = await bench.backUp(await bench.connect(host, factsOf(roots.source)))
    await put(roots.target, 'etc/app/app.conf', 'old')
    const safety = await bench.backUp(await bench.connect(host, factsOf(roots.target)))
    expect(await bench.restore(host, stored, { facts: factsOf(roots.target), safety })).toMatchObject({
      outcome: 'verified-old',
      errorCount: 1,
      differences: [],
    })
    expect(await readFile(join(roots.target, 'etc/app/app.conf'), 'utf8')).toBe('old')
  })

  test('one file out of an archive can be restored', async () => {
    await serve()
    const stored = await bench.backUp(await bench.connect(host, factsOf(roots.source)))
    const options = { parts: ["etc/o'clock (Linie 3) Ü.txt"] }
    const facts = factsOf(roots.target)
    expect((await bench.restore(host, stored, { facts, options })).outcome).toBe('verified-new')
    expect((await inventoryOf(roots.target)).map((line) => line.split(' ')[0])).toEqual([
      'etc',
      "etc/o'clock",
      'tmp',
    ])
  })
})
