import type { ReactElement } from 'react'
import { formatAge, formatTime } from '../../shared/text/format.ts'
import { useLanguage } from '../texts.ts'
import { useNow } from './now.ts'

interface MomentProps {
  /** ISO 8601, UTC. */
  readonly at: string
  /** `time`: the local time. `age`: how long ago. UTC, and for ages the local time, are in the title. */
  readonly look?: 'time' | 'age'
}

/** A moment in the person's time and language. */
export function Moment({ at, look = 'time' }: MomentProps): ReactElement {
  const language = useLanguage()
  const now = useNow()
  const { local, utc } = formatTime(at, language, { seconds: look === 'age' })
  return (
    <time dateTime={at} title={look === 'time' ? utc : `${local}\n${utc}`}>
      {look === 'time' ? local : formatAge(at, now, language)}
    </time>
  )
}
