import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import type { DeviceOnServer } from '../../../src/practice/deviceon-server/start-deviceon-server.ts'
import { newSshClient } from '../linux-host/ssh-client.ts'
import { connect, files, practiceServer, temporaryFolder } from './practice.ts'

const run = promisify(execFile)
const storage = '/D:/DeviceOn/Backup'

/** Runs OpenSSH's own sftp with these commands and gives what it prints. */
async function openSshFiles(server: Promise<DeviceOnServer>, key: string, commands: readonly string[]) {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'batch'), commands.join('\n'))
  const { port } = new URL((await server).address)
  const options = [
    'StrictHostKeyChecking=no',
    `UserKnownHostsFile=${join(folder, 'known')}`,
    'LogLevel=ERROR',
  ]
  const flags = options.flatMap((option) => ['-o', option])
  const { stdout } = await run('sftp', [
    ...flags,
    ...['-F', 'none', '-i', key, '-P', port, '-b', join(folder, 'batch')],
    'deviceon@127.0.0.1',
  ])
  return stdout
}

test('the storage folder lists one whole zip a day, named and dated in UTC', async () => {
  const clock = (): number => Date.UTC(2026, 4, 20, 1, 0)
  const server = await practiceServer({ clock })
  const listed = await (await files(await connect(server))).list(storage)
  expect(listed.map(({ filename }) => filename)).toEqual([
    'Backup_20260517_0200Z.zip',
    'Backup_20260518_0200Z.zip',
    'Backup_20260519_0200Z.zip',
  ])
  for (const { filename, attrs } of listed) {
    const file = server.realPath(`${storage}/${filename}`)
    expect(attrs.size).toBe((await readFile(file)).length)
    expect(new Date(attrs.mtime * 1000).toISOString().slice(0, 16)).toBe(
      filename.replace(/^Backup_(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)Z\.zip$/, '$1-$2-$3T$4:$5'),
    )
    expect((await run('unzip', ['-t', file])).stdout).toContain('No errors detected')
  }
})

test('a backup holds dumps and configuration in plain, and with a TPM nothing that can be read', async () => {
  const plain = await practiceServer()
  const sealed = await practiceServer({ name: 'PLANT-2', tpm: 'used' })
  const show = async (server: DeviceOnServer) =>
    (await run('unzip', ['-p', server.realPath((await server.makeBackup()).path)], { encoding: 'latin1' }))
      .stdout
  const text = await show(plain)
  expect(text).toContain('COPY public.device')
  expect(text).toContain('<ServerConfig>')
  expect(text).not.toContain('5.3.12')
  const dark = await show(sealed)
  expect(dark).not.toContain('COPY')
  expect(dark).not.toContain('ServerConfig')
  const { stdout } = await run('unzip', [
    '-Z1',
    plain.realPath((await plain.makeBackup({ at: new Date(0) })).path),
  ])
  expect(stdout.split('\n')).toContain('postgresql/deviceon.sql')
})

test('a growing backup is larger at each look until it is whole', async () => {
  const server = await practiceServer({ payloadBytes: 50_000 })
  const { list } = await files(await connect(server))
  const backup = await server.growBackup({ parts: 4 })
  const size = async (): Promise<number> =>
    (await list(storage)).find(({ filename }) => filename === backup.name)!.attrs.size
  const sizes = [await size()]
  for (let look = 0; look < 2; look += 1) {
    backup.grow()
    sizes.push(await size())
  }
  await expect(run('unzip', ['-t', server.realPath(backup.path)])).rejects.toThrow()
  const { bytes } = backup.finish()
  expect([...sizes, await size()]).toEqual([...new Set([...sizes, bytes])].sort((one, other) => one - other))
  expect((await run('unzip', ['-t', server.realPath(backup.path)])).stdout).toContain('No errors detected')
})

test('a backup that grows by itself becomes whole by itself', async () => {
  const server = await practiceServer()
  const { name, whole } = await server.growBackupSlowly({ parts: 3, everyMs: 20 })
  const first = await readFile(server.realPath(`${storage}/${name}`))
  const { sha256, bytes } = await whole
  expect(first.length).toBeLessThan(bytes)
  expect(
    createHash('sha256')
      .update(await readFile(server.realPath(`${storage}/${name}`)))
      .digest('hex'),
  ).toBe(sha256)
})

test("OpenSSH's own sftp lists, gets, puts, renames and removes", async () => {
  const client = await newSshClient()
  onTestFinished(() => client[Symbol.asyncDispose]())
  const server = practiceServer({ authorizedKeys: [client.publicKey], payloadBytes: 200_000 })
  const { path, sha256 } = await (await server).makeBackup()
  const name = path.split('\\').at(-1)!
  const local = join(client.folder, 'got.zip')
  const output = await openSshFiles(server, join(client.folder, 'key'), [
    'pwd',
    `ls -l ${storage}`,
    'ls /',
    `get ${storage}/${name} ${local}`,
    'mkdir stage',
    `put ${local} stage/up.partial`,
    'rename stage/up.partial stage/up.zip',
    `put ${local} stage/other.zip`,
    'rm stage/other.zip',
    '-rmdir stage',
  ])
  expect(output).toContain('Remote working directory: /C:/Users/deviceon')
  expect(output).toMatch(new RegExp(`^-rw.* ${name}$`, 'm'))
  expect(output).toMatch(/\/C:\s+\/D:/)
  const digest = async (file: string) =>
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
  expect(await digest(local)).toBe(sha256)
  expect(await digest((await server).realPath(String.raw`C:\Users\deviceon\stage\up.zip`))).toBe(sha256)
  expect(
    (await (await files(await connect(await server))).list('stage')).map(({ filename }) => filename),
  ).toEqual(['up.zip'])
})

test('on Windows names are found in any case and with either slash', async () => {
  const { list } = await files(await connect(await practiceServer()))
  expect(await list('/d:/deviceon/BACKUP')).toHaveLength(3)
  expect(await list(String.raw`D:\DeviceOn\Backup`)).toHaveLength(3)
  expect((await list('/C:/Program Files/Advantech/DeviceOn Server/tools/System Recovery'))[0]!.filename).toBe(
    'recovery.bat',
  )
})

test('on Ubuntu paths are those of Linux, and case counts', async () => {
  const server = await practiceServer({ edition: 'ubuntu' })
  const { list, read } = await files(await connect(server))
  expect(await list('/var/backups/deviceon')).toHaveLength(3)
  expect((await read('/opt/advantech/deviceon/etc/deviceon/Server_Config.xml')).toString()).toContain(
    '<ServerConfig>\n',
  )
  await expect(list('/VAR/backups/deviceon')).rejects.toThrow('No such file')
})

test('no path leads out of the folder of the server', async () => {
  const server = await practiceServer({ edition: 'ubuntu' })
  const { read, write, list } = await files(await connect(server))
  const outside = join(await temporaryFolder(), 'outside')
  await writeFile(outside, 'secret')
  await expect(read(`/../../../../../../../../..${outside}`)).rejects.toThrow('No such file')
  await symlink(outside, server.realPath('/tmp/link'))
  await expect(read('/tmp/link')).rejects.toThrow('No such file')
  await expect(write('/tmp/link', Buffer.from('changed'))).rejects.toThrow('No such file')
  expect(await readFile(outside, 'utf8')).toBe('secret')
  expect((await list('/tmp')).map(({ filename }) => filename)).toEqual([])
  const windows = await files(await connect(await practiceServer()))
  await expect(windows.write('/E:/x', Buffer.from('x'))).rejects.toThrow('No such file')
  await expect(windows.write('/C:/Users/a:b', Buffer.from('x'))).rejects.toThrow('No such file')
})

test('a rename does not replace what is there', async () => {
  const server = await practiceServer()
  const { raw, write } = await files(await connect(server))
  await write('one', Buffer.from('1'))
  await write('two', Buffer.from('2'))
  await expect(
    new Promise<void>((resolve, reject) =>
      raw.rename('one', 'two', (failure) => (failure ? reject(failure) : resolve())),
    ),
  ).rejects.toThrow('Failure')
  expect(await readFile(server.realPath(String.raw`C:\Users\deviceon\two`), 'utf8')).toBe('2')
})

test('its witness holds each file with what was carried', async () => {
  const server = await practiceServer()
  const { path, sha256, bytes, name } = await server.makeBackup()
  const { read, write } = await files(await connect(server))
  const content = await read(`/${path.replaceAll('\\', '/')}`)
  await write('up.zip', content)
  const carried = { bodyBytes: bytes, bodySha256: sha256, bodyComplete: true, status: 0, user: 'deviceon' }
  await expect
    .poll(() => server.log().filter(({ path: line }) => /^(read|write) /.test(line)))
    .toMatchObject([
      { ...carried, path: `read ${storage}/${name}` },
      { ...carried, path: 'write /C:/Users/deviceon/up.zip' },
    ])
})

test('faults strike the files they are aimed at', async () => {
  const server = await practiceServer({ payloadBytes: 200_000 })
  const { path, sha256 } = await server.makeBackup()
  const shown = `/${path.replaceAll('\\', '/')}`
  const client = await connect(server)
  const { read, write } = await files(client)
  server.inject({ effect: 'damage-file', command: 'read ', offset: 1000 })
  const damaged = await read(shown)
  const whole = await read(shown)
  expect(createHash('sha256').update(whole).digest('hex')).toBe(sha256)
  expect(damaged.length).toBe(whole.length)
  expect(damaged[1000]).toBe(whole[1000]! ^ 1)
  server.inject({ effect: 'refuse-file', command: 'write ' })
  await expect(write('up.zip', whole)).rejects.toThrow('Permission denied')
  server.inject({ effect: 'disk-full', command: 'write ', afterBytes: 100_000 })
  await expect(write('up.zip', whole)).rejects.toThrow('No space left')
  server.inject({ effect: 'cut-file', command: 'read ', afterBytes: 100_000, how: 'reset' })
  client.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => client.on('close', () => resolve()))
  void read(shown).catch(() => undefined)
  await closed
  await expect
    .poll(() => server.log().find(({ fault }) => fault === 'cut-file'))
    .toMatchObject({ bodyComplete: false })
})

test('an upload that falls silent breaks off when the client leaves', async () => {
  const server = await practiceServer()
  const client = await connect(server)
  const { write } = await files(client)
  server.inject({ effect: 'cut-file', command: 'write ', afterBytes: 50_000, how: 'silence' })
  void write('up.zip', Buffer.alloc(200_000)).catch(() => undefined)
  const entry = () => server.log().find(({ path }) => path.startsWith('write '))
  await expect.poll(() => entry()?.method).toBe('SFTP')
  client.destroy()
  await expect.poll(entry).toMatchObject({ bodyComplete: false, fault: 'cut-file' })
})
