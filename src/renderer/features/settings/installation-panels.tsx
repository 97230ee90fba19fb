import type { ReactElement } from 'react'
import type { AppFacts } from '../../../shared/ipc/views.ts'
import { CopyableText } from '../../ui/data/copyable-text.tsx'
import { FactList } from '../../ui/data/fact-list.tsx'
import { StatusBadge } from '../../ui/feedback/badge.tsx'
import { Notice } from '../../ui/feedback/notice.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import styles from './settings.module.css'
import { useSettingsTexts } from './texts.ts'

interface FactsProps {
  readonly facts: AppFacts
}

/** Where archives and inventory lie. */
export function VaultPanel({ facts }: FactsProps): ReactElement {
  const texts = useSettingsTexts()
  return (
    <Panel title={texts.vault}>
      <FactList
        facts={[
          { label: texts.vaultPlace, value: facts.vaultPlace, isMono: true, copy: true },
          { label: texts.homePlace, value: facts.homePlace, isMono: true, copy: true },
        ]}
      />
      <p className={styles['note']}>{texts.vaultNote}</p>
      <p className={styles['note']}>{texts.homeNote}</p>
    </Panel>
  )
}

/** Whether passwords can be remembered here, and why not. */
export function PasswordPanel({ facts: { keychain } }: FactsProps): ReactElement {
  const texts = useSettingsTexts()
  const { usable, backend } = keychain
  return (
    <Panel title={texts.passwords}>
      <FactList
        facts={[
          {
            label: texts.keychain,
            value: (
              <StatusBadge
                tone={usable ? 'good' : 'caution'}
                label={usable ? texts.keychainUsable(backend) : texts.keychainWeak(backend)}
              />
            ),
          },
        ]}
      />
      <p className={styles['note']}>{usable ? texts.keychainUsableNote : texts.keychainWeakNote}</p>
    </Panel>
  )
}

/** Version and practice mode. */
export function AboutPanel({ facts }: FactsProps): ReactElement {
  const texts = useSettingsTexts()
  return (
    <Panel title={texts.about}>
      <FactList
        facts={[
          { label: texts.version, value: facts.version, copy: true },
          { label: texts.platform, value: facts.platform },
        ]}
      />
      {facts.practice && <Notice tone="accent">{texts.practiceMode}</Notice>}
      <h3 className={styles['heading']}>{texts.practice}</h3>
      <p className={styles['note']}>{texts.practiseNote}</p>
      <CopyableText text={texts.practiseCommand} name={texts.command} />
    </Panel>
  )
}
