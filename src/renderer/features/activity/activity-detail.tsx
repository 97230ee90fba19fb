import { Archive, FileCheck, MousePointerClick } from 'lucide-react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import type { ActivityEntry } from '../../../shared/model/activity.ts'
import { archiveIdSchema } from '../../../shared/model/record.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatTime } from '../../../shared/text/format.ts'
import { request } from '../../api.ts'
import { go } from '../../navigation.ts'
import { archivesStore } from '../../stores/archives.ts'
import { showFailure } from '../../stores/messages.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { FactList, type Fact } from '../../ui/data/fact-list.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { actionText, factText } from './activity-list.ts'
import layout from '../../ui/layout/layout.module.css'
import styles from './activity.module.css'
import { useActivityTexts } from './texts.ts'

/** Everything that was written down about one thing that was done. */
export function ActivityDetail({ entry }: { readonly entry: ActivityEntry | undefined }): ReactElement {
  const texts = useActivityTexts()
  const language = useLanguage()
  if (entry === undefined) {
    return (
      <div className={layout['middle']}>
        <EmptyState icon={MousePointerClick} sentence={texts.choose} />
      </div>
    )
  }
  const { local, utc } = formatTime(entry.at, language, { seconds: true })
  const facts = Object.entries(entry.facts)
    .filter(([, value]) => value !== '')
    .map(([name, value]): Fact => {
      const shown = factText(name, value, language)
      return {
        ...shown,
        value: escapeUntrusted(shown.value),
        ...(isLong(value) && { isMono: true, copy: value }),
      }
    })
  return (
    <section className={layout['column']} aria-label={texts.detail}>
      <PageHeader
        title={actionText(entry.action, language)}
        level={2}
        subtitle={entry.subject}
        actions={<EntryActions entry={entry} />}
      />
      <div className={styles['page']}>
        <FactList
          facts={[
            { label: texts.columns.at, value: local, note: utc },
            { label: texts.columns.actor, value: entry.actor },
            ...facts,
            { label: texts.number, value: String(entry.sequence) },
            { label: texts.hash, value: entry.hash, isMono: true, copy: true },
            { label: texts.previous, value: entry.previous, isMono: true, copy: true },
          ]}
        />
      </div>
    </section>
  )
}

/** Ids, hashes and addresses: what is copied rather than read. */
function isLong(value: string): boolean {
  return value.length >= 16 && !value.includes(' ')
}

function EntryActions({ entry: { action, facts } }: { readonly entry: ActivityEntry }): ReactElement {
  const texts = useActivityTexts()
  const archive = archiveIdSchema.safeParse(facts['archive'])
  const isStored = useStore(archivesStore, ({ byId }) => archive.success && byId.has(archive.data))
  const plan = action === 'restore-ended' ? facts['plan'] : undefined
  return (
    <>
      {plan !== undefined && (
        <Button
          label={texts.openReport}
          icon={FileCheck}
          size="small"
          onPress={() => void openReport(plan)}
        />
      )}
      {isStored && archive.success && (
        <Button
          label={texts.openArchive}
          icon={Archive}
          size="small"
          onPress={() => go({ view: 'archives', archiveId: archive.data })}
        />
      )}
    </>
  )
}

/** The history names the plan's hash; the report of that plan is looked up. */
async function openReport(planHash: string): Promise<void> {
  const reports = await request('restore.reports')
  if (!reports.ok) {
    showFailure(reports.failure)
    return
  }
  const report = reports.value.find((each) => each.planHash === planHash)
  if (report === undefined) showFailure({ code: 'not-found', kind: 'report', id: planHash.slice(0, 12) })
  else go({ view: 'report', planId: report.planId })
}
