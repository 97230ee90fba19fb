import { lstat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { FailureError } from '../../../shared/failure.ts'
import type { ArchivePlace } from '../../../shared/model/place.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import type { BeginDrag } from '../../app/begin-drag.ts'
import type { Dialogs } from '../../app/dialogs.ts'
import { dragBytesAtMost, type DragShelf } from '../../app/drag-shelf.ts'
import { extractTo } from '../../archives/extract.ts'
import { SafeNames } from '../../archives/safe-names.ts'
import { surveyTakeOut, takeOutResult, type TakeOutRequest } from '../../browsing/take-out.ts'
import type { Ferrite } from '../../compose.ts'
import type { Handlers } from '../serve.ts'

type TakeOutHandlers = Pick<Handlers, 'browse.extract' | 'browse.drag' | 'archives.drag' | 'drag.begin'>

interface Needs {
  readonly dialogs: Pick<Dialogs, 'chooseEmptyFolder' | 'confirmTakeOut' | 'askUnsafeNames'>
  readonly drags: DragShelf
  readonly beginDrag: BeginDrag
}

/** Requests that take something out of the vault: into a folder, or out of the window with the mouse. */
export function takeOutHandlers(ferrite: Ferrite, { dialogs, drags, beginDrag }: Needs): TakeOutHandlers {
  const { vault, jobs } = ferrite
  return {
    'browse.extract': async ({ place, entries }, signal) => {
      const wanted: TakeOutRequest = { place, ...(entries && { entries }) }
      const answers = await askFirst(ferrite, dialogs, wanted, signal)
      if (answers === undefined) return undefined
      const subject = await subjectOf(ferrite, wanted)
      return jobs.start({
        kind: 'extract',
        subject,
        work: async (context) =>
          takeOutResult(await ferrite.takeOut({ ...wanted, ...answers }, context), answers.folder),
      }).id
    },
    'browse.drag': async ({ place, entries }, signal) =>
      await drags.prepare(
        JSON.stringify([place, entries]),
        async (folder) => await copyEntries(ferrite, { place, entries: outermost(entries) }, folder, signal),
      ),
    'archives.drag': async ({ archiveId }, signal) =>
      await drags.prepare(archiveId, async (folder) => {
        const { fileName, sizeBytes } = await vault.read(archiveId)
        if (sizeBytes > dragBytesAtMost) throw tooLarge()
        const file = join(folder, fileName)
        await vault.exportTo(archiveId, file, { signal })
        return [file]
      }),
    'drag.begin': ({ id }) => {
      beginDrag(drags.files(id))
    },
  }
}

/** Asks for everything before anything is made; `undefined` where the person changed their mind. */
async function askFirst(
  { browser }: Ferrite,
  dialogs: Needs['dialogs'],
  wanted: TakeOutRequest,
  signal: AbortSignal,
): Promise<{ readonly folder: string; readonly renameUnsafe: boolean } | undefined> {
  const survey = await surveyTakeOut(browser, wanted, signal)
  if (survey.isLarge && !(await dialogs.confirmTakeOut(survey))) return undefined
  const { unsafeNames, skipped } = survey
  const example = skipped.find(({ reason }) => reason === 'unsafe-name')?.path ?? ''
  const answer =
    unsafeNames === 0 ? 'skip' : await dialogs.askUnsafeNames(unsafeNames, escapeUntrusted(example))
  if (answer === undefined) return undefined
  const folder = await dialogs.chooseEmptyFolder()
  return folder === undefined ? undefined : { folder, renameUnsafe: answer === 'rename' }
}

/** What the job is called: the one entry, or the archive. */
async function subjectOf({ vault }: Ferrite, { place, entries = [] }: TakeOutRequest): Promise<string> {
  const [only] = entries
  const path = entries.length === 1 && only !== undefined ? only : place.inside.at(-1)
  const name = path === undefined ? (await vault.read(place.archiveId)).fileName : basename(path)
  return escapeUntrusted(name)
}

/** Copies entries into a folder, under safe names; gives the place of each. */
async function copyEntries(
  { browser }: Ferrite,
  { place, entries }: { readonly place: ArchivePlace; readonly entries: readonly string[] },
  folder: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return await browser.inside(place, signal, async (archive) => {
    const { totalBytes } = await archive.survey({ paths: entries, withUnsafeNames: true }, signal)
    if (totalBytes > dragBytesAtMost) throw tooLarge()
    const names = new SafeNames()
    const { skipped } = await extractTo(archive, entries, folder, { signal, names })
    const made: string[] = []
    for (const entry of entries) {
      const file = join(folder, ...names.safeNameFor(entry).split('/'))
      if (await exists(file)) made.push(file)
    }
    if (made.length > 0) return made
    const [entry = '', reason = ''] = [skipped[0]?.path, skipped[0]?.reason]
    throw new FailureError({ code: 'entry-refused', archive: archive.name, entry, reason })
  })
}

/** Without what lies below another one of them: it comes with that. */
function outermost(paths: readonly string[]): readonly string[] {
  const chosen = new Set(paths)
  return [...chosen].filter((path) => {
    for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1))
      if (chosen.has(path.slice(0, at))) return false
    return true
  })
}

/** A link, a device or a collision was not made. */
async function exists(file: string): Promise<boolean> {
  return await lstat(file).then(
    () => true,
    () => false,
  )
}

function tooLarge(): FailureError {
  return new FailureError({ code: 'drag-too-large', limitBytes: dragBytesAtMost })
}
