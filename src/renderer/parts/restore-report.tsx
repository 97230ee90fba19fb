import type { ReactElement } from 'react'
import type { ProtocolLine, RestoreReport } from '../../shared/model/restore.ts'
import { escapeUntrusted } from '../../shared/text/escape.ts'
import { formatCount, formatTime } from '../../shared/text/format.ts'
import { remarkText, wordsIn } from '../../shared/text/index.ts'
import type { Language } from '../../shared/text/language.ts'
import { useLanguage } from '../texts.ts'
import { FactList, type Fact } from '../ui/data/fact-list.tsx'
import { Timeline, type TimelineLine } from '../ui/data/timeline.tsx'
import { Notice } from '../ui/feedback/notice.tsx'
import { Panel } from '../ui/layout/panel.tsx'
import prose from '../ui/prose.module.css'
import { Moment } from './moment.tsx'
import { reportTexts, useReportTexts } from './report-texts.ts'

/** Everything that a restore's report says beside its outcome: remarks, differences, the device's words, the facts. */
export function ReportPanels({ report }: { readonly report: RestoreReport }): ReactElement {
  const texts = useReportTexts()
  const language = useLanguage()
  return (
    <>
      {report.remarks.length > 0 && (
        <Panel title={texts.remarks} level={3}>
          <ul className={prose['points']}>
            {report.remarks.map((remark, index) => (
              <li key={`${remark.remark} ${String(index)}`}>
                {escapeUntrusted(remarkText(remark, language))}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {report.differences.length > 0 && (
        <Panel title={texts.differences} level={3}>
          <ul className={prose['points']}>
            {report.differences.map(({ what, expected, actual }) => (
              <li key={what}>
                {escapeUntrusted(texts.difference(what, expected ?? texts.nothing, actual ?? texts.nothing))}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title={texts.protocol} level={3}>
        {report.protocol.length === 0 ? (
          <p>{texts.noProtocol}</p>
        ) : (
          <Timeline
            label={texts.protocol}
            lines={report.protocol.map((line, index) => lineOf(line, index, language))}
          />
        )}
      </Panel>
      <Panel title={texts.facts} level={3}>
        <FactList facts={factsOf(report, language)} />
      </Panel>
    </>
  )
}

/** The outcome in one sentence. */
export function ReportOutcome({ report }: { readonly report: RestoreReport }): ReactElement {
  const texts = useReportTexts()
  const { outcome, clean, deviceName: name } = report
  if (outcome === 'unknown') return <Notice tone="unknown">{texts.unknown(name)}</Notice>
  if (outcome === 'verified-old') return <Notice tone="caution">{texts.old(name)}</Notice>
  const isSaid = report.remarks.some(({ remark }) => remark === 'verified-by-person')
  return clean ? (
    <Notice tone="good">{isSaid ? texts.saidClean(name) : texts.clean(name)}</Notice>
  ) : (
    <Notice tone="caution">{texts.notClean(name)}</Notice>
  )
}

function factsOf(report: RestoreReport, language: Language): readonly Fact[] {
  const texts = reportTexts[language]
  return [
    { label: texts.outcome, value: wordsIn(language).outcome[report.outcome] },
    { label: texts.device, value: report.deviceName },
    { label: texts.archive, value: report.archiveId, isMono: true, copy: true },
    { label: texts.started, value: <Moment at={report.startedAt} /> },
    { label: texts.ended, value: <Moment at={report.endedAt} /> },
    { label: texts.errors, value: formatCount(report.errorCount, language) },
    { label: texts.warnings, value: formatCount(report.warningCount, language) },
    ...(report.safetyArchiveId === undefined
      ? []
      : [{ label: texts.safety, value: report.safetyArchiveId, isMono: true, copy: true }]),
    ...(report.safetyOverride === undefined ? [] : [{ label: texts.override, value: report.safetyOverride }]),
    { label: texts.plan, value: report.planHash, isMono: true, copy: true },
  ]
}

function lineOf({ severity, time, text }: ProtocolLine, index: number, language: Language): TimelineLine {
  const { severity: words } = reportTexts[language]
  const shown =
    time !== undefined && !Number.isNaN(Date.parse(time))
      ? formatTime(time, language, { seconds: true })
      : undefined
  const isError = /err|crit|alert|emerg/i.test(severity)
  const isWarning = /warn/i.test(severity)
  return {
    id: String(index),
    tone: isError ? 'bad' : isWarning ? 'caution' : 'neutral',
    toneLabel: isError ? words.error : isWarning ? words.warning : words.info,
    ...(shown && { time: shown.local, timeTitle: shown.utc }),
    text: escapeUntrusted(text),
  }
}
