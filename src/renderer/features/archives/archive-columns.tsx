import { restorabilityOf, type Annotations, type Restorability } from '../../../shared/model/annotations.ts'
import type { ArchiveId, ArchiveRecord } from '../../../shared/model/record.ts'
import { formatSize } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import type { Language } from '../../../shared/text/language.ts'
import { verdictTextIn } from '../../../shared/text/verdict-text.ts'
import { VerdictCell } from '../../parts/archive-verdict.tsx'
import { archivesTexts } from '../../parts/archives-texts.ts'
import { Moment } from '../../parts/moment.tsx'
import { howEarned, proofTexts, toneOfLevel } from '../../parts/proof.ts'
import type { Column } from '../../ui/data/table.tsx'
import { StatusBadge } from '../../ui/feedback/badge.tsx'

/** What is held back comes first, as it is the exception. */
const rank = { view: 0, ok: 1 }

/** The columns of the vault's list. */
export function archiveColumns(
  language: Language,
  annotations: ReadonlyMap<ArchiveId, Annotations>,
): readonly Column<ArchiveRecord>[] {
  const { columns: texts } = archivesTexts[language]
  const words = wordsIn(language)
  const { column, short } = proofTexts[language]
  const systemOf = ({ source }: ArchiveRecord): string =>
    [source.model?.value, source.systemVersion?.value].filter(Boolean).join(' · ')
  const levelOf = (record: ArchiveRecord): Restorability =>
    restorabilityOf(record, annotations.get(record.id))
  return [
    {
      id: 'device',
      label: texts.device,
      render: ({ device }) => device.name,
      sortValue: ({ device }) => device.name,
      isRowHeader: true,
      grow: 1.5,
      minWidth: 108,
    },
    {
      id: 'taken',
      label: texts.taken,
      render: ({ takenAt }) => <Moment at={takenAt} />,
      sortValue: ({ takenAt }) => takenAt,
      isTabular: true,
      width: 146,
    },
    { id: 'system', label: texts.system, render: systemOf, sortValue: systemOf, grow: 2, minWidth: 64 },
    {
      id: 'origin',
      label: texts.origin,
      render: ({ origin }) => words.origin[origin],
      text: ({ origin }) => words.origin[origin],
      sortValue: ({ origin }) => words.origin[origin],
      width: 108,
    },
    {
      id: 'proven',
      label: column,
      render: (record) => {
        const level = levelOf(record)
        return (
          <StatusBadge
            tone={toneOfLevel[level]}
            look="plain"
            label={short[level]}
            title={howEarned(record, annotations.get(record.id), language)}
          />
        )
      },
      text: (record) => short[levelOf(record)],
      sortValue: levelOf,
      width: 116,
    },
    {
      id: 'verdict',
      label: verdictTextIn(language).title,
      render: (record) => <VerdictCell record={record} />,
      sortValue: ({ verdict }) => verdict && rank[verdict.verdict],
      width: 84,
    },
    {
      id: 'size',
      label: texts.size,
      render: ({ sizeBytes }) => formatSize(sizeBytes, language),
      sortValue: ({ sizeBytes }) => sizeBytes,
      align: 'end',
      width: 88,
    },
  ]
}
