import type { BackupRequest, BackupStream } from '../family.ts'
import type { NodeRedClient } from './client.ts'
import { maxFlowsBytes, parseFlowsBytes } from './flows.ts'
import { readScope } from './scope.ts'

export interface NodeRedBackup {
  readonly stream: BackupStream
  /** The state of the flows in the backup; there once the stream was finished. */
  readonly rev: () => string | undefined
}

/**
 * Opens the stream of the flows. The file is the answer of the instance, byte for byte; it is read along, because an
 * answer that is no whole document of flows is no backup, however long it is.
 */
export async function backUp(
  client: NodeRedClient,
  deviceName: string,
  { signal, onProgress }: BackupRequest,
): Promise<NodeRedBackup> {
  onProgress({ phase: 'preparing-scope', bytesDone: 0 })
  const scope = await readScope(client, signal)
  const { announcedBytes, content } = await client.downloadFlows(signal)
  const pieces: Buffer[] = []
  let rev: string | undefined
  async function* readAlong(): AsyncGenerator<Buffer> {
    let bytes = 0
    for await (const piece of content) {
      bytes += piece.length
      if (bytes > maxFlowsBytes) throw client.unexpected('GET /flows', `more than ${maxFlowsBytes} bytes`)
      pieces.push(Buffer.from(piece))
      yield piece
    }
  }
  return {
    rev: () => rev,
    stream: {
      fileName: fileNameOf(deviceName, new Date()),
      announcedBytes,
      content: readAlong(),
      finish: async () => {
        const found = parseFlowsBytes(Buffer.concat(pieces))
        if (found?.rev === undefined) throw client.unexpected('GET /flows', 'no whole document with flows')
        ;({ rev } = found)
        return await Promise.resolve({ scope, passwordProtected: false, messages: [] })
      },
    },
  }
}

/** `flows-line-3-20261121T073912Z.json`: the instance has no name for its answer. */
function fileNameOf(deviceName: string, at: Date): string {
  const name = deviceName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '')
  return `flows-${name === '' ? 'device' : name.slice(0, 60)}-${time}.json`
}
