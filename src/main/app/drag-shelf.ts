import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { FailureError } from '../../shared/failure.ts'
import { dragIdSchema, type DragId } from '../../shared/ipc/requests/browse-requests.ts'
import { makePrivateFolder } from '../storage/private-folder.ts'

/** What may be dragged out at once; more is taken out into a folder instead. */
export const dragBytesAtMost = 512 * 1024 * 1024
/** A file manager may still be copying what was dragged last. */
const dragsKept = 4

/** Makes files in a folder of its own and names those that are dragged. */
export type FillDrag = (folder: string) => Promise<readonly string[]>

/**
 * Copies that are ready to be dragged out of the window, each drag in a private folder in the application's own. A file
 * manager may move what it is given, so nothing of the vault itself is ever dragged. The folder is emptied when the
 * application starts and when it ends.
 */
export class DragShelf {
  readonly #folder: string
  readonly #drags = new Map<DragId, { readonly key: string; readonly files: readonly string[] }>()

  constructor(home: string) {
    this.#folder = join(home, 'drag')
  }

  /** Removes every copy, those of a former run included. */
  async wipe(): Promise<void> {
    this.#drags.clear()
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** Makes the files; the same `key` again gives those that are there already. What was made goes where it fails. */
  async prepare(key: string, fill: FillDrag): Promise<DragId> {
    for (const [id, drag] of this.#drags) if (drag.key === key) return id
    const id = dragIdSchema.parse(`drag-${randomUUID().replaceAll('-', '').slice(0, 12)}`)
    const folder = join(this.#folder, id)
    await makePrivateFolder(folder)
    try {
      this.#drags.set(id, { key, files: await fill(folder) })
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      throw error
    }
    await this.#makeRoom()
    return id
  }

  /** @throws FailureError `not-found` */
  files(id: DragId): readonly string[] {
    const drag = this.#drags.get(id)
    if (drag === undefined) throw new FailureError({ code: 'not-found', kind: 'drag', id })
    return drag.files
  }

  async #makeRoom(): Promise<void> {
    for (const id of this.#drags.keys()) {
      if (this.#drags.size <= dragsKept) return
      this.#drags.delete(id)
      await rm(join(this.#folder, id), { recursive: true, force: true })
    }
  }
}
