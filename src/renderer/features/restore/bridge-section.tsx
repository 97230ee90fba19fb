import { PackageOpen } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import type { BridgePlan, BridgeStep } from '../../../shared/model/bridge.ts'
import type { RestorePlan } from '../../../shared/model/restore.ts'
import { bridgeStepText, bringText, wayBackText } from '../../../shared/text/bridge-text.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { request } from '../../api.ts'
import { showFailure } from '../../stores/messages.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import prose from '../../ui/prose.module.css'
import styles from './bridge.module.css'
import restore from './restore.module.css'
import { useBridgeTexts } from './bridge-texts.ts'
import { ChangeAppsDialog } from './change-apps-dialog.tsx'

/** What would make a blocked pair fit; nothing where there is no way, or nothing stands against it. */
export function BridgeSection({ plan }: { readonly plan: RestorePlan }): ReactElement {
  const bridge = useBridge(plan)
  const [isOpen, setOpen] = useState(false)
  const texts = useBridgeTexts()
  const language = useLanguage()
  if (bridge === undefined) return <></>
  const { family } = plan.target
  const against = plan.fit.findings
    .filter(
      ({ result, rule }) => (result === 'blocker' || result === 'unknown') && !bridge.settles.includes(rule),
    )
    .map(({ rule }) => rule)
  return (
    <Panel
      title={texts.title}
      level={3}
      note={texts.settles(bridge.settles.join(', '))}
      {...(bridge.appChanges !== undefined && {
        actions: (
          <Button
            label={texts.change}
            icon={PackageOpen}
            size="small"
            variant="primary"
            onPress={() => setOpen(true)}
          />
        ),
      })}
    >
      <div className={styles['body']}>
        <Steps
          label={texts.steps}
          steps={bridge.steps}
          say={(step) => bridgeStepText(step, family, language)}
        />
        {bridge.bring.length > 0 && (
          <div>
            <h4 className={styles['heading']}>{texts.bring}</h4>
            <ul className={prose['points']}>
              {bridge.bring.map((item) => {
                const text = escapeUntrusted(bringText(item, family, language))
                return <li key={text}>{text}</li>
              })}
            </ul>
          </div>
        )}
        {bridge.wayBack.length > 0 && (
          <Steps
            label={texts.wayBack}
            steps={bridge.wayBack}
            say={(step) => wayBackText(step, family, language)}
          />
        )}
        {against.length > 0 && <p>{texts.stillAgainst(against.join(', '))}</p>}
      </div>
      {isOpen && bridge.appChanges !== undefined && (
        <ChangeAppsDialog
          archiveId={plan.archiveId}
          deviceId={plan.deviceId}
          deviceName={plan.deviceName}
          changes={bridge.appChanges}
          onClose={() => setOpen(false)}
        />
      )}
    </Panel>
  )
}

/** The identity that the plan was made from is the last known one by now. */
function useBridge({ id, archiveId, deviceId }: RestorePlan): BridgePlan | undefined {
  const [bridge, setBridge] = useState<BridgePlan | undefined>(undefined)
  useEffect(() => {
    let isWanted = true
    void request('bridge.plan', { archiveId, deviceId }).then((result) => {
      if (!isWanted) return
      if (result.ok) setBridge(result.value)
      else showFailure(result.failure)
    })
    return () => {
      isWanted = false
    }
  }, [id, archiveId, deviceId])
  return bridge
}

interface StepsProps {
  readonly label: string
  readonly steps: readonly BridgeStep[]
  readonly say: (step: BridgeStep) => string
}

function Steps({ label, steps, say }: StepsProps): ReactElement {
  const texts = useBridgeTexts()
  const by = { job: texts.byJob, person: texts.byPerson, wait: texts.byWait }
  return (
    <div>
      <h4 className={styles['heading']}>{label}</h4>
      <ol className={restore['plan']}>
        {steps.map((step, index) => (
          <li key={`${step.step} ${String(index)}`} className={styles['step']}>
            <span className={restore['number']} aria-hidden>
              {index + 1}
            </span>
            <span className={styles['by']}>{by[step.by]}</span>
            <span>{escapeUntrusted(say(step))}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
