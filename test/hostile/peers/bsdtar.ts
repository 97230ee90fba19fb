import { forEachFile, plainName, refusedBecause, withoutRoot, type Peer, type PeerAnswer } from './peer.ts'

const columns = 'mtree:!all,mtree:type,mtree:size,mtree:sha256'

/** libarchive's bsdtar, which turns any archive into a list of names, sizes and checksums. */
export const bsdtar: Peer = {
  name: 'bsdtar',
  read: async (folder, files) => {
    const line = `bsdtar -cf - --format=mtree --options='${columns}' "@$f" || printf '!!%s' $?`
    const said = await forEachFile(folder, files, line)
    return new Map([...said].map(([file, text]) => [file, answerOf(text)] as const))
  },
}

function answerOf(text: string): PeerAnswer {
  const [head, ...lines] = text.split('\n').filter((line) => line !== '')
  if (head !== '#mtree' || lines.some((line) => !line.startsWith('.') && !line.startsWith('/')))
    return refusedBecause(text)
  const entries = lines.map((line) => {
    const [path = '', ...pairs] = line.split(' ')
    const facts = new Map(
      pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    )
    const name = plainName(unescaped(path))
    switch (facts.get('type')) {
      case 'dir':
        return { name, kind: 'folder' as const }
      case 'link':
        return { name, kind: 'link' as const }
      case 'file': {
        const sha256 = facts.get('sha256digest')
        // A hard link is a file of which nothing but the name is told.
        if (sha256 === undefined) return { name, kind: 'link' as const }
        return { name, kind: 'file' as const, sizeBytes: Number(facts.get('size')), sha256 }
      }
      default:
        return { name, kind: 'other' as const }
    }
  })
  return { kind: 'read', entries: withoutRoot(entries) }
}

/** Bytes beyond ASCII, and those with a meaning of their own, are written as three octal digits. */
function unescaped(name: string): string {
  return name.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}
