import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { restorabilities, restorabilityOf } from '../../../shared/model/annotations.ts'
import { proofLimits } from '../../../shared/model/proof-limits.ts'
import type { ArchiveRecord } from '../../../shared/model/record.ts'
import { formatTime } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import { useProofTexts } from '../../parts/proof.ts'
import { annotationsStore } from '../../stores/annotations.ts'
import { devicesStore } from '../../stores/devices.ts'
import { valueOf } from '../../stores/loaded.ts'
import { useLanguage } from '../../texts.ts'
import { StatusBadge } from '../../ui/feedback/badge.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import styles from './archives.module.css'

/** How far an archive is proven, level by level, what would prove more, and what can never be proven here. */
export function ArchiveProof({ record }: { readonly record: ArchiveRecord }): ReactElement {
  const texts = useProofTexts()
  const language = useLanguage()
  const words = wordsIn(language)
  const annotations = useStore(annotationsStore, ({ byId }) => byId.get(record.id))
  const views = useStore(devicesStore, ({ devices }) => valueOf(devices)) ?? []
  const reached = restorabilityOf(record, annotations)
  const reachedAt = restorabilities.indexOf(reached)
  const limits = proofLimits(
    record,
    views.map(({ device }) => device),
  )
  return (
    <Panel title={texts.title} level={3}>
      <div className={styles['proof']}>
        <ol className={styles['levels']}>
          {restorabilities.map((level, index) => {
            const isEarned = index <= reachedAt
            // A plan is looked at often; the newest one says enough.
            const newest = annotations?.proofs.findLast((proof) => proof.level === level)
            return (
              <li key={level}>
                <StatusBadge
                  tone={isEarned ? 'good' : 'unknown'}
                  label={`${level} ${words.restorability[level]}`}
                  title={`${isEarned ? texts.earned : texts.missing}: ${texts.level[level]}`}
                />
                {newest && (
                  <span className={styles['quiet']}>
                    {texts.onDevice(
                      newest.deviceName,
                      words.role[newest.deviceRole],
                      formatTime(newest.at, language).local,
                    )}
                  </span>
                )}
              </li>
            )
          })}
        </ol>
        <p>
          <strong>{texts.nextStep}:</strong> {texts.next[reached]}
        </p>
        {reached !== 'L4' &&
          limits.map(({ limit, facts }) => (
            <Notice key={limit} tone="caution">
              {texts.limit[limit](facts)}
            </Notice>
          ))}
      </div>
    </Panel>
  )
}
