import type { ReactElement, ReactNode } from 'react'
import type { Finding, FindingValue } from '../../../shared/model/finding.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatTime } from '../../../shared/text/format.ts'
import { findingText, wordsIn } from '../../../shared/text/index.ts'
import type { Language } from '../../../shared/text/language.ts'
import { useLanguage } from '../../texts.ts'
import { FindingRow, type FindingSide } from '../../ui/data/finding-row.tsx'
import { Disclosure } from '../../ui/layout/disclosure.tsx'
import { AskedFacts } from './asked-facts.tsx'
import styles from './restore.module.css'
import { useRestoreTexts } from './texts.ts'

interface FindingsProps {
  readonly findings: readonly Finding[]
  /** Stands right behind the findings that are against a restore: how they can be settled. */
  readonly behindBlockers?: ReactNode
}

/** All findings, the worst first; what passed is folded away but counted. */
export function Findings({ findings, behindBlockers }: FindingsProps): ReactElement {
  const { check } = useRestoreTexts()
  const passed = findings.filter(({ result }) => result === 'pass')
  const against = findings.filter(isAgainst)
  const others = findings.filter((finding) => finding.result !== 'pass' && !isAgainst(finding))
  return (
    <div className={styles['findings']}>
      <FindingList findings={against} />
      {behindBlockers}
      <FindingList findings={others} />
      {passed.length > 0 && (
        <Disclosure label={check.passes(passed.length)}>
          <div className={styles['findings']}>
            <FindingList findings={passed} />
          </div>
        </Disclosure>
      )}
    </div>
  )
}

/** True where a finding alone refuses the restore. */
function isAgainst({ result, hard }: Finding): boolean {
  return result === 'blocker' || (result === 'unknown' && hard)
}

function FindingList({ findings }: { readonly findings: readonly Finding[] }): ReactElement {
  return (
    <>
      {findings.map((finding, index) => (
        <OneFinding key={`${finding.rule} ${String(index)}`} finding={finding} />
      ))}
    </>
  )
}

function OneFinding({ finding }: { readonly finding: Finding }): ReactElement {
  const { check } = useRestoreTexts()
  const language = useLanguage()
  const { title, remedy } = findingText(finding, language)
  const { archiveValue, deviceValue } = finding
  const hasSides = archiveValue !== undefined || deviceValue !== undefined
  return (
    <FindingRow
      result={finding.result}
      resultLabel={wordsIn(language).findingResult[finding.result]}
      title={title}
      sides={
        hasSides
          ? [sideOf(check.archive, archiveValue, language), sideOf(check.device, deviceValue, language)]
          : []
      }
      unknownLabel={check.unknown}
      {...(remedy !== '' && { remedy })}
      source={`${finding.rule} · ${check.source(finding.source)}`}
    >
      {/* A finding that passes is settled; what it asked was answered. */}
      {finding.asks !== undefined && finding.result !== 'pass' && <AskedFacts asks={finding.asks} />}
    </FindingRow>
  )
}

function sideOf(label: string, value: FindingValue | undefined, language: Language): FindingSide {
  if (value === undefined) return { label }
  const from = value.provenance && wordsIn(language).provenance[value.provenance]
  const read = value.readAt && formatTime(value.readAt, language).local
  return { label, value: escapeUntrusted(value.value), note: [from, read].filter(Boolean).join(', ') }
}
