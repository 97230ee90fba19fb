import { FileOutput, FileX, RotateCw } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Refusal } from '../../../shared/model/refused.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatBytes, formatSize } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import { FailurePanel } from '../../parts/failure-panel.tsx'
import { Moment } from '../../parts/moment.tsx'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { FactList, type Fact } from '../../ui/data/fact-list.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import layout from '../../ui/layout/layout.module.css'
import { checkAgain, exportRefused } from './refused-actions.ts'
import { sourceOf } from './refused-columns.tsx'
import { useRefusedTexts } from './refused-texts.ts'

/** Why a file was refused, and all that is known of it. */
export function RefusedDetail({ refusal }: { readonly refusal: Refusal | undefined }): ReactElement {
  const texts = useRefusedTexts()
  if (refusal !== undefined) return <OneRefused refusal={refusal} />
  return (
    <div className={layout['middle']}>
      <EmptyState icon={FileX} sentence={texts.choose} />
    </div>
  )
}

function OneRefused({ refusal }: { readonly refusal: Refusal }): ReactElement {
  const texts = useRefusedTexts()
  const language = useLanguage()
  return (
    <section className={layout['column']} aria-label={sourceOf(refusal)}>
      <PageHeader
        level={2}
        title={sourceOf(refusal)}
        subtitle={<Moment at={refusal.refusedAt} />}
        actions={
          <>
            <Button
              size="small"
              label={texts.export}
              icon={FileOutput}
              onPress={() => void exportRefused(refusal, language)}
            />
            <Button
              size="small"
              variant="primary"
              label={texts.check}
              icon={RotateCw}
              onPress={() => void checkAgain(refusal)}
            />
          </>
        }
      />
      <div className={layout['panels']}>
        <Panel title={texts.why} level={3}>
          <FailurePanel failure={refusal.failure} isAnnounced={false} />
        </Panel>
        <Panel title={texts.file} level={3}>
          <FactList facts={useFileFacts(refusal)} />
        </Panel>
        <Panel title={texts.source} level={3}>
          <FactList facts={useSourceFacts(refusal)} />
        </Panel>
      </div>
    </section>
  )
}

function useFileFacts({ fileName, sizeBytes, sha256, id }: Refusal): readonly Fact[] {
  const texts = useRefusedTexts()
  const language = useLanguage()
  return [
    { label: texts.fileName, value: escapeUntrusted(fileName), isMono: true, copy: true },
    {
      label: texts.size,
      value: formatSize(sizeBytes, language),
      title: formatBytes(sizeBytes, language),
    },
    { label: texts.sha256, value: sha256, isMono: true, copy: true },
    { label: texts.id, value: id, isMono: true, copy: true },
  ]
}

function useSourceFacts(refusal: Refusal): readonly Fact[] {
  const { device, family, origin, takenAt, refusedAt, pinFingerprint, note } = refusal
  const texts = useRefusedTexts()
  const words = wordsIn(useLanguage())
  return [
    { label: texts.origin, value: words.origin[origin] },
    ...(family === undefined ? [] : [{ label: texts.family, value: words.family[family] }]),
    ...(device === undefined ? [] : [{ label: texts.device, value: escapeUntrusted(device.name) }]),
    ...(device === undefined || device.address === ''
      ? []
      : [{ label: texts.address, value: device.address, isMono: true, copy: true }]),
    { label: texts.taken, value: <Moment at={takenAt} /> },
    { label: texts.refused, value: <Moment at={refusedAt} /> },
    ...(pinFingerprint === undefined
      ? []
      : [{ label: texts.pin, value: pinFingerprint, isMono: true, copy: true }]),
    ...(note === undefined ? [] : [{ label: texts.note, value: note }]),
  ]
}
