import { useEffect, useRef, useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { formatPercent, formatRate, formatSize, formatTimeLeft } from '../../../shared/text/format.ts'
import type { Language } from '../../../shared/text/language.ts'
import { classes } from '../classes.ts'
import { VisuallyHidden } from '../layout/visually-hidden.tsx'
import { useUi } from '../ui-provider.tsx'
import { ProgressBar } from './progress-bar.tsx'
import styles from './transfer-progress.module.css'

/** Seconds between two spoken reports of the same phase: a figure ten times a second helps nobody. */
const spokenEverySeconds = 20

interface TransferProgressProps {
  /** What is being transferred, for screen readers: "Backup of PRESS-7". */
  readonly label: string
  /** The phase in words: "Transferring". */
  readonly phase: string
  readonly bytesDone?: number | undefined
  readonly bytesTotal?: number | undefined
  readonly bytesPerSecond?: number | undefined
  readonly secondsLeft?: number | undefined
  /** The device's own figure, 0..100, where there are no bytes to count. */
  readonly percent?: number | undefined
  /** The device's own words for its step, or what is being waited for. Untrusted text. */
  readonly note?: string | undefined
  /** Cancel and the like, at the end of the first line. */
  readonly actions?: ReactNode
  readonly size?: 'normal' | 'compact'
  /** False where the same progress is read out by another place in sight. */
  readonly isSpoken?: boolean
}

/** How far a job is: phase, bar, bytes, rate, time left. The spoken report comes at phase changes and now and then. */
export function TransferProgress(props: TransferProgressProps): ReactElement {
  const { language, words } = useUi()
  const share = shareOf(props)
  const figures = figuresOf(props, language, words.bytesOf)
  return (
    <div className={styles['transfer']} data-size={props.size ?? 'normal'}>
      <div className={styles['line']}>
        <span className={styles['phase']} title={props.phase}>
          {props.phase}
        </span>
        {share !== undefined && <span className={styles['percent']}>{formatPercent(share, language)}</span>}
        {props.actions}
      </div>
      <ProgressBar label={props.label} share={share} />
      {(figures.length > 0 || props.secondsLeft !== undefined) && (
        <div className={classes(styles['line'], styles['wrapping'])}>
          <span className={styles['figures']}>
            {figures.map((figure) => (
              <span key={figure}>{figure}</span>
            ))}
          </span>
          {props.secondsLeft !== undefined && (
            <span className={styles['left']}>{formatTimeLeft(props.secondsLeft, language)}</span>
          )}
        </div>
      )}
      {props.note !== undefined && (
        <span className={styles['note']} title={props.note}>
          {props.note}
        </span>
      )}
      {props.isSpoken !== false && (
        <SpokenProgress
          label={props.label}
          phase={props.phase}
          share={share}
          secondsLeft={props.secondsLeft}
        />
      )}
    </div>
  )
}

/** 0..1, from the bytes where both are known, else from the device's own figure. */
function shareOf({ bytesDone, bytesTotal, percent }: TransferProgressProps): number | undefined {
  if (bytesTotal !== undefined && bytesTotal > 0) return Math.min(1, (bytesDone ?? 0) / bytesTotal)
  return percent === undefined ? undefined : percent / 100
}

function figuresOf(
  { bytesDone, bytesTotal, bytesPerSecond }: TransferProgressProps,
  language: Language,
  bytesOf: (done: string, total: string) => string,
): readonly string[] {
  if (bytesDone === undefined) return []
  const done = formatSize(bytesDone, language)
  const bytes = bytesTotal === undefined ? done : bytesOf(done, formatSize(bytesTotal, language))
  return bytesPerSecond === undefined ? [bytes] : [bytes, formatRate(bytesPerSecond, language)]
}

interface SpokenProgressProps {
  readonly label: string
  readonly phase: string
  readonly share: number | undefined
  readonly secondsLeft: number | undefined
}

function SpokenProgress({ label, phase, share, secondsLeft }: SpokenProgressProps): ReactElement {
  const { language } = useUi()
  const parts = [
    `${label}: ${phase}`,
    share === undefined ? '' : formatPercent(share, language),
    secondsLeft === undefined ? '' : formatTimeLeft(secondsLeft, language),
  ]
  const text = parts.filter((part) => part !== '').join(', ')
  const spoken = useSparse(text, phase)
  return (
    <VisuallyHidden>
      <span role="status">{spoken}</span>
    </VisuallyHidden>
  )
}

/** Follows `text` at once when `cause` changes, and otherwise every `spokenEverySeconds`. */
function useSparse(text: string, cause: string): string {
  const [spoken, setSpoken] = useState({ text, cause })
  const newest = useRef(text)
  useEffect(() => {
    newest.current = text
  }, [text])
  useEffect(() => {
    const timer = setInterval(
      () => setSpoken((last) => ({ ...last, text: newest.current })),
      spokenEverySeconds * 1000,
    )
    return () => clearInterval(timer)
  }, [cause])
  if (spoken.cause !== cause) {
    setSpoken({ text, cause })
    return text
  }
  return spoken.text
}
