import type { ReactElement } from 'react'
import type { ArchiveVerdict } from '../../../shared/model/archive-verdict.ts'
import type { ArchiveRecord } from '../../../shared/model/record.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatCount } from '../../../shared/text/format.ts'
import { useBrowseTexts } from '../../parts/browse-texts.ts'
import { useLanguage } from '../../texts.ts'
import { StatusBadge } from '../../ui/feedback/badge.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import styles from './browser.module.css'

/** What an opened archive is worth, in a word. */
export function VerdictMark({ verdict }: { readonly verdict: ArchiveVerdict }): ReactElement {
  const { verdict: texts } = useBrowseTexts()
  return verdict.verdict === 'ok' ? (
    <StatusBadge tone="good" look="plain" label={texts.ok} title={texts.okTitle} />
  ) : (
    <StatusBadge tone="caution" label={texts.view} title={texts.viewTitle} />
  )
}

const exampleAtMost = 80

interface VerdictNoticeProps {
  readonly verdict: ArchiveVerdict
  /** Where it came from; absent for an archive that lies in another one, which is never restored itself. */
  readonly origin: ArchiveRecord['origin'] | undefined
}

/** What is held back and why, with an example of each; nothing where everything can be used. */
export function VerdictNotice({ verdict, origin }: VerdictNoticeProps): ReactElement {
  const { verdict: texts, why } = useBrowseTexts()
  const language = useLanguage()
  if (verdict.verdict === 'ok') return <></>
  return (
    <Notice tone="caution" look="bar">
      <p>{texts.notice}</p>
      <ul className={styles['reasons']}>
        {verdict.reasons.map(({ restriction, entries, example }) => (
          <li key={restriction}>
            {texts.line(formatCount(entries, language), why[restriction], entries === 1)}{' '}
            <bdi className={styles['example']}>{escapeUntrusted(example, exampleAtMost)}</bdi>
          </li>
        ))}
      </ul>
      {origin !== undefined && <p>{origin === 'import' ? texts.imported : texts.own}</p>}
    </Notice>
  )
}
