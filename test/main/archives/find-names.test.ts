import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findNames } from '../../../src/main/archives/find-names.ts'
import { openArchive } from '../../../src/main/archives/open.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'

const { signal } = new AbortController()

describe('finding files by name', () => {
  test('looks at whole paths, whatever the case, and counts more than it gives', async () => {
    await using archive = await openArchive(
      buildZip([
        { name: 'etc/Network/interfaces', content: 'x' },
        { name: 'network/', content: '' },
        { name: 'network/Öl.json', content: 'y' },
        { name: Buffer.from([0x84, 0x2f, 0x94]), content: 'z' },
      ]),
    )
    const found = async (text: string, atMost = 10): Promise<unknown> => {
      const { total, rows } = await findNames(archive, text, { atMost, signal })
      return [total, ...rows.map(({ path }) => path)]
    }
    expect(await found('NETWORK')).toEqual([2, 'etc/Network/interfaces', 'network/Öl.json'])
    expect(await found('network', 1)).toEqual([2, 'etc/Network/interfaces'])
    expect(await found('k/i')).toEqual([1, 'etc/Network/interfaces'])
    expect(await found('öL')).toEqual([1, 'network/Öl.json'])
    expect(await found('ä/')).toEqual([1, 'ä/ö'])
    expect(await found('interfaces2')).toEqual([0])
  })

  test('finds what a look at every name would find', async () => {
    const letters = fc.stringMatching(/^[abAB/ä]{1,5}$/)
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(letters, { minLength: 1, maxLength: 8 }),
        letters,
        async (parts, text) => {
          // A digit in front of each part keeps names apart on every system and no part empty.
          const names = parts.map((part, at) => `${String(at)}${part.replaceAll('/', '/1')}`)
          await using archive = await openArchive(buildZip(names.map((name) => ({ name, content: '' }))))
          const { rows } = await findNames(archive, text, { atMost: 100, signal })
          const wanted = names.filter((name) => name.toLowerCase().includes(text.toLowerCase()))
          expect(rows.map(({ path }) => path)).toEqual(wanted)
        },
      ),
      { numRuns: 300 },
    )
  })
})
