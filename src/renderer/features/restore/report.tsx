import { FolderSearch, MonitorSmartphone, RotateCcw } from 'lucide-react'
import type { ReactElement } from 'react'
import type { RestoreReport } from '../../../shared/model/restore.ts'
import { amend, go, type Place } from '../../navigation.ts'
import { ReportOutcome, ReportPanels } from '../../parts/restore-report.tsx'
import { Button } from '../../ui/actions/button.tsx'
import { StepFrame } from './step-frame.tsx'
import { useRestoreTexts } from './texts.ts'

/** What came of a restore: the outcome in a sentence, then everything the device said, and the way back. */
export function Report({ report }: { readonly report: RestoreReport }): ReactElement {
  const { report: texts } = useRestoreTexts()
  const { deviceId, safetyArchiveId: safety, planId } = report
  const leaveFor = (place: Place): void => {
    // "Back" leads to the report again, and not to a new check of the device.
    amend({ view: 'report', planId })
    go(place)
  }
  return (
    <StepFrame
      intro={<ReportOutcome report={report} />}
      actions={
        <>
          {safety !== undefined && (
            <>
              <Button
                label={texts.showSafety}
                icon={FolderSearch}
                onPress={() => leaveFor({ view: 'browse', archiveId: safety })}
              />
              <Button
                label={texts.goBack}
                icon={RotateCcw}
                onPress={() => leaveFor({ view: 'restore', archiveId: safety, deviceId })}
              />
            </>
          )}
          <Button
            variant="primary"
            label={texts.done}
            icon={MonitorSmartphone}
            onPress={() => leaveFor({ view: 'devices', deviceId })}
          />
        </>
      }
    >
      <ReportPanels report={report} />
    </StepFrame>
  )
}
