import type { ReactElement } from 'react'
import { standingOf, type Procedure, type ProcedureId } from '../../../shared/model/procedure.ts'
import { procedureIdSchema } from '../../../shared/model/procedure.ts'
import { formatAge } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import { standingText } from '../../../shared/text/procedure-text.ts'
import { amend } from '../../navigation.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { useNow } from '../../parts/now.ts'
import type { ProcedureList as Listing } from '../../stores/procedures.ts'
import { useLanguage } from '../../texts.ts'
import { classes } from '../../ui/classes.ts'
import { List, type ListItem, type ListSection } from '../../ui/data/list.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { standingIcon, standingMark } from './standing.tsx'
import layout from '../../ui/layout/layout.module.css'
import styles from './procedures.module.css'
import { useProceduresTexts } from './texts.ts'

interface ProcedureListProps {
  readonly listing: Listing
  readonly selected: ProcedureId | undefined
}

/** Those that wait first, then the ended ones; what cannot be read is told above them. */
export function ProcedureList({ listing, selected }: ProcedureListProps): ReactElement {
  const texts = useProceduresTexts()
  const itemOf = useItems()
  const sectionOf = (id: 'open' | 'ended', procedures: readonly Procedure[]): readonly ListSection[] =>
    procedures.length === 0 ? [] : [{ id, title: texts[id], items: procedures.map(itemOf) }]
  const { procedures, damaged } = listing
  return (
    <div className={classes(layout['column'], styles['list'])}>
      {damaged.map(({ id, failure }) => (
        <div key={id} className={styles['damaged']}>
          <Notice tone="bad">{texts.damaged(id)}</Notice>
          <FailurePanel failure={failure} isAnnounced={false} />
        </div>
      ))}
      <List
        label={texts.list}
        selectionMode="single"
        selectedKeys={new Set(selected === undefined ? [] : [selected])}
        onSelectionChange={(keys) => {
          const chosen = procedureIdSchema.safeParse([...keys][0])
          if (chosen.success) amend({ view: 'procedures', procedureId: chosen.data })
        }}
        sections={[
          ...sectionOf('open', waitingFirst(procedures.filter(({ report }) => report === undefined))),
          ...sectionOf(
            'ended',
            procedures.filter(({ report }) => report !== undefined),
          ),
        ]}
      />
    </div>
  )
}

function useItems(): (procedure: Procedure) => ListItem {
  const texts = useProceduresTexts()
  const language = useLanguage()
  const now = useNow()
  return (procedure) => {
    const { id, plan, createdAt, report } = procedure
    const where = report ? wordsIn(language).outcome[report.outcome] : standingText(procedure, language)
    const since = texts.since(formatAge(createdAt, now, language))
    const note = standingMark(procedure, language)
    return {
      id,
      label: plan.deviceName,
      // Beside a mark there is no room for the same in more words.
      description: note ? since : `${where} · ${since}`,
      icon: standingIcon(procedure),
      note,
    }
  }
}

function waitingFirst(procedures: readonly Procedure[]): readonly Procedure[] {
  const order = ['unclear', 'failed', 'for-you', 'to-report', 'for-ferrite', 'running', 'ended']
  const rank = (procedure: Procedure): number => order.indexOf(standingOf(procedure).kind)
  return procedures.toSorted((a, b) => rank(a) - rank(b))
}
