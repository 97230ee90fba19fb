import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Refusal } from '../../src/shared/model/refused.ts'
import { buildZip } from '../corpus/zip-bytes.ts'
import { newFolder } from '../main/fake-family.ts'
import { CommandLine, failureOf, problemsOf } from './command-line.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 })

const hostile = buildZip([{ name: '../evil.txt', content: 'evil' }])
let cli: CommandLine
let file: string

beforeAll(async () => {
  cli = await CommandLine.make()
  file = join(await newFolder(), 'stick.zip')
  await writeFile(file, hostile)
})

afterAll(async () => {
  await cli.remove()
})

const refusals = async (): Promise<readonly Refusal[]> =>
  (await cli.json<{ items: readonly Refusal[] }>(['archive', 'refused', 'list'])).items

test('a hostile file ends an import with 10, is no archive, and is kept among the refused', async () => {
  expect((await cli.run(['archive', 'refused', 'list'])).stdout).toBe('No refused files.\n')
  const imported = await cli.run(['archive', 'import', file, '--json'])
  expect(imported.code).toBe(10)
  expect(failureOf(imported)).toMatchObject({ code: 'archive-path' })
  expect(await cli.archives()).toEqual([])
  expect(await refusals()).toMatchObject([
    {
      fileName: 'stick.zip',
      origin: 'import',
      sizeBytes: hostile.length,
      failure: { code: 'archive-path', entry: '../evil.txt' },
    },
  ])
  const { stdout } = await cli.run(['archive', 'refused', 'list'])
  expect(stdout).toContain('stick.zip')
  expect(stdout).toContain('points outside its own folder')
  expect(await problemsOf(cli.home)).toEqual([])
})

test('it is shown, and copied out bit for bit, by a start of its id', async () => {
  const [refusal] = await refusals()
  const { id, sha256 } = refusal!
  expect(await cli.json(['archive', 'refused', 'show', id.slice(0, 20)])).toEqual(refusal)
  const copy = join(await newFolder(), 'copy.zip')
  expect(await cli.json(['archive', 'refused', 'export', id, '--to', copy])).toEqual({
    refused: id,
    sha256,
    file: copy,
  })
  expect(await readFile(copy)).toEqual(hostile)
  expect((await cli.run(['archive', 'refused', 'export', id, '--to', copy])).code).toBe(2)
})

test('it opens for nothing that reads archives', async () => {
  const [refusal] = await refusals()
  for (const words of [['show'], ['tree'], ['verify']])
    expect((await cli.run(['archive', ...words, refusal!.id])).code).toBe(2)
})

test('read again it is refused again, and stays', async () => {
  const before = await refusals()
  const checked = await cli.run(['archive', 'refused', 'check', before[0]!.id, '--json'])
  expect(checked.code).toBe(10)
  expect(failureOf(checked)).toMatchObject({ code: 'archive-path' })
  expect(await refusals()).toEqual(before)
  expect(await cli.staged()).toEqual([])
})
