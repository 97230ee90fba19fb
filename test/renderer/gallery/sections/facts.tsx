import { Pencil } from 'lucide-react'
import type { ReactElement } from 'react'
import { IconButton } from '../../../../src/renderer/ui/actions/icon-button.tsx'
import { FactList } from '../../../../src/renderer/ui/data/fact-list.tsx'
import { StatusBadge } from '../../../../src/renderer/ui/feedback/badge.tsx'
import { Panel } from '../../../../src/renderer/ui/layout/panel.tsx'
import { formatFingerprint } from '../../../../src/shared/text/format.ts'
import styles from '../gallery.module.css'

const fingerprint = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

/** Facts in wide and narrow places. */
export function Facts(): ReactElement {
  return (
    <div className={styles['stack']}>
      <div className={styles['columns']}>
        <Panel
          title="Identity"
          note="read 3 minutes ago"
          actions={<IconButton label="Edit" icon={Pencil} size="small" />}
        >
          <FactList
            facts={[
              { label: 'Model', value: 'ctrlX CORE X7', note: 'read from the device' },
              { label: 'Serial number', value: '7260404920710', isMono: true, copy: true },
              { label: 'Architecture', value: 'arm64' },
              { label: 'System version', value: '2.6.4 (build 20260714.3)', note: 'recorded at backup time' },
              { label: 'Health', value: <StatusBadge tone="caution" label="Last backup 43 days ago" /> },
              {
                label: 'Certificate (SHA-256)',
                value: formatFingerprint(fingerprint),
                copy: fingerprint,
                isMono: true,
              },
              {
                label: 'SSH host key',
                value: 'SHA256:uNiVztksCsDhcc0u9e8BgrJXVGDuvqQvlhzF0Xz1Y2M',
                copy: true,
                isMono: true,
              },
            ]}
          />
        </Panel>
        <Panel title="Archiv">
          <FactList
            layout="stacked"
            facts={[
              {
                label: 'Wiederherstellbarkeitsnachweis',
                value: 'Fördertechnikverteilerschrank-Ersatzsteuerung-Halle-12-Linie-4-Sicherungskopie-A',
              },
              { label: 'Größe', value: '1,2 GiB' },
              { label: 'Prüfsumme', value: fingerprint, isMono: true, copy: true },
            ]}
          />
        </Panel>
      </div>
    </div>
  )
}
