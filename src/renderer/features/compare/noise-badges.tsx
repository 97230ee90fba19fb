import type { ReactElement } from 'react'
import type { NoiseCode } from '../../../shared/model/noise.ts'
import { noiseText } from '../../../shared/text/noise-text.ts'
import { useLanguage } from '../../texts.ts'
import { Badge } from '../../ui/feedback/badge.tsx'
import styles from './compare.module.css'

/** Which kinds of noise a difference is; why they are noise is their title. */
export function NoiseBadges({
  noise,
}: {
  readonly noise: NoiseCode | readonly NoiseCode[] | undefined
}): ReactElement {
  const language = useLanguage()
  const codes = noise === undefined ? [] : typeof noise === 'string' ? [noise] : noise
  return (
    <span className={styles['noise']}>
      {codes.map((code) => {
        const { name, why } = noiseText(code, language)
        return <Badge key={code} tone="neutral" label={name} title={why} />
      })}
    </span>
  )
}
