import type { FitPage, FitPageLine } from '../../shared/model/fit-page.ts'
import { windowFit as german } from '../../shared/text/de/window-fit.ts'
import { windowFit as english } from '../../shared/text/en/window-fit.ts'
import { escapeUntrusted } from '../../shared/text/escape.ts'
import { formatCount, formatTime } from '../../shared/text/format.ts'
import { wordsIn } from '../../shared/text/index.ts'
import type { Language } from '../../shared/text/language.ts'
import type { PrintDocument, PrintSection } from './document.ts'

/** The matrix on paper: the counts, then one table for each archive with a line for each device of its kind. */
export function fitDocument({ language, madeAt, counts, lines, leftOut }: FitPage): PrintDocument {
  const { page, legend } = language === 'de' ? german : english
  const facts = (Object.keys(legend) as (keyof typeof legend)[]).map(
    (kind) => [legend[kind], formatCount(counts[kind], language)] as const,
  )
  return {
    title: page.title,
    language,
    generatedAt: page.madeAt(formatTime(madeAt, language).local),
    sections: [
      { kind: 'facts', heading: page.counts, facts },
      {
        kind: 'text',
        lines: [page.basis, ...(leftOut > 0 ? [page.leftOut(formatCount(leftOut, language))] : [])],
      },
      ...tablesOf(lines, language),
    ],
  }
}

function tablesOf(lines: readonly FitPageLine[], language: Language): readonly PrintSection[] {
  const { page } = language === 'de' ? german : english
  const { verdict } = wordsIn(language)
  const archives = new Map<string, FitPageLine[]>()
  for (const line of lines) {
    const { archiveDevice, archiveTakenAt } = line
    const heading = page.archive(escapeUntrusted(archiveDevice), formatTime(archiveTakenAt, language).local)
    const known = archives.get(heading)
    if (known) known.push(line)
    else archives.set(heading, [line])
  }
  return [...archives].map(([heading, ofArchive]) => ({
    kind: 'table',
    heading,
    head: [page.device, page.verdict, page.reason, page.remedy, page.identityReadAt],
    rows: ofArchive.map((line) => [
      escapeUntrusted(line.device),
      verdict[line.verdict],
      `${line.rule}: ${escapeUntrusted(line.reason)}`,
      escapeUntrusted(line.remedy),
      line.identityReadAt === undefined ? page.neverRead : formatTime(line.identityReadAt, language).local,
    ]),
  }))
}
