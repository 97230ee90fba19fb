import type { Entry } from '../../shared/model/entry.ts'
import { breathe, drain, noContent } from './archive-base.ts'
import type { CheckedFiles, PassingEntry, ReadAllOptions } from './archive.ts'
import { readAhead } from './byte-source.ts'
import { SmallRun } from './small-run.ts'
import { zipContent } from './zip-content.ts'
import type { ZipContext } from './zip-context.ts'
import { zipFlag } from './zip-layout.ts'

/** So many rows are looked at together, for the small ones among them to be unpacked in one call. */
const rowsAhead = 1024
const breatheEveryMs = 20

/** One pass over a zip, as `OpenArchive.readAll`. Small contents are unpacked many at once, when the first is read. */
export async function* passZip(
  archive: ZipContext,
  { signal, lends = false, only }: ReadAllOptions,
): AsyncGenerator<PassingEntry> {
  const context = { ...archive, source: readAhead(archive.source) }
  let lastBreath = performance.now()
  for (const { run, passing } of stretchesOf(context, only)) {
    for (const { row, entry, from } of passing) {
      signal.throwIfAborted()
      if (entry.kind !== 'file') yield { entry, content: noContent() }
      else if (from === undefined) yield { entry, content: zipContent(context, row, { signal, lends }) }
      else yield { entry, content: contentInRun(context, run, { row, from }, signal) }
    }
    if (performance.now() - lastBreath < breatheEveryMs) continue
    await breathe(signal)
    lastBreath = performance.now()
  }
}

interface Passing {
  readonly row: number
  readonly entry: Entry
  /** Where its content begins in that of the run. */
  readonly from: number | undefined
}

interface Stretch {
  readonly run: SmallRun
  readonly passing: readonly Passing[]
}

function* stretchesOf(context: ZipContext, only: ReadAllOptions['only']): Generator<Stretch> {
  const { directory } = context
  let run = new SmallRun(context)
  let passing: Passing[] = []
  for (let row = 0; row < directory.count; row += 1) {
    if (row % rowsAhead === 0) {
      yield { run, passing }
      run = new SmallRun(context)
      passing = []
    }
    const entry = directory.entry(row)
    if (only?.(entry) === false) continue
    let from: number | undefined = run.bytes
    if (entry.kind !== 'file') from = undefined
    else if (!run.add(row)) {
      yield { run, passing }
      run = new SmallRun(context)
      passing = []
      from = run.add(row) ? 0 : undefined
    }
    passing.push({ row, entry, from })
  }
  yield { run, passing }
}

async function* contentInRun(
  context: ZipContext,
  run: SmallRun,
  { row, from }: { readonly row: number; readonly from: number },
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const contents = await run.contents()
  // A copy: who keeps it or sends it on keeps or sends no more than this content.
  if (contents) yield Buffer.from(contents.subarray(from, from + context.directory.sizeBytes(row)))
  else yield* zipContent(context, row, { signal })
}

/** Reads the files of some rows for their checks alone, as `OpenArchive.checkRows`. */
export async function* checkZipRows(
  context: ZipContext,
  from: number,
  to: number,
  signal: AbortSignal,
): AsyncGenerator<CheckedFiles> {
  let run = new SmallRun(context)
  for (let row = from; row < to; row += 1) {
    if (!isReadable(context, row) || run.add(row)) continue
    yield await checkRun(context, run, signal)
    run = new SmallRun(context)
    if (!run.add(row)) yield await checkOne(context, row, signal)
    await breathe(signal)
  }
  yield await checkRun(context, run, signal)
}

function isReadable({ directory, password }: ZipContext, row: number): boolean {
  const isEncrypted = (directory.flags(row) & zipFlag.encrypted) !== 0
  return directory.kind(row) === 'file' && (password !== undefined || !isEncrypted)
}

async function checkRun(context: ZipContext, run: SmallRun, signal: AbortSignal): Promise<CheckedFiles> {
  if ((await run.contents()) === undefined) {
    for (const row of run.rows) await checkOne(context, row, signal)
  }
  return { files: run.rows.length, bytes: run.bytes }
}

async function checkOne(context: ZipContext, row: number, signal: AbortSignal): Promise<CheckedFiles> {
  await drain(zipContent(context, row, { signal, lends: true }))
  return { files: 1, bytes: context.directory.sizeBytes(row) }
}
