import type { ArchiveRecord } from '../../../shared/model/record.ts'
import { formatSize } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import type { Language } from '../../../shared/text/language.ts'
import { archivesTexts } from '../../parts/archives-texts.ts'
import { Moment } from '../../parts/moment.tsx'
import type { Column } from '../../ui/data/table.tsx'
import { StatusBadge } from '../../ui/feedback/badge.tsx'

/** The columns of the vault's list. */
export function archiveColumns(language: Language): readonly Column<ArchiveRecord>[] {
  const { columns: texts } = archivesTexts[language]
  const words = wordsIn(language)
  const systemOf = ({ source }: ArchiveRecord): string =>
    [source.model?.value, source.systemVersion?.value].filter(Boolean).join(' · ')
  return [
    {
      id: 'device',
      label: texts.device,
      render: ({ device }) => device.name,
      sortValue: ({ device }) => device.name,
      isRowHeader: true,
      grow: 1.5,
      minWidth: 120,
    },
    {
      id: 'taken',
      label: texts.taken,
      render: ({ takenAt }) => <Moment at={takenAt} />,
      sortValue: ({ takenAt }) => takenAt,
      isTabular: true,
      width: 146,
    },
    { id: 'system', label: texts.system, render: systemOf, sortValue: systemOf, grow: 2, minWidth: 140 },
    {
      id: 'origin',
      label: texts.origin,
      render: ({ origin, proof }) =>
        proof === 'L2' ? (
          words.origin[origin]
        ) : (
          <StatusBadge
            tone="unknown"
            look="plain"
            label={words.origin[origin]}
            title={`${texts.proof}: ${words.proof[proof]}`}
          />
        ),
      text: ({ origin }) => words.origin[origin],
      sortValue: ({ origin }) => words.origin[origin],
      width: 120,
    },
    {
      id: 'size',
      label: texts.size,
      render: ({ sizeBytes }) => formatSize(sizeBytes, language),
      sortValue: ({ sizeBytes }) => sizeBytes,
      align: 'end',
      width: 98,
    },
  ]
}
