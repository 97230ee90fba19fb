import type { KeyHint } from '../../shared/model/annotations.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import { sheet as german } from '../../shared/text/de/emergency-sheet.ts'
import { sheet as english } from '../../shared/text/en/emergency-sheet.ts'
import { formatBytes, formatTime } from '../../shared/text/format.ts'
import type { Language } from '../../shared/text/language.ts'
import type { PrintDocument } from '../printing/document.ts'

export interface SheetFacts {
  readonly record: ArchiveRecord
  readonly key: string
  readonly hint: KeyHint
  /** The version the source had, where somebody stated it. */
  readonly version: string | undefined
  readonly language: Language
  readonly now: Date
}

const groupLength = 4
const groupsInLine = 4

/** The page to put into a safe: everything that a person needs to restore a backup without Ferrite. */
export function emergencySheet(facts: SheetFacts): PrintDocument {
  const { record, key, hint, version, language, now } = facts
  const text = language === 'de' ? german : english
  const time = (moment: string): string => {
    const { local, utc } = formatTime(moment, language)
    return `${local} (${utc})`
  }
  return {
    title: text.title(record.device.name),
    language,
    generatedAt: text.generatedAt(time(now.toISOString())),
    sections: [
      { kind: 'text', lines: [text.warning] },
      {
        kind: 'facts',
        heading: text.file,
        facts: [
          [text.fileName, record.fileName],
          [text.size, formatBytes(record.sizeBytes, language)],
          [text.sha256, record.sha256],
          [text.device, [record.device.name, record.device.address].filter(Boolean).join(', ')],
          [text.version, version ?? text.notStated],
          [text.takenAt, time(record.takenAt)],
          [text.archive, record.id],
        ],
      },
      { kind: 'code', heading: text.key, text: inGroups(key) },
      {
        kind: 'facts',
        facts: [
          [text.keyLength, String(key.length)],
          [text.keyHash, hint.sha256Start],
        ],
      },
      { kind: 'text', lines: [text.keyRule] },
      { kind: 'steps', heading: text.steps, steps: text.restoreSteps },
    ],
  }
}

/** In groups that an eye can follow. Blanks inside a key would be lost between them, so such a key stays in one piece. */
export function inGroups(key: string): string {
  if (/\s/.test(key)) return key
  const groups = key.match(new RegExp(`.{1,${groupLength}}`, 'gsu')) ?? []
  const lines = Array.from({ length: Math.ceil(groups.length / groupsInLine) }, (_, line) =>
    groups.slice(line * groupsInLine, (line + 1) * groupsInLine).join(' '),
  )
  return lines.join('\n')
}
