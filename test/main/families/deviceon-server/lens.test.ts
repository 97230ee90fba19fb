import { expect, test } from 'vitest'
import { lenses } from '../../../../src/main/families/deviceon-server/lens.ts'
import { answerOf, quiet, rowsOf, zipOf } from '../lens-archives.ts'

test('a backup of a server is counted, and nothing is made up about its inside', async () => {
  const files = {
    'a/dump.SQL': '12345',
    'b.sql': '1',
    'Server_Config.xml': '<x/>',
    LICENSE: 'l',
    '.hidden': '',
  }
  const made = await lenses(await zipOf(files, 'Backup_20261121_0600Z.zip'), quiet)
  expect(rowsOf(made, 'file-types')).toEqual([
    { ending: '.sql', files: 2, size: 6 },
    { ending: '.xml', files: 1, size: 4 },
    { files: 2, size: 1 },
  ])
  expect(rowsOf(made, 'left-out').map(({ what, reason }) => [what, reason])).toEqual([
    ['sensor-data', 'never-in-backup'],
    ['version-of-server', 'file-says-nothing'],
  ])
  answerOf(made)
})

test('a zip of another name is not spoken for', async () => {
  expect(await lenses(await zipOf({ x: 'y' }, 'other.zip'), quiet)).toEqual([])
})
