import { ExternalLink } from 'lucide-react'
import type { ReactElement } from 'react'
import { request } from '../../api.ts'
import { showFailure } from '../../stores/messages.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import styles from './settings.module.css'
import { useSettingsTexts } from './texts.ts'

const pages = ['ctrlx-interface', 'source'] as const

/** Pages outside of Ferrite. The window names them, main knows their addresses. */
export function HelpPanel(): ReactElement {
  const texts = useSettingsTexts()
  return (
    <Panel title={texts.help}>
      <div className={styles['links']}>
        {pages.map((page) => (
          <Button
            key={page}
            label={texts.helpPages[page]}
            endIcon={ExternalLink}
            onPress={() => void open(page)}
          />
        ))}
      </div>
      <p className={styles['note']}>{texts.helpNote}</p>
    </Panel>
  )
}

async function open(page: (typeof pages)[number]): Promise<void> {
  const result = await request('help.open', { page })
  if (!result.ok) showFailure(result.failure)
}
