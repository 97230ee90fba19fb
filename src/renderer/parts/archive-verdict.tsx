import type { ReactElement } from 'react'
import type { ArchiveVerdict } from '../../shared/model/archive-verdict.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import { verdictLines, verdictReasons, verdictTextIn, verdictWord } from '../../shared/text/verdict-text.ts'
import { useLanguage } from '../texts.ts'
import { StatusBadge } from '../ui/feedback/badge.tsx'
import { Notice } from '../ui/feedback/notice.tsx'
import styles from './archive-verdict.module.css'

/** Where an archive came from; absent for one that lies in another one, which is never restored itself. */
type Origin = ArchiveRecord['origin'] | undefined

/** Links are usual in what Ferrite took itself, and go back: only what others made is a reason for care. */
const isOwn = (origin: Origin): boolean => origin !== undefined && origin !== 'import'

interface VerdictMarkProps {
  readonly verdict: ArchiveVerdict
  readonly origin: Origin
}

/** What an opened archive is worth, in a word. */
export function VerdictMark({ verdict, origin }: VerdictMarkProps): ReactElement {
  const texts = verdictTextIn(useLanguage())
  return verdict.verdict === 'ok' ? (
    <StatusBadge tone="good" look="plain" label={texts.ok} title={texts.okTitle} />
  ) : (
    <StatusBadge tone={isOwn(origin) ? 'accent' : 'caution'} label={texts.view} title={texts.viewTitle} />
  )
}

/** The same in a list, from the record alone: only what an import holds back catches the eye. The title says why. */
export function VerdictCell({ record }: { readonly record: ArchiveRecord }): ReactElement {
  const language = useLanguage()
  const word = verdictWord(record.verdict, language)
  const title = verdictLines(record, language).join('\n')
  if (record.verdict?.verdict === 'view')
    return (
      <StatusBadge
        tone={isOwn(record.origin) ? 'neutral' : 'caution'}
        look="plain"
        label={word}
        title={title}
      />
    )
  return (
    <span className={styles['quiet']} title={title}>
      {word}
    </span>
  )
}

interface VerdictNoticeProps extends VerdictMarkProps {
  /** `bar` where it concerns all of a view. */
  readonly look?: 'box' | 'bar'
}

/** What is held back and why, with an example of each; nothing where everything can be used. */
export function VerdictNotice({ verdict, origin, look = 'bar' }: VerdictNoticeProps): ReactElement {
  const language = useLanguage()
  const texts = verdictTextIn(language)
  if (verdict.verdict === 'ok') return <></>
  return (
    <Notice tone={isOwn(origin) ? 'accent' : 'caution'} look={look}>
      <p>{texts.notice}</p>
      <ul className={styles['reasons']}>
        {verdictReasons(verdict, language).map(({ sentence, example }) => (
          <li key={sentence}>
            {sentence} <bdi className={styles['example']}>{example}</bdi>
          </li>
        ))}
      </ul>
      {origin !== undefined && <p>{isOwn(origin) ? texts.own : texts.imported}</p>}
    </Notice>
  )
}
