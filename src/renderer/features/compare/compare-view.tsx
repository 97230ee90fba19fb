import { ArrowLeft, ArrowLeftRight, Columns2 } from 'lucide-react'
import { useState } from 'react'
import type { ReactElement } from 'react'
import type { Comparison } from '../../../shared/model/comparison.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { request } from '../../api.ts'
import { amend, goBack } from '../../navigation.ts'
import { useCompareTexts } from '../../parts/compare-texts.ts'
import { useAnswer } from '../../parts/use-answer.ts'
import { Waiting } from '../../parts/waiting.tsx'
import { Button } from '../../ui/actions/button.tsx'
import { IconButton } from '../../ui/actions/icon-button.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { SplitPane } from '../../ui/layout/split-pane.tsx'
import { useArchiveLabel } from './archive-label.ts'
import { ChangeList } from './change-list.tsx'
import layout from '../../ui/layout/layout.module.css'
import { EntryComparison } from './entry-comparison.tsx'

interface CompareViewProps {
  readonly before: ArchiveId
  readonly after: ArchiveId
}

/** Two archives: what was added, removed or changed, and both sides of what is selected. */
export function CompareView({ before, after }: CompareViewProps): ReactElement {
  const texts = useCompareTexts()
  const labels = [useArchiveLabel(before), useArchiveLabel(after)] as const
  const key = `${before} ${after}`
  const comparison = useAnswer(key, async () =>
    request('compare.archives', {
      before: { archiveId: before, inside: [] },
      after: { archiveId: after, inside: [] },
    }),
  )
  const swap = (): void => amend({ view: 'compare', before: after, after: before })
  return (
    <section className={layout['column']}>
      <PageHeader
        title={texts.title}
        subtitle={labels.join(' → ')}
        leading={<IconButton label={texts.back} icon={ArrowLeft} onPress={goBack} />}
        actions={<Button label={texts.swap} icon={ArrowLeftRight} onPress={swap} />}
      />
      <Waiting loaded={comparison} label={texts.running}>
        {(value) => <Changes key={key} comparison={value} before={before} after={after} labels={labels} />}
      </Waiting>
    </section>
  )
}

interface ChangesProps extends CompareViewProps {
  readonly comparison: Comparison
  readonly labels: readonly [string, string]
}

function Changes({ comparison, before, after, labels }: ChangesProps): ReactElement {
  const texts = useCompareTexts()
  const [path, setPath] = useState<string>()
  const chosen = comparison.changes.find((change) => change.path === path)
  if (comparison.changes.length === 0) {
    return (
      <div className={layout['middle']}>
        <EmptyState icon={Columns2} sentence={texts.same} />
      </div>
    )
  }
  const list = <ChangeList comparison={comparison} chosen={path} onChoose={setPath} />
  if (chosen === undefined) return list
  return (
    <SplitPane
      label={texts.divider}
      direction="rows"
      defaultSize={36}
      minFirst={160}
      minSecond={220}
      first={list}
      second={
        <EntryComparison key={chosen.path} before={before} after={after} change={chosen} labels={labels} />
      }
    />
  )
}
