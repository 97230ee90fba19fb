import type { ReactElement } from 'react'
import type { ArchiveVerdict } from '../../shared/model/archive-verdict.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import { verdictLines, verdictReasons, verdictTextIn, verdictWord } from '../../shared/text/verdict-text.ts'
import { useLanguage } from '../texts.ts'
import { StatusBadge } from '../ui/feedback/badge.tsx'
import { Notice } from '../ui/feedback/notice.tsx'
import styles from './archive-verdict.module.css'

/** What an opened archive is worth, in a word. */
export function VerdictMark({ verdict }: { readonly verdict: ArchiveVerdict }): ReactElement {
  const texts = verdictTextIn(useLanguage())
  return verdict.verdict === 'ok' ? (
    <StatusBadge tone="good" look="plain" label={texts.ok} title={texts.okTitle} />
  ) : (
    <StatusBadge tone="caution" label={texts.view} title={texts.viewTitle} />
  )
}

/** The same in a list, from the record alone: only what is held back catches the eye. The title says why. */
export function VerdictCell({ record }: { readonly record: ArchiveRecord }): ReactElement {
  const language = useLanguage()
  const word = verdictWord(record.verdict, language)
  const title = verdictLines(record, language).join('\n')
  if (record.verdict?.verdict === 'view')
    return <StatusBadge tone="caution" look="plain" label={word} title={title} />
  return (
    <span className={styles['quiet']} title={title}>
      {word}
    </span>
  )
}

interface VerdictNoticeProps {
  readonly verdict: ArchiveVerdict
  /** Where it came from; absent for an archive that lies in another one, which is never restored itself. */
  readonly origin: ArchiveRecord['origin'] | undefined
  /** `bar` where it concerns all of a view. */
  readonly look?: 'box' | 'bar'
}

/** What is held back and why, with an example of each; nothing where everything can be used. */
export function VerdictNotice({ verdict, origin, look = 'bar' }: VerdictNoticeProps): ReactElement {
  const language = useLanguage()
  const texts = verdictTextIn(language)
  if (verdict.verdict === 'ok') return <></>
  return (
    <Notice tone="caution" look={look}>
      <p>{texts.notice}</p>
      <ul className={styles['reasons']}>
        {verdictReasons(verdict, language).map(({ sentence, example }) => (
          <li key={sentence}>
            {sentence} <bdi className={styles['example']}>{example}</bdi>
          </li>
        ))}
      </ul>
      {origin !== undefined && <p>{origin === 'import' ? texts.imported : texts.own}</p>}
    </Notice>
  )
}
