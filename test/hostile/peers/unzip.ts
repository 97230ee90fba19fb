import { forEachFile, plainName, refusedBecause, type Peer, type PeerAnswer, type PeerEntry } from './peer.ts'

/**
 * Info-ZIP's unzip, which lists an archive and then checks every content. A process for each: in one for many, what it
 * remembers of one archive makes it see overlaps in the next.
 */
export const unzip: Peer = {
  name: 'unzip',
  read: async (folder, files) => {
    const line = 'unzip -v "$f"; unzip -tqq "$f"; printf "unzip ended with %s" $?'
    const said = await forEachFile(folder, files, line)
    return new Map([...said].map(([file, text]) => [file, answerOf(text)] as const))
  },
}

const row = /^ *(\d+) +\S+ +\d+ +-?\d+% \S+ \S+ ([0-9a-f]{8}) {2}(.*)$/

function answerOf(text: string): PeerAnswer {
  // 1 is a warning: everything was read and is whole.
  if (!/unzip ended with [01]$/.test(text)) return refusedBecause(text.slice(-300))
  const entries = text.split('\n').flatMap((line): readonly PeerEntry[] => {
    const [, size, crc, name] = row.exec(line) ?? []
    if (size === undefined || crc === undefined || name === undefined) return []
    if (name.endsWith('/')) return [{ name: plainName(name), kind: 'folder' }]
    const facts = { sizeBytes: Number(size), crc32: Number.parseInt(crc, 16) }
    return [{ name: plainName(name), kind: 'file', ...facts }]
  })
  // It sends the names of DOS and Windows through a code page even where they say that they are UTF-8.
  return { kind: 'read', entries, guessesNames: true }
}
