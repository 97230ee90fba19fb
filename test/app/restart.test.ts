import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { addDevice, ask, backUp, endOf, itemOf } from './bridge.ts'
import { expect, launch, test } from './ferrite.ts'
import { openView, rowOf } from './steps.ts'

// scripts/test.mjs runs these tests within scripts/with-keyring.sh where the system has a keyring.
const hasKeyring = process.env['DBUS_SESSION_BUS_ADDRESS'] !== undefined && process.platform === 'linux'

test('inventory, archives, settings and the place of the window outlive the app', async ({
  fleet,
  folder,
}) => {
  const home = join(folder, 'home')
  const first = await launch({ home })
  const place = { x: 40, y: 30, width: 1000, height: 700 }
  try {
    const id = await addDevice(first.page, itemOf(fleet, 'PRESS-7'))
    await backUp(first.page, id)
    await openView(first.page, 'Settings')
    await first.page.getByText('Dark', { exact: true }).click()
    await first.page.getByText('Deutsch', { exact: true }).click()
    await expect(first.page.getByRole('heading', { name: 'Einstellungen', level: 1 })).toBeVisible()
    await first.app.evaluate(({ BrowserWindow }, bounds) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(bounds)
    }, place)
    await expect
      .poll(async () => await readFile(join(home, 'window-place.json'), 'utf8').catch(() => ''))
      .toContain(String(place.width))
  } finally {
    await first.close()
  }
  const second = await launch({ home })
  try {
    await expect(rowOf(second.page, 'Geräte', 'PRESS-7')).toBeVisible()
    await second.page.getByRole('navigation').getByRole('button', { name: 'Archive', exact: true }).click()
    await expect(rowOf(second.page, 'Archive', 'PRESS-7')).toHaveCount(1)
    await expect(second.page.locator('html')).toHaveAttribute('lang', 'de')
    expect(await second.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark')
    expect(await boundsOf(second)).toMatchObject({ width: place.width, height: place.height })
    expect(second.complaints).toEqual([])
  } finally {
    await second.close()
  }
})

test('without a safe keychain nothing is stored, and the app says so', async ({ fleet, folder }) => {
  const home = join(folder, 'home')
  const environment = { FERRITE_PASSWORD_STORE: 'basic' }
  const first = await launch({ home, environment })
  const item = itemOf(fleet, 'PRESS-7')
  try {
    const id = await addDevice(first.page, item)
    const given = await ask(first.page, 'credentials.give', { id, password: item.password, remember: true })
    expect(given.stored).toBe(false)
    await openView(first.page, 'Settings')
    await expect(first.page.getByText('Nothing is stored: passwords stay in memory')).toBeVisible()
  } finally {
    await first.close()
  }
  expect(existsSync(join(home, 'secrets.json'))).toBe(false)
  const second = await launch({ home, environment })
  try {
    await expect(rowOf(second.page, 'Devices', 'PRESS-7')).toContainText('No password')
    await rowOf(second.page, 'Devices', 'PRESS-7').click()
    await second.page
      .getByRole('region', { name: 'PRESS-7' })
      .getByRole('button', { name: 'Back up' })
      .click()
    await expect(second.page.getByRole('dialog', { name: 'Password for PRESS-7' })).toBeVisible()
    await expect(second.page.getByText('This computer has no safe keychain (basic_text)')).toBeVisible()
  } finally {
    await second.close()
  }
})

test('a password is remembered encrypted where the keyring is there, and not at all where it is not', async ({
  fleet,
  folder,
}) => {
  const home = join(folder, 'home')
  const environment = { FERRITE_PASSWORD_STORE: 'gnome-libsecret' }
  const item = itemOf(fleet, 'PRESS-7')
  const first = await launch({ home, environment })
  try {
    const id = await addDevice(first.page, item)
    const given = await ask(first.page, 'credentials.give', { id, password: item.password, remember: true })
    expect(given.stored).toBe(hasKeyring)
  } finally {
    await first.close()
  }
  if (!hasKeyring) {
    expect(existsSync(join(home, 'secrets.json'))).toBe(false)
    return
  }
  const stored = await readFile(join(home, 'secrets.json'), 'utf8')
  expect(stored).toContain('gnome_libsecret')
  expect(stored).not.toContain(item.password)
  expect(stored).not.toContain(Buffer.from(item.password).toString('base64').slice(0, 12))
  const second = await launch({ home, environment })
  try {
    await expect(rowOf(second.page, 'Devices', 'PRESS-7')).toContainText('Password stored')
    const [view] = await ask(second.page, 'devices.list', undefined)
    await endOf(second.page, await ask(second.page, 'devices.probe', { id: view!.device.id }))
  } finally {
    await second.close()
  }
})

async function boundsOf({ app }: Awaited<ReturnType<typeof launch>>): Promise<Electron.Rectangle> {
  return await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getNormalBounds())
}
