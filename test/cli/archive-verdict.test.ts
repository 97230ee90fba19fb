import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ArchiveRecord } from '../../src/shared/model/record.ts'
import { buildTar } from '../corpus/tar-bytes.ts'
import { newFolder } from '../main/fake-family.ts'
import { CommandLine, problemsOf } from './command-line.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 })

const view = {
  verdict: 'view',
  reasons: [
    { restriction: 'unsafe-name', entries: 2, example: 'etc/a:\u202eb.txt' },
    { restriction: 'link', entries: 1, example: 'etc/latest' },
  ],
}
let cli: CommandLine

beforeAll(async () => {
  cli = await CommandLine.make()
  const folder = await newFolder()
  const plain = { name: 'etc/hostname', content: 'packer\n' }
  const archives = {
    'plain.tar': buildTar(plain),
    'limited.tar': buildTar(
      plain,
      { name: 'etc/a:\u202eb.txt', content: 'x' },
      { name: 'etc/CON', content: 'x' },
      { name: 'etc/latest', type: '2', linkName: 'hostname' },
    ),
  }
  for (const [name, bytes] of Object.entries(archives)) {
    await writeFile(join(folder, name), bytes)
    await cli.json(['archive', 'import', join(folder, name), '--family', 'linux-host'])
  }
})

afterAll(async () => {
  await cli.remove()
})

const recordOf = async (fileName: string): Promise<ArchiveRecord> => {
  const { items } = await cli.json<{ items: readonly ArchiveRecord[] }>(['archive', 'list'])
  return items.find((record) => record.fileName === fileName)!
}

test('the list says what each archive was found to be: whole in JSON, in a word for people', async () => {
  const [plain, limited] = [await recordOf('plain.tar'), await recordOf('limited.tar')]
  expect([plain.verdict, limited.verdict]).toEqual([{ verdict: 'ok' }, view])
  const { stdout } = await cli.run(['archive', 'list'])
  const lineOf = ({ id }: ArchiveRecord) => stdout.split('\n').find((line) => line.endsWith(id))
  expect(stdout.split('\n')[0]).toMatch(/ VERDICT +ID$/)
  expect(lineOf(plain)).toMatch(/ OK +\S+$/)
  expect(lineOf(limited)).toMatch(/ Partly +\S+$/)
  const german = await cli.run(['archive', 'list', '--lang', 'de'])
  expect(german.stdout).toMatch(/ Teils +\S+$/m)
  expect(await problemsOf(cli.home)).toEqual([])
})

test('show gives the reasons, beside the document only, and with hostile letters made visible', async () => {
  const { id } = await recordOf('limited.tar')
  expect(await cli.json(['archive', 'show', id])).toMatchObject({ verdict: view })
  const { stdout, stderr } = await cli.run(['archive', 'show', id])
  expect(JSON.parse(stdout)).toMatchObject({ id })
  expect(stderr).toMatch(/^2 entries: a name that is not safe .* etc\/a:<U\+202E>b\.txt$/m)
  expect(stderr).toMatch(/^1 entry: a link; .* etc\/latest$/m)
})

test('where all can be used, show has nothing to say beside the document', async () => {
  const { id } = await recordOf('plain.tar')
  const { stdout, stderr } = await cli.run(['archive', 'show', id])
  expect(JSON.parse(stdout)).toMatchObject({ verdict: { verdict: 'ok' } })
  expect(stderr).toBe('')
})
