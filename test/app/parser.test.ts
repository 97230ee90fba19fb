import { readFile } from 'node:fs/promises'
import type { ElectronApplication } from 'playwright/test'
import { addDevice, ask, backUp, itemOf } from './bridge.ts'
import { expect, test } from './ferrite.ts'

test('C6: a frozen reader of archives is ended, said, and another one reads on', async ({
  ferrite: { app, page },
  fleet,
}) => {
  test.setTimeout(90_000)
  const archiveId = await backUp(page, await addDevice(page, itemOf(fleet, 'PRESS-7')))
  const place = { archiveId, inside: [] }
  await ask(page, 'browse.open', { place })
  const before = await readersOf(app)
  for (const pid of before) process.kill(pid, 'SIGSTOP')
  const asked = page.evaluate(
    async (input) => {
      const { ferrite } = globalThis as unknown as {
        ferrite: { request: (name: string, input: unknown) => Promise<unknown> }
      }
      return await ferrite.request('browse.folder', input)
    },
    { place, folder: '', from: 0, count: 10 },
  )
  // The window and main answer as ever meanwhile.
  await page.keyboard.press('ControlOrMeta+k')
  await expect(page.getByPlaceholder('What do you want to do?')).toBeFocused()
  await page.keyboard.press('Escape')
  expect(await ask(page, 'archives.list', undefined)).toMatchObject({ records: [{ id: archiveId }] })
  expect(await asked).toMatchObject({ ok: false, failure: { code: 'parser-died', reason: 'frozen' } })
  expect(await ask(page, 'browse.folder', { place, folder: '', from: 0, count: 10 })).toMatchObject({
    rows: expect.arrayContaining([expect.objectContaining({ kind: 'file' })]),
  })
  // The other one was asked nothing: it sleeps on, and is found frozen when it is.
  expect(before.filter((pid) => !isRunning(pid))).toHaveLength(1)
  for (const pid of before.filter(isRunning)) process.kill(pid, 'SIGCONT')
})

test('H30: the reader of archives gets no environment of the app', async ({
  ferrite: { app, page },
  fleet,
}) => {
  const archiveId = await backUp(page, await addDevice(page, itemOf(fleet, 'PRESS-7')))
  await ask(page, 'browse.open', { place: { archiveId, inside: [] } })
  const readers = await readersOf(app)
  expect(readers.length).toBeGreaterThan(0)
  for (const pid of readers) {
    const names = (await readFile(`/proc/${String(pid)}/environ`, 'latin1'))
      .split('\0')
      .filter((each) => each !== '')
      .map((each) => each.split('=')[0])
    expect(names).toContain('FERRITE_PROCESS')
    // Electron adds the address of the session bus, which is no secret.
    expect(names.filter((name) => name !== 'FERRITE_PROCESS' && name !== 'DBUS_SESSION_BUS_ADDRESS')).toEqual(
      [],
    )
  }
})

async function readersOf(app: ElectronApplication): Promise<readonly number[]> {
  return await app.evaluate(({ app: electron }) =>
    electron
      .getAppMetrics()
      .filter(({ type, name }) => type === 'Utility' && name === 'Ferrite archive reader')
      .map(({ pid }) => pid),
  )
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // There is no such process any more.
    return false
  }
}
