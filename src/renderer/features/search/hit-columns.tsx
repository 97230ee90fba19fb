import type { ReactElement } from 'react'
import type { DeviceId } from '../../../shared/model/device.ts'
import type { ArchiveId, ArchiveRecord } from '../../../shared/model/record.ts'
import { matchesCountedAtMost, type SearchHit } from '../../../shared/model/search.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatCount } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { Moment } from '../../parts/moment.tsx'
import { searchTexts } from '../../parts/search-texts.ts'
import type { Column } from '../../ui/data/table.tsx'
import styles from './search.module.css'

/** A hit with what its row shows. */
export interface HitRow {
  readonly id: string
  readonly hit: SearchHit
  readonly name: string
  /** The way to the folder, archives inside archives included. */
  readonly folder: string
  readonly device: string
  readonly deviceId: DeviceId | undefined
  readonly takenAt: string | undefined
}

export function rowOf(hit: SearchHit, index: number, records: ReadonlyMap<ArchiveId, ArchiveRecord>): HitRow {
  const record = records.get(hit.archiveId)
  const slash = hit.path.lastIndexOf('/')
  return {
    id: String(index),
    hit,
    name: escapeUntrusted(hit.path.slice(slash + 1)),
    folder: [...hit.inside, hit.path.slice(0, Math.max(0, slash))]
      .filter((part) => part !== '')
      .map((part) => escapeUntrusted(part))
      .join(' › '),
    device: record?.device.name ?? hit.archiveId,
    deviceId: record?.device.id,
    takenAt: record?.takenAt,
  }
}

/** The columns of what was found; where a text was found in contents, its line and what stands around it. */
export function hitColumns(language: Language, isContents: boolean): readonly Column<HitRow>[] {
  const texts = searchTexts[language]
  const { columns } = texts
  const places: readonly Column<HitRow>[] = [
    {
      id: 'file',
      label: columns.file,
      render: ({ name }) => name,
      sortValue: ({ name }) => name,
      isRowHeader: true,
      grow: 1,
      minWidth: 140,
    },
    {
      id: 'folder',
      label: columns.folder,
      render: ({ folder }) => folder,
      sortValue: ({ folder }) => folder,
      grow: 1,
      minWidth: 110,
    },
    {
      id: 'device',
      label: columns.device,
      render: ({ device }) => device,
      sortValue: ({ device }) => device,
      grow: 0.7,
      minWidth: 90,
    },
    {
      id: 'taken',
      label: columns.taken,
      render: ({ takenAt }) => (takenAt === undefined ? '' : <Moment at={takenAt} />),
      sortValue: ({ takenAt }) => takenAt,
      isTabular: true,
      width: 148,
    },
  ]
  if (!isContents) return places
  return [
    ...places,
    {
      id: 'line',
      label: columns.line,
      render: ({ hit }) => lineText(hit, language),
      sortValue: ({ hit }) => hit.content?.line,
      align: 'end',
      width: 72,
    },
    {
      id: 'excerpt',
      label: columns.excerpt,
      render: ({ hit }) => <ExcerptCell hit={hit} />,
      text: ({ hit }) => excerptText(hit),
      grow: 2,
      minWidth: 180,
    },
    {
      id: 'matches',
      label: columns.matches,
      render: ({ hit: { content } }) => {
        const count = content?.matches ?? 0
        const shown = formatCount(count, language)
        return count >= matchesCountedAtMost ? texts.matchesAtLeast(shown) : shown
      },
      sortValue: ({ hit }) => hit.content?.matches,
      align: 'end',
      width: 84,
    },
  ]
}

function lineText({ content }: SearchHit, language: Language): string {
  return content?.line === undefined ? '' : formatCount(content.line, language)
}

/** What stands in front is shown from its end, so that the match is in sight in a narrow column. */
const beforeAtMost = 24

function ExcerptCell({ hit: { content } }: { readonly hit: SearchHit }): ReactElement {
  if (content === undefined) return <></>
  const before = escapeUntrusted(content.before).trimStart()
  const shown = before.length > beforeAtMost ? `…${before.slice(-beforeAtMost)}` : before
  return (
    <span className={styles['excerpt']}>
      {shown}
      <mark className={styles['match']}>{escapeUntrusted(content.match)}</mark>
      {escapeUntrusted(content.after)}
    </span>
  )
}

function excerptText({ content }: SearchHit): string {
  return content === undefined ? '' : escapeUntrusted(`${content.before}${content.match}${content.after}`)
}
