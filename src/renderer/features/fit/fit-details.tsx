import { MousePointerClick, RotateCcw } from 'lucide-react'
import type { ReactElement } from 'react'
import { verdictOfCell, type CellKind } from '../../../shared/compatibility/fit-matrix.ts'
import type { DeviceId } from '../../../shared/model/device.ts'
import type { Finding, FindingValue } from '../../../shared/model/finding.ts'
import type { ArchiveId } from '../../../shared/model/record.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatAge, formatTime } from '../../../shared/text/format.ts'
import { findingText, wordsIn } from '../../../shared/text/index.ts'
import type { Language } from '../../../shared/text/language.ts'
import { go } from '../../navigation.ts'
import { useNow } from '../../parts/now.ts'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { FindingRow, type FindingSide } from '../../ui/data/finding-row.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { FitCell } from './fit-cells.ts'
import { archiveName, deviceName } from './fit-names.ts'
import styles from './fit.module.css'
import { useFitTexts } from './texts.ts'

/** The pair a person points at or is on. */
export interface ShownPair {
  readonly archiveId: ArchiveId
  readonly deviceId: DeviceId
  readonly cell: FitCell
}

/** Why a cell says what it says: the deciding finding, both values, what to do, and how old the identity is. */
export function FitDetails({ pair }: { readonly pair: ShownPair | undefined }): ReactElement {
  const texts = useFitTexts()
  return (
    <section aria-label={texts.details} aria-live="polite" className={styles['details']}>
      {pair === undefined ? (
        <p className={styles['hint']}>
          <Icon icon={MousePointerClick} />
          <span>
            {texts.choose} {texts.chooseKeys}
          </span>
        </p>
      ) : (
        <PairDetails {...pair} />
      )}
    </section>
  )
}

function PairDetails({ archiveId, deviceId, cell }: ShownPair): ReactElement {
  const texts = useFitTexts()
  const language = useLanguage()
  const archive = archiveName(archiveId, language)
  const device = deviceName(deviceId)
  return (
    <>
      <div className={styles['pair']}>
        <h2 className={styles['pairNames']}>
          <bdi>{texts.archiveName(archive.device, archive.takenAt)}</bdi>
          <span aria-hidden> → </span>
          <bdi>{device}</bdi>
        </h2>
        {cell.state === 'judged' && <IdentityAge readAt={cell.identityReadAt} />}
        <Button
          label={texts.restore}
          icon={RotateCcw}
          size="small"
          onPress={() => go({ view: 'restore', archiveId, deviceId })}
        />
      </div>
      {cell.state === 'judged' ? (
        <Verdict kind={cell.kind} deciding={cell.deciding} />
      ) : (
        <p className={styles['hint']}>{cell.state === 'waiting' ? texts.loadingCell : texts.goneCell}</p>
      )}
    </>
  )
}

function IdentityAge({ readAt }: { readonly readAt: string | undefined }): ReactElement {
  const texts = useFitTexts()
  const language = useLanguage()
  const now = useNow()
  return (
    <span className={styles['quiet']} title={readAt && formatTime(readAt, language).local}>
      {texts.identityAge}: {readAt === undefined ? texts.neverRead : formatAge(readAt, now, language)}
    </span>
  )
}

interface VerdictProps {
  readonly kind: CellKind
  readonly deciding: Finding | undefined
}

function Verdict({ kind, deciding }: VerdictProps): ReactElement {
  const texts = useFitTexts()
  const language = useLanguage()
  const verdict = verdictOfCell(kind)
  if (deciding === undefined) return <p className={styles['hint']}>{wordsIn(language).verdict[verdict]}</p>
  const { title, remedy } = findingText(deciding, language)
  const { archiveValue, deviceValue } = deciding
  const hasSides = archiveValue !== undefined || deviceValue !== undefined
  const advice = kind === 'fits' ? `${texts.allPass} ${texts.later}` : remedy
  return (
    <FindingRow
      result={deciding.result}
      resultLabel={wordsIn(language).verdict[verdict]}
      title={title}
      sides={
        hasSides
          ? [
              sideOf(texts.archiveSide, archiveValue, language),
              sideOf(texts.deviceSide, deviceValue, language),
            ]
          : []
      }
      unknownLabel={texts.unknownValue}
      {...(advice !== '' && { remedy: advice })}
      source={`${deciding.rule} · ${texts.source(deciding.source)}`}
    />
  )
}

function sideOf(label: string, value: FindingValue | undefined, language: Language): FindingSide {
  if (value === undefined) return { label }
  const from = value.provenance && wordsIn(language).provenance[value.provenance]
  const read = value.readAt && formatTime(value.readAt, language).local
  return { label, value: escapeUntrusted(value.value), note: [from, read].filter(Boolean).join(', ') }
}
