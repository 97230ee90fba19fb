import { OctagonX } from 'lucide-react'
import type { Refusal } from '../../../shared/model/refused.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { failureText } from '../../../shared/text/index.ts'
import type { Language } from '../../../shared/text/language.ts'
import { momentColumn, sizeColumn } from '../../parts/archive-columns.tsx'
import type { Column } from '../../ui/data/table.tsx'
import { StatusBadge } from '../../ui/feedback/badge.tsx'
import { refusedTexts } from './refused-texts.ts'

/** The device a refused file came from, or else its name. */
export function sourceOf({ device, fileName }: Refusal): string {
  return escapeUntrusted(device?.name ?? fileName)
}

/** The columns of the list of refused files. */
export function refusedColumns(language: Language): readonly Column<Refusal>[] {
  const { columns: texts, verdict } = refusedTexts[language]
  const why = ({ failure }: Refusal): string => escapeUntrusted(failureText(failure, language).cause)
  return [
    {
      id: 'verdict',
      label: texts.verdict,
      render: (refusal) => (
        <StatusBadge tone="bad" look="plain" icon={OctagonX} label={verdict} title={why(refusal)} />
      ),
      text: () => verdict,
      width: language === 'de' ? 148 : 104,
    },
    {
      id: 'from',
      label: texts.from,
      render: sourceOf,
      sortValue: sourceOf,
      isRowHeader: true,
      grow: 1,
      minWidth: 108,
    },
    { id: 'why', label: texts.why, render: why, sortValue: why, grow: 2, minWidth: 96 },
    {
      ...momentColumn<Refusal>({
        id: 'refused',
        label: texts.refused,
        momentOf: ({ refusedAt }) => refusedAt,
      }),
      width: 146,
    },
    { ...sizeColumn<Refusal>(texts.size, language), width: 92 },
  ]
}
