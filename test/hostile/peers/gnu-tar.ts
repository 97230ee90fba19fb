import {
  forEachFile,
  plainName,
  refusedBecause,
  withoutRoot,
  type Peer,
  type PeerAnswer,
  type PeerEntry,
} from './peer.ts'

/** `C` is a file that POSIX once wanted in one piece; it is one like any other. */
const kinds: Readonly<Record<string, PeerEntry['kind']>> = {
  '-': 'file',
  C: 'file',
  d: 'folder',
  l: 'link',
  h: 'link',
}

/** GNU tar, as it is on the devices. */
export const gnuTar: Peer = {
  name: 'GNU tar',
  read: async (folder, files) => {
    const list =
      'tar --warning=no-unknown-keyword --numeric-owner --quoting-style=c -tvf "$f" && tar --warning=no-unknown-keyword -xOf "$f" | sha256sum || printf "!!%s" $?'
    const said = await forEachFile(folder, files, list)
    return new Map([...said].map(([file, text]) => [file, answerOf(text)] as const))
  },
}

const row = /^([-Cdlhbcp])\S+ +\S+ +(\d+) +\S+ +\S+ "((?:[^"\\]|\\.)*)"/

function answerOf(text: string): PeerAnswer {
  const lines = text.split('\n').filter((line) => line !== '')
  const allContents = /^([0-9a-f]{64}) {2}-$/.exec(lines.pop() ?? '')?.[1]
  const rows = lines.map((line) => row.exec(line))
  if (allContents === undefined || rows.includes(null)) return refusedBecause(text)
  const entries = rows.map((found): PeerEntry => {
    const [, type = '', size = '', name = ''] = found ?? []
    const kind = kinds[type] ?? 'other'
    return { name: plainName(unquoted(name)), kind, ...(kind === 'file' && { sizeBytes: Number(size) }) }
  })
  return { kind: 'read', entries: withoutRoot(entries), allContents }
}

function unquoted(name: string): string {
  return name.replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : code,
  )
}
