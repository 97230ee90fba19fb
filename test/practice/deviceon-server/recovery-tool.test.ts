import { createHash } from 'node:crypto'
import { copyFile, readFile, readdir, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { recoveryTexts } from '../../../src/practice/deviceon-server/assumptions.ts'
import type { RecoveryEffect } from '../../../src/practice/deviceon-server/faults.ts'
import { connect, practiceServer, recover, start, tool, turns } from './practice.ts'

test('it asks for the path, restores a clean server and says so in the documented words', async () => {
  const server = await practiceServer()
  const backup = await server.makeBackup()
  server.resetToDefault()
  expect(server.sight()).toMatchObject({ baseline: true, deviceCount: 0, restoredFrom: undefined })
  const running = await start(await connect(server), tool)
  await expect.poll(running.output).toBe(`DeviceOn System Recovery\r\n\r\n${recoveryTexts.prompt}`)
  running.type(`${backup.path}\n`)
  const { output, exitCode } = await running.ended
  expect(exitCode).toBe(0)
  expect(output).toMatch(/Starting services\.\.\.\r\nRestore successfully\r\n$/)
  expect(server.sight()).toEqual({
    version: '5.3.12',
    baseline: false,
    restoredFrom: backup.sha256,
    deviceCount: 24,
    isRestoring: false,
  })
})

test('its witness holds every turn in order, after the command that started it', async () => {
  const server = await practiceServer()
  const backup = await server.makeBackup()
  server.resetToDefault()
  await recover(server, backup.path)
  const command = server.log().find(({ method, path }) => method === 'EXEC' && path === tool)!
  const typed = Buffer.from(`${backup.path}\r`)
  expect(command).toMatchObject({
    bodyBytes: typed.length,
    bodySha256: createHash('sha256').update(typed).digest('hex'),
    status: 0,
  })
  const events = server.events().filter(({ event }) => event.startsWith('recovery-'))
  expect(events.map(({ event, facts }) => ({ event, ...facts }))).toEqual([
    { event: 'recovery-started', run: command.sequence, isPty: false },
    { event: 'recovery-path', run: command.sequence, path: backup.path },
    { event: 'recovery-change-began', run: command.sequence, sha256: backup.sha256 },
    { event: 'recovery-change-ended', run: command.sequence, extent: 'whole' },
    { event: 'recovery-ended', run: command.sequence, result: 'restored', exitCode: 0 },
  ])
  const order = [command, ...events].map(({ sequence }) => sequence)
  expect(order).toEqual([...order].sort((one, other) => one - other))
})

test('in a terminal it shows what is typed and takes the Enter key', async () => {
  const server = await practiceServer()
  const backup = await server.makeBackup()
  server.resetToDefault()
  const { output, exitCode } = await recover(server, `"${backup.path}"`, true)
  expect(exitCode).toBe(0)
  expect(output).toContain('\x1b]0;C:\\Windows\\system32\\cmd.exe\x07')
  expect(output).toContain(`"${backup.path}"\r\n`)
  expect(output).toContain('Restore successfully\r\n')
})

test('the configuration comes back bit for bit, and what was done to it since is gone', async () => {
  const server = await practiceServer()
  const file = server.realPath(`${server.installFolder}\\etc\\deviceon\\Server_Config.xml`)
  const before = await readFile(file, 'utf8')
  await writeFile(file, before.replace('8080', '80'))
  const backup = await server.makeBackup()
  server.resetToDefault()
  expect(await readFile(file, 'utf8')).toBe(before)
  await recover(server, backup.path)
  expect(await readFile(file, 'utf8')).toBe(before.replace('8080', '80'))
})

test('an older backup brings back fewer devices than a newer one', async () => {
  const server = await practiceServer()
  const [oldest] = (await readdir(server.realPath(server.storageFolder))).sort()
  server.resetToDefault()
  await recover(server, `${server.storageFolder}\\${oldest!}`)
  expect(server.sight().deviceCount).toBe(21)
})

test('a file that is not there is refused before anything changes', async () => {
  const server = await practiceServer()
  server.resetToDefault()
  const { output, exitCode } = await recover(server, String.raw`D:\nowhere.zip`)
  expect(exitCode).toBe(1)
  expect(output).toContain(recoveryTexts.missing(String.raw`D:\nowhere.zip`))
  expect(server.sight().baseline).toBe(true)
  expect(turns(server)).toEqual(['recovery-started', 'recovery-path', 'recovery-ended'])
})

test.each(['flipped', 'cut'] as const)(
  'a backup that is %s is refused before anything changes',
  async (damage) => {
    const server = await practiceServer()
    const backup = await server.makeBackup({ damage })
    server.resetToDefault()
    const { output, exitCode } = await recover(server, backup.path)
    expect(exitCode).toBe(1)
    expect(output).toContain(recoveryTexts.damaged)
    expect(output).not.toContain('Restore successfully')
    expect(server.sight().baseline).toBe(true)
  },
)

test('a backup of another version is refused, and restored once that version is installed', async () => {
  const server = await practiceServer({ version: '5.2.4' })
  const backup = await server.makeBackup()
  server.reinstall('5.3.12')
  expect((await recover(server, backup.path)).output).toContain(recoveryTexts.otherVersion('5.2.4', '5.3.12'))
  expect(server.sight().baseline).toBe(true)
  server.reinstall('5.2.4')
  expect((await recover(server, backup.path)).exitCode).toBe(0)
  expect(server.sight().restoredFrom).toBe(backup.sha256)
})

test('a backup of a server with a TPM is restored there and nowhere else', async () => {
  const source = await practiceServer({ tpm: 'used' })
  const backup = await source.makeBackup()
  for (const tpm of ['used', 'present', 'absent'] as const) {
    const target = await practiceServer({ name: 'PLANT-2', tpm })
    target.resetToDefault()
    await copyFile(source.realPath(backup.path), target.realPath(String.raw`C:\Windows\Temp\b.zip`))
    const { output, exitCode } = await recover(target, String.raw`C:\Windows\Temp\b.zip`)
    expect(exitCode).toBe(1)
    expect(output).toContain(recoveryTexts.otherTpm)
    expect(target.sight()).toMatchObject({ baseline: true, deviceCount: 0 })
  }
  source.resetToDefault()
  expect((await recover(source, backup.path)).exitCode).toBe(0)
})

test('a server that holds data refuses, or fails half way where it was started to', async () => {
  const careful = await practiceServer()
  const one = await careful.makeBackup()
  expect((await recover(careful, one.path)).output).toContain(recoveryTexts.noBaseline)
  expect(careful.sight()).toMatchObject({ deviceCount: 24, restoredFrom: undefined })
  const careless = await practiceServer({ name: 'PLANT-2', withoutBaseline: 'fail-midway' })
  const other = await careless.makeBackup()
  const { output, exitCode } = await recover(careless, other.path)
  expect(exitCode).toBe(1)
  expect(output).toContain('Restore failed')
  expect(careless.sight()).toMatchObject({ deviceCount: 12, restoredFrom: undefined })
})

test('input that ends without a path restores nothing', async () => {
  const server = await practiceServer()
  server.resetToDefault()
  const running = await start(await connect(server), tool)
  running.closeInput()
  const { output, exitCode } = await running.ended
  expect(exitCode).toBe(1)
  expect(output).toContain(recoveryTexts.noPath)
})

test('where it waits for a key at its end it ends with that key', async () => {
  const server = await practiceServer({ pausesAtEnd: true })
  const backup = await server.makeBackup()
  server.resetToDefault()
  const running = await start(await connect(server), tool)
  running.type(`${backup.path}\r\n`)
  await expect.poll(running.output).toContain(recoveryTexts.pause)
  running.type(' ')
  expect((await running.ended).exitCode).toBe(0)
})

test('a second one is refused while the first is at work', async () => {
  const server = await practiceServer({ stepMs: 200 })
  const backup = await server.makeBackup()
  server.resetToDefault()
  const first = recover(server, backup.path)
  await expect.poll(() => server.sight().isRestoring).toBe(true)
  expect((await recover(server, backup.path)).output).toContain(recoveryTexts.busy)
  expect((await first).exitCode).toBe(0)
})

const struck = async (effect: RecoveryEffect) => {
  const server = await practiceServer()
  const backup = await server.makeBackup()
  server.resetToDefault()
  server.inject({ ...effect, command: 'recovery.bat' })
  return { server, backup, ended: recover(server, backup.path) }
}
const half = { baseline: false, deviceCount: 12, restoredFrom: undefined }

test('without the rights it ends before it asks', async () => {
  const { server, ended } = await struck({ effect: 'elevation-refused' })
  const { output, exitCode } = await ended
  expect(exitCode).toBe(1)
  expect(output).toContain(recoveryTexts.elevation)
  expect(output).not.toContain(recoveryTexts.prompt)
  expect(server.sight().baseline).toBe(true)
})

test.each([true, false])('it can end with code 0 and no word of success (restored: %s)', async (restores) => {
  const { server, backup, ended } = await struck({ effect: 'silent-end', restores })
  const { output, exitCode } = await ended
  expect(exitCode).toBe(0)
  expect(output.endsWith(recoveryTexts.prompt)).toBe(true)
  expect(server.sight().restoredFrom).toBe(restores ? backup.sha256 : undefined)
})

test.each([
  ['prompt', ['recovery-started'], { baseline: true }],
  ['path', ['recovery-started', 'recovery-path'], { baseline: true }],
  ['change', ['recovery-started', 'recovery-path', 'recovery-change-began'], { ...half, isRestoring: true }],
] as const)('it can fall silent at the %s', async (at, seen, left) => {
  const { server, ended } = await struck({ effect: 'hang', at })
  await expect.poll(() => turns(server)).toEqual(seen)
  await expect.poll(() => server.sight()).toMatchObject(left)
  const first = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 150, 'silent'))])
  expect(first).toBe('silent')
  server.dropConnections()
  expect((await ended).exitCode).toBeUndefined()
  await expect.poll(() => turns(server)).toEqual([...seen, 'recovery-died'])
})

test.each([
  ['path', 'dies', { baseline: true, deviceCount: 0 }],
  ['path', 'goes-on', { baseline: false, deviceCount: 24 }],
  ['change', 'dies', half],
  ['change', 'goes-on', { baseline: false, deviceCount: 24 }],
] as const)('the connection can drop at the %s while the tool %s', async (at, toolThen, left) => {
  const { server, ended } = await struck({ effect: 'drop', at, tool: toolThen })
  expect((await ended).exitCode).toBeUndefined()
  await expect.poll(() => turns(server).at(-1)).toBe(toolThen === 'dies' ? 'recovery-died' : 'recovery-ended')
  expect(server.sight()).toMatchObject(left)
})

test.each([1, 0])('it can fail half way and end with code %s', async (exitCode) => {
  const { server, ended } = await struck({ effect: 'fail-midway', exitCode })
  const end = await ended
  expect(end.exitCode).toBe(exitCode)
  expect(end.output).toContain('Restore failed')
  expect(end.output).not.toContain('Restore successfully')
  expect(server.sight()).toMatchObject(half)
})

test('it can say success though half of the data is missing', async () => {
  const { server, ended } = await struck({ effect: 'lie' })
  const { output, exitCode } = await ended
  expect(exitCode).toBe(0)
  expect(output).toContain('Restore successfully')
  expect(server.sight()).toMatchObject(half)
})

test('it can say success and end with another code', async () => {
  const { server, backup, ended } = await struck({ effect: 'exit-code', exitCode: 3 })
  expect(await ended).toMatchObject({ exitCode: 3, output: expect.stringContaining('Restore successfully') })
  expect(server.sight().restoredFrom).toBe(backup.sha256)
})
