import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ElectronApplication } from 'playwright/test'
import { buildZip } from '../corpus/zip-bytes.ts'
import { ask } from './bridge.ts'
import { expect, test } from './ferrite.ts'
import { openView, rowOf } from './steps.ts'

const hostile = buildZip([{ name: '../evil.txt', content: 'evil' }])

/** Answers main's dialogs: the file to import, and where a copy goes. */
async function answerFiles(app: ElectronApplication, source: string, copy: string): Promise<void> {
  await app.evaluate(
    ({ dialog }, [from, to]) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [from] })
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: to })
    },
    [source, copy] as const,
  )
}

test('a hostile file that is imported is refused, kept, shown with its reason, and copied out as it came', async ({
  ferrite: { app, page },
  folder,
}) => {
  const [source, copy] = [join(folder, 'stick.zip'), join(folder, 'copy.zip')]
  await writeFile(source, hostile)
  await answerFiles(app, source, copy)
  await openView(page, 'Archives')
  await page.getByRole('button', { name: 'Import …' }).click()
  await page.getByRole('tab', { name: 'Kept, but refused 1' }).click()
  const row = rowOf(page, 'Refused files', 'stick.zip')
  await expect(row).toContainText('REFUSED')
  await row.click()
  const detail = page.getByRole('region', { name: 'stick.zip' })
  await expect(detail).toContainText('points outside its own folder: ../evil.txt')
  await detail.getByRole('button', { name: 'Export …' }).click()
  await expect(page.getByText('stick.zip was exported and read back.')).toBeVisible()
  expect(await readFile(copy)).toEqual(hostile)
  await detail.getByRole('button', { name: 'Check again' }).click()
  const failed = async () =>
    (await ask(page, 'jobs.list', undefined)).filter(({ state }) => state.phase === 'failed').length
  await expect.poll(failed).toBe(2)
  await expect(row).toContainText('REFUSED')
  expect((await ask(page, 'archives.list', undefined)).records).toEqual([])
})
