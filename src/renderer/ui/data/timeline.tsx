import { useEffect, useRef } from 'react'
import type { ReactElement } from 'react'
import { classes } from '../classes.ts'
import { toneIcons } from '../feedback/badge.tsx'
import { Icon } from '../icon.tsx'
import { VisuallyHidden } from '../layout/visually-hidden.tsx'
import type { Tone } from '../tone.ts'
import styles from './timeline.module.css'

export interface TimelineLine {
  readonly id: string
  readonly tone: Tone
  /** The severity's word, for screen readers and the icon's title. */
  readonly toneLabel: string
  /** Local time. */
  readonly time?: string | undefined
  /** The same in UTC. */
  readonly timeTitle?: string | undefined
  /** What happened. May be a device's own words: shown as they are. */
  readonly text: string
  /** Facts in quiet words below. */
  readonly detail?: string | undefined
}

interface TimelineProps {
  readonly label: string
  readonly lines: readonly TimelineLine[]
  /** Keeps the newest line in sight while the list is scrolled to its end. */
  readonly follows?: boolean
}

/** Lines of a protocol or of the activity, with time and severity. Can be scrolled with the keyboard. */
export function Timeline({ label, lines, follows = false }: TimelineProps): ReactElement {
  const list = useRef<HTMLOListElement>(null)
  const isAtEnd = useRef(true)
  // A protocol that names no times needs no room for them.
  const hasTimes = lines.some(({ time }) => time !== undefined)
  useEffect(() => {
    const element = list.current
    if (follows && isAtEnd.current && element !== null) element.scrollTo({ top: element.scrollHeight })
  }, [follows, lines])
  return (
    <ol
      ref={list}
      className={styles['timeline']}
      aria-label={label}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight >= scrollHeight - 8
      }}
    >
      {lines.map((line) => (
        <li
          key={line.id}
          className={classes(styles['line'], styles[line.tone], !hasTimes && styles['timeless'])}
        >
          {hasTimes && (
            <time className={styles['time']} title={line.timeTitle}>
              {line.time}
            </time>
          )}
          <span className={styles['mark']} title={line.toneLabel}>
            <Icon icon={toneIcons[line.tone]} size={14} />
            <VisuallyHidden>{line.toneLabel}</VisuallyHidden>
          </span>
          <span className={styles['words']}>
            <span>{line.text}</span>
            {line.detail !== undefined && <span className={styles['detail']}>{line.detail}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
