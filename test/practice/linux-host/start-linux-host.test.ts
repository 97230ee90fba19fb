import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LinuxHost } from '../../../src/practice/linux-host/start-linux-host.ts'
import { startLinuxHost } from '../../../src/practice/linux-host/start-linux-host.ts'
import type { LinuxHostOptions } from '../../../src/practice/linux-host/options.ts'
import type { Answer, SshClient } from './ssh-client.ts'
import { newSshClient } from './ssh-client.ts'

const run = promisify(execFile)

let client: SshClient
let folder: string
let host: LinuxHost

beforeEach(async () => {
  client = await newSshClient()
  folder = await mkdtemp(join(tmpdir(), 'linux-host-'))
  host = await start()
})

afterEach(async () => {
  await host.stop()
  await client[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

function start(more: Partial<LinuxHostOptions> = {}): Promise<LinuxHost> {
  return startLinuxHost({
    folder: join(folder, more.name ?? 'line-3'),
    model: 'panel-pc',
    name: 'Line 3',
    credentials: { user: 'root', password: 'practice' },
    authorizedKeys: [client.publicKey],
    ...more,
  })
}

const ask = (line: string, input?: Buffer): Promise<Answer> =>
  client.command(host.address, line, input && { input })
const text = async (line: string): Promise<string> => (await ask(line)).output.toString()

test('it tells who it is as a Debian host does', async () => {
  expect(await text('uname -m')).toBe('x86_64\n')
  expect(await text('uname -n')).toBe('line-3\n')
  expect(await text('id -u')).toBe('0\n')
  expect(await text('cat -- /etc/os-release')).toContain('VERSION_ID=12\n')
  expect(await text('cat -- /etc/machine-id')).toMatch(/^[0-9a-f]{32}\n$/)
  expect(await text('df -Pk -- /')).toMatch(/^Filesystem .*\n\/dev\/\S+ \d+ \d+ \d+ \d+% \/\n$/)
})

test('its archive opens with plain tar and holds modes, owners, links and content', async () => {
  const { exitCode, output } = await ask('env LC_ALL=C tar --numeric-owner -C / -czf - -- etc opt srv')
  expect(exitCode).toBe(0)
  const file = join(folder, 'backup.tar.gz')
  await writeFile(file, output)
  const { stdout } = await run('tar', ['--numeric-owner', '-tvzf', file])
  expect(stdout).toMatch(/^-rw-r----- 0\/42 .* etc\/shadow$/m)
  expect(stdout).toMatch(/^-rwsr-xr-x 0\/0 .* opt\/fillline\/bin\/recipe-sync$/m)
  expect(stdout).toMatch(/^lrwxrwxrwx 0\/0 .* etc\/os-release -> \.\.\/usr\/lib\/os-release$/m)
  expect(stdout).toMatch(/^drwxrwsr-x 998\/998 .* srv\/recipes\/$/m)
  expect((await run('tar', ['-xOzf', file, 'opt/fillline/VERSION'])).stdout).toBe('2.8.1\n')
})

test('what it is sent is kept, hashed, listed and unpacked with owners and modes', async () => {
  const { output } = await ask('tar -C / -czf - -- srv opt')
  await using other = await start({ name: 'Line 4' })
  const there = (line: string, input?: Buffer): Promise<Answer> =>
    client.command(other.address, line, input && { input })
  expect((await there('mkdir -m 700 -- /var/tmp/stage')).exitCode).toBe(0)
  expect((await there("cat > '/var/tmp/stage/up.tar.gz'", output)).exitCode).toBe(0)
  const sum = (await there('sha256sum -- /var/tmp/stage/up.tar.gz')).output.toString()
  expect(sum).toBe(`${createHash('sha256').update(output).digest('hex')}  /var/tmp/stage/up.tar.gz\n`)
  expect((await there('tar -tzf /var/tmp/stage/up.tar.gz')).output.toString()).toContain(
    'srv/recipes/pear-05.json\n',
  )
  other.tree.remove('srv/recipes')
  other.tree.write('opt/fillline/VERSION', 'damaged', { mode: 0o600, uid: 7, gid: 7, modifiedAt: 1 })
  expect((await there('tar -C / -xzpf /var/tmp/stage/up.tar.gz -- srv')).exitCode).toBe(0)
  expect(other.tree.get('srv/recipes')).toEqual(host.tree.get('srv/recipes'))
  expect(other.tree.get('srv/recipes/pear-05.json')).toEqual(host.tree.get('srv/recipes/pear-05.json'))
  expect(other.tree.read('opt/fillline/VERSION').toString()).toBe('damaged')
  expect((await there('rm -rf -- /var/tmp/stage')).exitCode).toBe(0)
  expect(other.tree.get('var/tmp/stage')).toBeUndefined()
})

test('the same folder brings the same host back, with files that a person put there meanwhile', async () => {
  const { fingerprint } = host
  const machineId = await text('cat -- /etc/machine-id')
  await host.stop()
  await writeFile(join(folder, 'line-3', 'root', 'srv', 'by-hand.txt'), 'hello')
  host = await start()
  expect(host.fingerprint).toBe(fingerprint)
  expect(await text('cat -- /etc/machine-id')).toBe(machineId)
  expect(await text('cat -- /srv/by-hand.txt')).toBe('hello')
})

test('a login that is not the superuser is told what it may not read', async () => {
  await host.stop()
  const engineer = {
    user: 'engineer',
    password: 'x',
    uid: 1000,
    gid: 1000,
    authorizedKeys: [client.publicKey],
  }
  host = await start({ users: [engineer] })
  const { exitCode, errors } = await client.command(host.address, 'tar -C / -czf - -- etc', {
    user: 'engineer',
  })
  expect(exitCode).toBe(2)
  expect(errors).toContain('tar: etc/shadow: Cannot open: Permission denied\n')
  const question =
    "find /etc '(' -type f -o -type d ')' '(' '!' -readable -o -type d '!' -executable ')' -print -prune"
  const found = await client.command(host.address, question, { user: 'engineer' })
  expect(found.output.toString().split('\n')).toContain('/etc/shadow')
})

test('commands that are not in its table and everything a shell could do beside them are refused', async () => {
  expect((await ask('reboot')).exitCode).toBe(127)
  expect((await ask('constructor')).exitCode).toBe(127)
  expect((await ask('cat /etc/hostname; rm -rf /etc')).exitCode).toBe(2)
  expect((await ask('cat $(id)')).exitCode).toBe(2)
  expect(host.tree.get('etc/hostname')).toBeDefined()
})

test('nothing that it is sent leaves its folder', async () => {
  const work = join(folder, 'work')
  await run('mkdir', ['-p', join(work, 'inner')])
  await run('ln', ['-s', '/', join(work, 'inner', 'out')])
  await writeFile(join(work, 'evil'), 'evil')
  await run('tar', ['-C', join(work, 'inner'), '-czPf', join(folder, 'evil.tar.gz'), '../evil', 'out'])
  await ask("cat > '/tmp/e.tgz'", await readFile(join(folder, 'evil.tar.gz')))
  const { exitCode, errors } = await ask('tar -C /tmp -xzpf /tmp/e.tgz')
  expect(exitCode).toBe(2)
  expect(errors).toContain('tar: ../evil: ')
  expect(host.tree.get('evil')).toBeUndefined()
  await ask("cat > '/tmp/out/etc/written-through-a-link'", Buffer.from('x'))
  expect(host.tree.read('etc/written-through-a-link').toString()).toBe('x')
})

test('its witness holds every attempt to log in and every command, with exit codes', async () => {
  await ask('uname -m')
  await client.command(host.address, 'uname -m', { user: 'nobody' })
  await ask('test -e /nowhere')
  const lines = host.log().map(({ method, path, user, status }) => [method, path, user, status])
  expect(lines).toContainEqual(['AUTH', 'publickey accepted', 'root', 0])
  expect(lines).toContainEqual(['EXEC', 'uname -m', 'root', 0])
  expect(lines).toContainEqual(['AUTH', 'publickey refused', 'nobody', 1])
  expect(lines).toContainEqual(['EXEC', 'test -e /nowhere', 'root', 1])
  expect(lines.filter(([, , user]) => user === 'nobody').every(([method]) => method === 'AUTH')).toBe(true)
})

test('there is no SFTP and no shell', async () => {
  const { port } = new URL(host.address)
  const options = [
    '-o',
    'StrictHostKeyChecking=no',
    '-o',
    `UserKnownHostsFile=${join(client.folder, 'known')}`,
  ]
  const sftp = run('sftp', [
    ...options,
    '-o',
    'BatchMode=yes',
    '-i',
    join(client.folder, 'key'),
    '-P',
    port,
    'root@127.0.0.1',
  ])
  await expect(sftp).rejects.toThrow(/subsystem request failed/)
})

test('a service is restarted when its program is there, and says so when it is not', async () => {
  expect((await ask('systemctl restart -- fillline')).exitCode).toBe(0)
  expect(await text('systemctl is-active -- fillline')).toBe('active\n')
  host.tree.remove('opt/fillline/bin/fillline')
  expect((await ask('systemctl restart -- fillline')).exitCode).toBe(1)
  expect(await text('systemctl is-active -- fillline')).toBe('inactive\n')
  expect((await ask('systemctl restart -- nothing')).exitCode).toBe(5)
})

test('faults strike where they are aimed', async () => {
  host.inject({ effect: 'cut-output', command: 'tar ', afterBytes: 1000, how: 'reset' })
  const cut = await ask('tar -C / -czf - -- etc')
  expect(cut.exitCode).toBe(255)
  expect(cut.output.length).toBe(1000)
  host.inject({ effect: 'wrong-sha256', command: 'sha256sum' })
  const wrong = await text('sha256sum -- /etc/hostname')
  expect(wrong).not.toBe(await text('sha256sum -- /etc/hostname'))
  host.inject({ effect: 'disk-full', afterBytes: 10 })
  expect(await ask("cat > '/tmp/x'", Buffer.alloc(20))).toMatchObject({
    exitCode: 1,
    errors: 'cat: write error: No space left on device\n',
  })
  const before = await text('cat -- /etc/machine-id')
  host.inject({ effect: 'swap-identity' })
  expect(await text('cat -- /etc/machine-id')).not.toBe(before)
})

test('a command whose answer is lost is carried out all the same', async () => {
  host.inject({ effect: 'lose-answer', command: 'mkdir', afterMs: 20 })
  expect((await ask('mkdir -m 700 -- /tmp/made')).exitCode).toBe(255)
  await expect.poll(() => host.tree.get('tmp/made')?.mode).toBe(0o700)
})

test('it stops at once in the middle of a silence, and a stopped host answers nobody', async () => {
  host.inject({ effect: 'silence' })
  const silent = ask('uname -m')
  await expect.poll(() => host.log().some(({ method }) => method === 'AUTH')).toBe(true)
  await host.stop()
  expect((await silent).exitCode).toBe(255)
  expect((await ask('uname -m')).exitCode).toBe(255)
})

test('a new host key is shown to the next connection', async () => {
  const before = host.fingerprint
  const after = host.changeHostKey()
  expect(after).not.toBe(before)
  const { port } = new URL(host.address)
  const { stdout } = await run('ssh-keyscan', ['-p', port, '127.0.0.1'])
  await writeFile(join(folder, 'key.pub'), stdout)
  expect((await run('ssh-keygen', ['-lf', join(folder, 'key.pub')])).stdout).toContain(after)
})
