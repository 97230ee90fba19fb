import type { ArchiveRecord } from '../../shared/model/record.ts'
import { formatSize } from '../../shared/text/format.ts'
import { wordsIn } from '../../shared/text/index.ts'
import type { Language } from '../../shared/text/language.ts'
import type { Column } from '../ui/data/table.tsx'
import { archivesTexts } from './archives-texts.ts'
import { Moment } from './moment.tsx'

type RecordColumn = 'device' | 'taken' | 'system' | 'origin' | 'size'

/** What an archive's record says of it, for each table of archives; how wide the columns are is the table's own. */
export function recordColumns(language: Language): Readonly<Record<RecordColumn, Column<ArchiveRecord>>> {
  const { columns: texts } = archivesTexts[language]
  const words = wordsIn(language)
  const originOf = ({ origin }: ArchiveRecord): string => words.origin[origin]
  return {
    device: {
      id: 'device',
      label: texts.device,
      render: ({ device }) => device.name,
      sortValue: ({ device }) => device.name,
      isRowHeader: true,
    },
    taken: momentColumn({ id: 'taken', label: texts.taken, momentOf: ({ takenAt }) => takenAt }),
    system: {
      id: 'system',
      label: texts.system,
      render: (record) => systemOf(record),
      sortValue: (record) => systemOf(record),
    },
    origin: { id: 'origin', label: texts.origin, render: originOf, sortValue: originOf },
    size: sizeColumn(texts.size, language),
  }
}

/** The model and the version of the device that an archive is of, the model as `nameOf` names it. */
export function systemOf({ source }: ArchiveRecord, nameOf = (model: string): string => model): string {
  const model = source.model?.value
  return [model && nameOf(model), source.systemVersion?.value].filter(Boolean).join(' · ')
}

interface MomentColumnProps<Row> {
  readonly id: string
  readonly label: string
  /** ISO 8601, UTC. */
  readonly momentOf: (row: Row) => string
}

/** When something of the row happened. */
export function momentColumn<Row>({ id, label, momentOf }: MomentColumnProps<Row>): Column<Row> {
  return { id, label, render: (row) => <Moment at={momentOf(row)} />, sortValue: momentOf, isTabular: true }
}

/** How large the file of the row is. */
export function sizeColumn<Row extends { readonly sizeBytes: number }>(
  label: string,
  language: Language,
): Column<Row> {
  return {
    id: 'size',
    label,
    render: ({ sizeBytes }) => formatSize(sizeBytes, language),
    sortValue: ({ sizeBytes }) => sizeBytes,
    align: 'end',
  }
}
