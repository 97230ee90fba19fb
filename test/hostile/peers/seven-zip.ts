import {
  forEachFile,
  output,
  plainName,
  refusedBecause,
  withoutRoot,
  type Peer,
  type PeerAnswer,
  type PeerEntry,
} from './peer.ts'

/**
 * 7-Zip: lists all archives in one process and tests them in another; contents of tars are written out one by one.
 * Its warnings are about times and versions that it would not have written so; what it warns of, it still reads.
 */
export const sevenZip: Peer = {
  name: '7-Zip',
  read: async (folder, files) => {
    const isTar = files[0]?.endsWith('.tar') === true
    const pattern = isTar ? '*.tar' : '*.zip'
    const [listed, tested, contents] = await Promise.all([
      output(folder, '7zz', 'l', '-slt', pattern),
      output(folder, '7zz', 't', pattern),
      isTar ? forEachFile(folder, files, '7zz x -so "$f" | sha256sum') : undefined,
    ])
    const tests = sections(tested.split('\nArchives: ')[0] ?? '', 'Testing archive: ')
    return new Map(
      [...sections(listed, 'Listing archive: ')].map(([file, listing]) => {
        const test = tests.get(file) ?? 'not tested'
        if (!test.includes('Everything is Ok') || /^ERRORS?:/m.test(test + listing))
          return [file, refusedBecause(`${test} ${listing}`)] as const
        return [file, answerOf(listing, contents?.get(file))] as const
      }),
    )
  },
}

function sections(said: string, title: string): ReadonlyMap<string, string> {
  return new Map(
    said
      .split(`\n${title}`)
      .slice(1)
      .map((part) => {
        const end = part.indexOf('\n')
        return [part.slice(0, end), part.slice(end + 1)] as const
      }),
  )
}

function answerOf(listing: string, contents: string | undefined): PeerAnswer {
  const [, body = ''] = listing.split('\n----------\n')
  const entries = body
    .split('\n\n')
    .map((block) => new Map(block.split('\n').map(pairOf)))
    .filter((facts) => facts.has('Path'))
    .map(entryOf)
  // Of a link it writes out the target, and of a second name of a link the same again.
  const hasLinks = entries.some(({ kind }) => kind === 'link')
  const allContents = hasLinks || contents === undefined ? {} : { allContents: contents.slice(0, 64) }
  return { kind: 'read', entries: withoutRoot(entries), ...allContents }
}

function pairOf(line: string): readonly [string, string] {
  const at = line.indexOf(' = ')
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 3)]
}

function entryOf(facts: ReadonlyMap<string, string>): PeerEntry {
  const name = plainName(facts.get('Path') ?? '')
  const mode = facts.get('Mode') ?? facts.get('Attributes')?.split(' ').at(-1) ?? ''
  const isLink = mode.startsWith('l') || (facts.get('Hard Link') ?? '') !== ''
  if (facts.get('Folder') === '+') return { name, kind: 'folder' }
  if (isLink) return { name, kind: 'link' }
  const crc = facts.get('CRC')
  const crc32 = crc === undefined || crc === '' ? undefined : Number.parseInt(crc, 16)
  return { name, kind: 'file', sizeBytes: Number(facts.get('Size')), ...(crc32 !== undefined && { crc32 }) }
}
