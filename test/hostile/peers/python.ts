import { join } from 'node:path'
import { output, plainName, refusedBecause, withoutRoot, type Peer, type PeerAnswer } from './peer.ts'

type PythonAnswer =
  | { readonly error: string }
  | {
      readonly entries: readonly {
        readonly name: string
        readonly kind: 'file' | 'folder' | 'link' | 'other'
        readonly size: number
        readonly crc32: number
      }[]
    }

/** Python's zipfile and tarfile, in one process for all. Names are compared as the bytes they are. */
export const python: Peer = {
  name: 'Python',
  read: async (folder) => {
    const said = await output(folder, 'python3', join(import.meta.dirname, 'read_archives.py'), folder)
    const answers = JSON.parse(said) as Record<string, PythonAnswer>
    return new Map(Object.entries(answers).map(([file, answer]) => [file, answerOf(answer)] as const))
  },
}

function answerOf(answer: PythonAnswer): PeerAnswer {
  if ('error' in answer) return refusedBecause(answer.error)
  const entries = answer.entries.map(({ name, kind, size, crc32 }) => ({
    name: plainName(Buffer.from(name, 'hex').toString('latin1')),
    kind,
    ...(kind === 'file' && { sizeBytes: size, crc32 }),
  }))
  return { kind: 'read', entries: withoutRoot(entries) }
}
