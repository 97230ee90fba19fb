import { ListChecks, MousePointerClick } from 'lucide-react'
import { useEffect } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { Procedure, ProcedureId } from '../../../shared/model/procedure.ts'
import { reloadProcedures } from '../../live.ts'
import { amend, go } from '../../navigation.ts'
import { FailureActions } from '../../parts/failure-actions.tsx'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { ListPane } from '../../parts/list-pane.tsx'
import { proceduresStore, type ProcedureList as Listing } from '../../stores/procedures.ts'
import { Button } from '../../ui/actions/button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { Spinner } from '../../ui/feedback/spinner.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { ProcedureDetail } from './procedure-detail.tsx'
import { ProcedureList } from './procedure-list.tsx'
import layout from '../../ui/layout/layout.module.css'
import { useProceduresTexts } from './texts.ts'

interface ProceduresViewProps {
  readonly procedureId: ProcedureId | undefined
}

/** Restores that a person and Ferrite do together: which there are, and the steps of one of them. */
export function ProceduresView({ procedureId }: ProceduresViewProps): ReactElement {
  const texts = useProceduresTexts()
  const list = useStore(proceduresStore, (state) => state.list)
  // Main tells what it does itself; what the command line did in the meantime is only on disk.
  useEffect(() => {
    void reloadProcedures()
  }, [])
  return (
    <>
      <PageHeader title={texts.title} subtitle={texts.subtitle} />
      {list.phase === 'loading' && (
        <div className={layout['middle']}>
          <Spinner label={texts.loading} size={24} />
        </div>
      )}
      {list.phase === 'failed' && (
        <div className={layout['page']}>
          <FailurePanel
            failure={list.failure}
            actions={<FailureActions failure={list.failure} retry={() => void reloadProcedures()} />}
          />
        </div>
      )}
      {list.phase === 'ready' && <Procedures listing={list.value} procedureId={procedureId} />}
    </>
  )
}

interface ProceduresProps extends ProceduresViewProps {
  readonly listing: Listing
}

function Procedures({ listing, procedureId }: ProceduresProps): ReactElement {
  const texts = useProceduresTexts()
  const { procedures, damaged } = listing
  const only = onlyOpen(procedures)
  // The only one that is under way needs no choice; once shown it stays, also when it has ended.
  useEffect(() => {
    if (procedureId === undefined && only !== undefined) amend({ view: 'procedures', procedureId: only })
  }, [procedureId, only])
  if (procedures.length + damaged.length === 0) {
    return (
      <div className={layout['middle']}>
        <EmptyState
          icon={ListChecks}
          sentence={texts.empty}
          action={<Button label={texts.toArchives} onPress={() => go({ view: 'archives' })} />}
        />
      </div>
    )
  }
  const shown = procedures.find(({ id }) => id === procedureId)
  return (
    <ListPane
      label={texts.widthOfList}
      defaultSize={34}
      first={<ProcedureList listing={listing} selected={shown?.id} />}
      second={
        shown === undefined ? (
          <div className={layout['middle']}>
            <EmptyState icon={MousePointerClick} sentence={texts.choose} />
          </div>
        ) : (
          <ProcedureDetail key={shown.id} procedure={shown} />
        )
      }
    />
  )
}

function onlyOpen(procedures: readonly Procedure[]): ProcedureId | undefined {
  const [open, ...others] = procedures.filter(({ report }) => report === undefined)
  return others.length === 0 ? open?.id : undefined
}
