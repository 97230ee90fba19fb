import { restorabilityOf, type Annotations, type Restorability } from '../../../shared/model/annotations.ts'
import type { ArchiveId, ArchiveRecord } from '../../../shared/model/record.ts'
import type { Language } from '../../../shared/text/language.ts'
import { verdictTextIn } from '../../../shared/text/verdict-text.ts'
import { recordColumns, systemOf } from '../../parts/archive-columns.tsx'
import { VerdictCell } from '../../parts/archive-verdict.tsx'
import { howEarned, proofTexts, toneOfLevel } from '../../parts/proof.ts'
import { shortModel } from '../../parts/short-model.ts'
import type { Column } from '../../ui/data/table.tsx'
import { StatusBadge } from '../../ui/feedback/badge.tsx'

/** What is held back comes first, as it is the exception. */
const rank = { view: 0, ok: 1 }

/** The columns of the vault's list. */
export function archiveColumns(
  language: Language,
  annotations: ReadonlyMap<ArchiveId, Annotations>,
): readonly Column<ArchiveRecord>[] {
  const columns = recordColumns(language)
  const { column, short } = proofTexts[language]
  const levelOf = (record: ArchiveRecord): Restorability =>
    restorabilityOf(record, annotations.get(record.id))
  const shortSystemOf = (record: ArchiveRecord): string =>
    systemOf(record, (model) => shortModel(model, record.family, language))
  return [
    { ...columns.device, grow: 1, minWidth: 96 },
    { ...columns.taken, width: 146 },
    { ...columns.system, render: shortSystemOf, text: (record) => systemOf(record), grow: 3, minWidth: 96 },
    { ...columns.origin, width: 104 },
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
      width: 80,
    },
    { ...columns.size, width: 88 },
  ]
}
