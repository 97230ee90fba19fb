import type { CtrlxCore } from '../../src/practice/ctrlx-core/start-ctrlx-core.ts'
import { windowRestore as words } from '../../src/shared/text/en/window-restore.ts'
import { addDevice, backUp, itemOf, moveToLisbon } from './bridge.ts'
import { expect, packer2, press7, press8, test } from './ferrite.ts'
import {
  addByHand,
  answerQuestions,
  askedQuestions,
  beginDrag,
  changingRequests,
  describeDevice,
  dropOn,
  openView,
  restoreFromCheck,
  rowOf,
} from './steps.ts'

test.describe('with a controller', () => {
  test.use({ practice: { devices: [press7, press8] } })

  test('a device is added, backed up, looked into, compared and restored by drag and drop', async ({
    ferrite: { app, page },
    fleet,
  }) => {
    const [device] = fleet.devices as readonly CtrlxCore[]
    const item = itemOf(fleet, 'PRESS-7')

    await test.step('add: the fingerprint is shown and compared before any login', async () => {
      const dialog = await describeDevice(page, item)
      await dialog.getByRole('button', { name: 'Connect' }).click()
      await expect(dialog.getByText('Certificate of the device')).toBeVisible()
      await dialog.getByLabel('Fingerprint that the device shows').fill(item.fingerprint)
      await expect(dialog.getByText('They are equal.')).toBeVisible()
      expect(device!.log().filter(({ method }) => method === 'POST')).toEqual([])
      await dialog.getByRole('button', { name: 'I compared it: equal' }).click()
      await dialog.getByLabel(`Password of “${item.user}”`).fill(item.password)
      await dialog.getByRole('button', { name: 'Log in and read the identity' }).click()
      await expect(dialog.getByText('PRESS-7 is ready')).toBeVisible()
    })

    await test.step('back up: progress in sight, then listed', async () => {
      await page.getByRole('button', { name: 'Back up now' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Start the backup' }).click()
      await expect(page.getByRole('progressbar', { name: 'Backup: PRESS-7' }).first()).toBeVisible()
      await expect(page.getByText('The backup of PRESS-7 is in the vault.')).toBeVisible()
      await openView(page, 'Archives')
      await expect(rowOf(page, 'Archives', 'PRESS-7')).toHaveCount(1)
    })

    await test.step('look inside: the tree and a JSON file in it', async () => {
      await rowOf(page, 'Archives', 'PRESS-7').dblclick()
      await page.getByLabel('Find a file by name').fill('.json')
      await page.getByRole('row').filter({ hasText: '.json' }).first().click()
      await expect(page.locator('.cm-content')).toContainText('{')
    })

    await test.step('a second backup after a change, and both compared', async () => {
      moveToLisbon(device!)
      await openView(page, 'Devices')
      await rowOf(page, 'Devices', 'PRESS-7').click()
      await page.getByRole('region', { name: 'PRESS-7' }).getByRole('button', { name: 'Back up' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Start the backup' }).click()
      await openView(page, 'Archives')
      await expect(rowOf(page, 'Archives', 'PRESS-7')).toHaveCount(2)
      await rowOf(page, 'Archives', 'PRESS-7').first().click()
      await rowOf(page, 'Archives', 'PRESS-7')
        .last()
        .click({ modifiers: ['ControlOrMeta'] })
      await page.getByRole('button', { name: 'Compare these two' }).click()
      const changes = page.getByRole('grid', { name: 'Changes' })
      await expect(changes.getByText('Changed', { exact: true }).first()).toBeVisible()
      await changes.getByRole('row').filter({ hasText: 'Changed' }).first().click()
      await expect(page.getByText('Europe/Lisbon').first()).toBeVisible()
    })

    await test.step('drag: every device says how it fits, and a drop runs nothing', async () => {
      await addDevice(page, itemOf(fleet, 'PRESS-8'))
      await openView(page, 'Archives')
      const before = changingRequests(device!).length
      const shelf = await beginDrag(page, rowOf(page, 'Archives', 'PRESS-7').last())
      await expect(shelf.getByText('Fits with cautions', { exact: true })).toBeVisible()
      await expect(shelf.getByText('Blocked', { exact: true })).toBeVisible()
      await dropOn(page, shelf.locator('[data-device="PRESS-7"]'))
      await expect(page.getByRole('heading', { name: 'Restore to PRESS-7' })).toBeVisible()
      await expect(page.getByRole('button', { name: words.next.check })).toBeEnabled()
      expect(changingRequests(device!).length).toBe(before)
    })

    await test.step('restore: typed name, main’s own question, report; the device was changed once', async () => {
      await answerQuestions(app, 1)
      await restoreFromCheck(page, 'PRESS-7')
      const [question] = await askedQuestions(app)
      expect(question).toMatchObject({ message: 'Restore to PRESS-7?' })
      const applied = device!.log().filter(({ path }) => path.startsWith('/setup/api/v1/apply'))
      expect(applied.filter(({ method }) => method === 'POST')).toHaveLength(1)
      expect(JSON.stringify(device!.content())).not.toContain('Europe/Lisbon')
    })
  })

  test('a pair of other hardware is blocked, says both values and the remedy, and leads no further', async ({
    ferrite: { page },
    fleet,
  }) => {
    const source = await addDevice(page, itemOf(fleet, 'PRESS-8'))
    await addDevice(page, itemOf(fleet, 'PRESS-7'))
    await backUp(page, source)
    await openView(page, 'Archives')
    await rowOf(page, 'Archives', 'PRESS-8').click()
    await page.getByRole('button', { name: 'Restore …' }).click()
    await rowOf(page, 'Devices', 'PRESS-7').click()
    await page.getByRole('button', { name: words.next.target }).click()
    const finding = page.getByRole('article').filter({ hasText: 'processor architectures differ' })
    await expect(finding).toContainText('C1')
    await expect(finding.getByRole('definition')).toHaveCount(2)
    await expect(finding).toContainText('Choose a target with the same architecture.')
    await expect(page.getByRole('button', { name: words.next.check })).toBeDisabled()
    expect(changingRequests(fleet.devices[0]!)).toEqual([])
  })

  test('a wrong password is asked for again', async ({ ferrite: { page }, fleet }) => {
    const item = itemOf(fleet, 'PRESS-7')
    const dialog = await describeDevice(page, item)
    await dialog.getByRole('button', { name: 'Connect' }).click()
    await dialog.getByRole('button', { name: 'I compared it: equal' }).click()
    await dialog.getByLabel(`Password of “${item.user}”`).fill('not the password')
    await dialog.getByRole('button', { name: 'Log in and read the identity' }).click()
    await expect(dialog.getByText('refused the login')).toBeVisible()
    await dialog.getByRole('button', { name: 'Another password' }).click()
    await dialog.getByLabel(`Password of “${item.user}”`).fill(item.password)
    await dialog.getByRole('button', { name: 'Log in and read the identity' }).click()
    await expect(dialog.getByText('PRESS-7 is ready')).toBeVisible()
  })

  test('another certificate stops everything, shows both fingerprints and gets no login', async ({
    ferrite: { page },
    fleet,
  }) => {
    const [device] = fleet.devices as readonly CtrlxCore[]
    await addDevice(page, itemOf(fleet, 'PRESS-7'))
    const { fingerprint: former } = itemOf(fleet, 'PRESS-7')
    const shown = await device!.renewCertificate()
    const before = device!.log().length
    await rowOf(page, 'Devices', 'PRESS-7').click()
    await page.getByRole('region', { name: 'PRESS-7' }).getByRole('button', { name: 'Back up' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Compare the fingerprints' }).click()
    const stop = page.getByRole('alertdialog')
    await expect(stop.getByText('Stop: PRESS-7 does not show the fingerprint')).toBeVisible()
    const text = ((await stop.textContent()) ?? '').replaceAll(/[\s:]/g, '').toLowerCase()
    expect(text).toContain(former)
    expect(text).toContain(shown)
    await expect(stop.getByRole('button', { name: 'Accept the new fingerprint' })).toBeDisabled()
    expect(device!.log().slice(before)).toEqual([])
  })
})

test.describe('with a Linux host', () => {
  test.use({ practice: { devices: [packer2] } })

  test('a host is added, backed up and restored', async ({ ferrite: { app, page }, fleet }) => {
    await addByHand(page, itemOf(fleet, 'PACKER-2'))
    await page.getByRole('button', { name: 'Back up now' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Start the backup' }).click()
    await expect(page.getByText('The backup of PACKER-2 is in the vault.')).toBeVisible()
    await openView(page, 'Archives')
    await rowOf(page, 'Archives', 'PACKER-2').click()
    await page.getByRole('button', { name: 'Restore …' }).click()
    await rowOf(page, 'Devices', 'PACKER-2').click()
    await page.getByRole('button', { name: words.next.target }).click()
    await answerQuestions(app, 1)
    await restoreFromCheck(page, 'PACKER-2')
  })
})
