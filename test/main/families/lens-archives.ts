import { onTestFinished } from 'vitest'
import { memorySource } from '../../../src/main/archives/byte-source.ts'
import { openArchive, type OpenArchive } from '../../../src/main/archives/open.ts'
import { covered, type OpenCell, type OpenLens } from '../../../src/main/families/lens-table.ts'
import { lensSchema, type LensCell, type LensId } from '../../../src/shared/model/lens.ts'
import { buildTar, type RawTarEntry } from '../../corpus/tar-bytes.ts'
import { buildZip } from '../../corpus/zip-bytes.ts'

export const quiet = new AbortController().signal

export async function opened(bytes: Buffer, name: string): Promise<OpenArchive> {
  const archive = await openArchive(memorySource(bytes), { name })
  onTestFinished(async () => archive[Symbol.asyncDispose]())
  return archive
}

/** A zip of these files, opened. */
export async function zipOf(
  files: Readonly<Record<string, string | Buffer>>,
  name = '2026-11-21_06-00-00_ctrlx-setup.zip',
): Promise<OpenArchive> {
  const entries = Object.entries(files).map(([path, content]) => ({ name: path, content }))
  return await opened(buildZip(entries), name)
}

/** A tar of these files and links, opened. */
export async function tarOf(
  files: Readonly<Record<string, string | Buffer | { readonly link: string }>>,
  name = 'line-3.tar',
): Promise<OpenArchive> {
  const entries = Object.entries(files).map(([path, content]): RawTarEntry =>
    typeof content === 'string' || Buffer.isBuffer(content)
      ? { name: path, content }
      : { name: path, type: '2', linkName: content.link },
  )
  return await opened(buildTar(...entries), name)
}

/** The rows of a lens by column, without what is missing. */
export function rowsOf(
  lenses: readonly OpenLens[],
  id: LensId,
): readonly Readonly<Record<string, OpenCell>>[] {
  const lens = lenses.find((each) => each.id === id)
  return (lens?.rows ?? []).map((row) =>
    Object.fromEntries(
      row.flatMap((cell, at) => (cell === undefined ? [] : [[lens?.columns[at]?.id ?? '', cell]])),
    ),
  )
}

/** A lens of two columns as pairs. */
export function pairsOf(lenses: readonly OpenLens[], id: LensId): Readonly<Record<string, OpenCell>> {
  const rows = lenses.find((each) => each.id === id)?.rows ?? []
  return Object.fromEntries(rows.map(([name, value]) => [typeof name === 'string' ? name : '', value]))
}

/** What leaves the parser process, checked as main checks it. */
export function answerOf(lenses: readonly OpenLens[]): readonly (readonly LensCell[])[] {
  return covered(lenses).flatMap((lens) => lensSchema.parse(lens).rows)
}
