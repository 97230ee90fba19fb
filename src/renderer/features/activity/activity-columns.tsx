import type { ActivityEntry } from '../../../shared/model/activity.ts'
import type { Language } from '../../../shared/text/language.ts'
import { Moment } from '../../parts/moment.tsx'
import type { Column } from '../../ui/data/table.tsx'
import { actionText, summaryOf } from './activity-list.ts'
import { activityTexts } from './texts.ts'

/** The columns of the activity. */
export function activityColumns(language: Language): readonly Column<ActivityEntry>[] {
  const { columns } = activityTexts[language]
  return [
    {
      id: 'at',
      label: columns.at,
      render: ({ at }) => <Moment at={at} />,
      sortValue: ({ sequence }) => sequence,
      isTabular: true,
      width: 148,
    },
    {
      id: 'action',
      label: columns.action,
      render: ({ action }) => actionText(action, language),
      sortValue: ({ action }) => actionText(action, language),
      isRowHeader: true,
      grow: 1.5,
      minWidth: 216,
    },
    {
      id: 'subject',
      label: columns.subject,
      render: ({ subject }) => subject,
      sortValue: ({ subject }) => subject,
      grow: 1,
      minWidth: 96,
    },
    {
      id: 'facts',
      label: columns.facts,
      render: (entry) => summaryOf(entry, language),
      grow: 1.5,
      minWidth: 100,
    },
    {
      id: 'actor',
      label: columns.actor,
      render: ({ actor }) => actor,
      sortValue: ({ actor }) => actor,
      width: 84,
    },
  ]
}

/** What tells rows apart. */
export function idOf({ sequence }: ActivityEntry): string {
  return String(sequence)
}
