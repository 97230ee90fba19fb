import { HardDrive, Plus, SearchX } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { Button } from '../../../../src/renderer/ui/actions/button.tsx'
import { Badge, StatusBadge } from '../../../../src/renderer/ui/feedback/badge.tsx'
import { EmptyState } from '../../../../src/renderer/ui/feedback/empty-state.tsx'
import { ErrorPanel } from '../../../../src/renderer/ui/feedback/error-panel.tsx'
import { Notice } from '../../../../src/renderer/ui/feedback/notice.tsx'
import { ProgressBar } from '../../../../src/renderer/ui/feedback/progress-bar.tsx'
import { Spinner } from '../../../../src/renderer/ui/feedback/spinner.tsx'
import { TransferProgress } from '../../../../src/renderer/ui/feedback/transfer-progress.tsx'
import { VerdictBadge } from '../../../../src/renderer/ui/feedback/verdict-badge.tsx'
import { tones } from '../../../../src/renderer/ui/tone.ts'
import { Panel } from '../../../../src/renderer/ui/layout/panel.tsx'
import styles from '../gallery.module.css'

/** Badges, progress, empty states, errors. */
export function Feedback(): ReactElement {
  return (
    <div className={styles['stack']}>
      <Panel title="Badges">
        <div className={styles['stack']} style={{ padding: 0, gap: '0.75rem' }}>
          <div className={styles['row']}>
            <VerdictBadge verdict="fits" label="Fits" />
            <VerdictBadge verdict="cautions" label="Fits with cautions" />
            <VerdictBadge verdict="blocked" label="Blocked" />
            <VerdictBadge verdict="unknown" label="Unknown" />
          </div>
          <div className={styles['row']}>
            <VerdictBadge look="plain" verdict="fits" label="Fits" />
            <VerdictBadge look="plain" verdict="cautions" label="Fits with cautions" />
            <VerdictBadge look="plain" verdict="blocked" label="Blocked" />
            <VerdictBadge look="plain" verdict="unknown" label="Unknown" />
          </div>
          <div className={styles['row']}>
            {tones.map((tone) => (
              <StatusBadge key={tone} tone={tone} label={tone} />
            ))}
            {tones.map((tone) => (
              <Badge key={tone} tone={tone} label={tone} />
            ))}
          </div>
        </div>
      </Panel>
      <div className={styles['columns']}>
        <Panel title="Progress">
          <div className={styles['stack']} style={{ padding: 0 }}>
            <RunningTransfer />
            <TransferProgress
              label="Restore to PRESS-7"
              phase="Waiting for the device"
              note="The device restarts; it answered last at 07:05:12"
            />
            <TransferProgress
              size="compact"
              label="Backup of PRESS-8"
              phase="The device is preparing its file"
              percent={61}
            />
            <ProgressBar label="Vault check" share={0.97} tone="good" />
            <ProgressBar label="Trash" share={0.81} tone="caution" size="thin" />
            <ProgressBar label="Failed" share={0.3} tone="bad" size="thin" />
            <div className={styles['row']}>
              <Spinner label="Searching" /> Searching
            </div>
          </div>
        </Panel>
        <Panel title="Empty">
          <EmptyState
            icon={HardDrive}
            sentence="No device yet. Add the one whose cable you have in your hand."
            action={<Button label="Add a device" variant="primary" icon={Plus} />}
            secondary={<Button label="Practise with simulated devices" variant="quiet" />}
          />
        </Panel>
        <Panel title="Filtered out">
          <EmptyState
            icon={SearchX}
            sentence="None of 412 devices matches “pres 9”."
            action={<Button label="Clear the search" />}
          />
        </Panel>
      </div>
      <ErrorPanel
        cause="PRESS-7 did not answer for 30 seconds."
        next="Check the cable and the address 192.168.1.1, then try again."
        safe="Nothing was changed on the device."
        details={
          'device-silent\naddress 192.168.1.1:443\nphase reading-identity\nGET /automation/api/v2/system/info: timeout after 30000 ms'
        }
        actions={
          <>
            <Button label="Try again" />
            <Button label="Change the address" variant="quiet" />
          </>
        }
        isAnnounced={false}
      />
      <Notice tone="caution" actions={<Button label="Read the identity" size="small" />}>
        The identity of PRESS-7 is 43 days old. Apps may have changed since.
      </Notice>
      <Notice tone="accent">Two jobs are running. You may close the window; they go on.</Notice>
      <Notice tone="unknown">The archive does not say which firmware it was made with.</Notice>
    </div>
  )
}

function RunningTransfer(): ReactElement {
  const total = 1_288_490_188
  const [done, setDone] = useState(540_000_000)
  useEffect(() => {
    const timer = setInterval(() => setDone((bytes) => (bytes > total ? 0 : bytes + 1_150_000)), 100)
    return () => clearInterval(timer)
  }, [])
  const rate = 11_744_051
  return (
    <TransferProgress
      label="Backup of PRESS-7"
      phase="Transferring"
      bytesDone={Math.min(done, total)}
      bytesTotal={total}
      bytesPerSecond={rate}
      secondsLeft={Math.max(0, total - done) / rate}
      actions={<Button label="Cancel" size="small" variant="quiet" />}
    />
  )
}
