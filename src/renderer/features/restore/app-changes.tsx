import type { ReactElement } from 'react'
import type { AppJobPlan, UnfitFile } from '../../../shared/model/bridge.ts'
import { unfitText } from '../../../shared/text/bridge-text.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatSize } from '../../../shared/text/format.ts'
import { useLanguage } from '../../texts.ts'
import { StatusBadge } from '../../ui/feedback/badge.tsx'
import prose from '../../ui/prose.module.css'
import styles from './bridge.module.css'
import { useBridgeTexts } from './bridge-texts.ts'

interface AppChangesProps {
  readonly changes: AppJobPlan['changes']
  /** False before files were chosen: then none is missing yet. */
  readonly isJudged: boolean
}

/** Each app with the file that was found for it. */
export function AppChanges({ changes, isJudged }: AppChangesProps): ReactElement {
  const { dialog: texts } = useBridgeTexts()
  const language = useLanguage()
  return (
    <div>
      <h4 className={styles['heading']}>{texts.apps}</h4>
      <ol className={styles['apps']}>
        {changes.map(({ change: { app, from, to }, file }) => (
          <li key={app} className={styles['app']}>
            <span>
              <strong>{app}</strong>{' '}
              <span className={styles['quiet']}>
                {texts.fromTo(from ?? texts.newApp, file?.version ?? to)}
              </span>
              {file !== undefined && (
                <span className={styles['quiet']}>
                  {' · '}
                  {escapeUntrusted(file.name)} ({formatSize(file.sizeBytes, language)})
                </span>
              )}
            </span>
            {isJudged && (
              <StatusBadge
                tone={file === undefined ? 'bad' : 'good'}
                look="plain"
                label={file === undefined ? texts.missing : texts.found}
              />
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}

/** Files that were chosen and are of no use, with what each is. */
export function UnfitFiles({ files }: { readonly files: readonly UnfitFile[] }): ReactElement {
  const { dialog: texts } = useBridgeTexts()
  const language = useLanguage()
  if (files.length === 0) return <></>
  return (
    <div>
      <h4 className={styles['heading']}>{texts.unfit}</h4>
      <ul className={prose['points']}>
        {files.map((file) => (
          <li key={file.name}>
            {escapeUntrusted(file.name)} {unfitText(file, language)}
            {file.says !== undefined && (
              <span className={styles['quiet']}> ({escapeUntrusted(file.says)})</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
