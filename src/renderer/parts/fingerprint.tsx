import type { ReactElement } from 'react'
import type { Pin } from '../../shared/model/device.ts'
import { formatFingerprint } from '../../shared/text/format.ts'
import { CopyButton } from '../ui/data/copy-button.tsx'
import { groupsOf } from './fingerprint-groups.ts'
import styles from './fingerprint.module.css'

interface FingerprintProps {
  readonly kind: Pin['kind']
  readonly fingerprint: string
  /** Names it: "Fingerprint the device shows now". */
  readonly label: string
  /** Marks the last eight characters, which a person has to type. */
  readonly marksEnd?: boolean
  /** `large` for comparing, `normal` beside other facts. */
  readonly size?: 'large' | 'normal'
}

/** A fingerprint to compare by eye: large, in groups of equal width, in the spelling of `ssh-keygen` or `openssl`. */
export function Fingerprint(props: FingerprintProps): ReactElement {
  const { kind, fingerprint, label, marksEnd = false, size = 'large' } = props
  const { prefix, groups } = groupsOf(kind, fingerprint)
  const firstMarked = marksEnd ? groups.join('').length - 8 : Infinity
  const starts = groups.map((_, index) => groups.slice(0, index).join('').length)
  return (
    <figure className={styles['figure']}>
      <figcaption className={styles['caption']}>
        <span>{label}</span>
        <CopyButton text={formatFingerprint(fingerprint)} name={label} />
      </figcaption>
      <div className={styles['groups']} data-kind={kind} data-size={size}>
        {prefix !== '' && <span className={styles['prefix']}>{prefix}</span>}
        {groups.map((group, index) => (
          <Group key={starts[index]} text={group} markedFrom={firstMarked - (starts[index] ?? 0)} />
        ))}
      </div>
    </figure>
  )
}

/** One group; the characters from `markedFrom` on are marked. */
function Group({ text, markedFrom }: { readonly text: string; readonly markedFrom: number }): ReactElement {
  const at = Math.max(0, Math.min(text.length, markedFrom))
  return (
    <span className={styles['group']}>
      {text.slice(0, at)}
      {at < text.length && <mark className={styles['mark']}>{text.slice(at)}</mark>}{' '}
    </span>
  )
}
