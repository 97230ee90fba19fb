import { Archive, Columns2, FolderSearch, RotateCcw } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ArchiveRecord } from '../../../shared/model/record.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { formatBytes, formatSize } from '../../../shared/text/format.ts'
import { wordsIn } from '../../../shared/text/index.ts'
import type { Language } from '../../../shared/text/language.ts'
import { scopeText } from '../../../shared/text/scope-text.ts'
import { verdictLines, verdictTextIn } from '../../../shared/text/verdict-text.ts'
import { go } from '../../navigation.ts'
import { VerdictMark, VerdictNotice } from '../../parts/archive-verdict.tsx'
import { useArchivesTexts } from '../../parts/archives-texts.ts'
import { Moment } from '../../parts/moment.tsx'
import { useLanguage } from '../../texts.ts'
import { Button } from '../../ui/actions/button.tsx'
import { MenuButton } from '../../ui/actions/menu.tsx'
import { FactList, type Fact } from '../../ui/data/fact-list.tsx'
import { EmptyState } from '../../ui/feedback/empty-state.tsx'
import { PageHeader } from '../../ui/layout/page-header.tsx'
import { Panel } from '../../ui/layout/panel.tsx'
import { archiveActions, compare } from './archive-actions.ts'
import { ArchiveKey } from './archive-key.tsx'
import { ArchiveProof } from './archive-proof.tsx'
import layout from '../../ui/layout/layout.module.css'
import prose from '../../ui/prose.module.css'
import { StatedSource } from './stated-source.tsx'

/** The record of the selected archive, or the way to compare two. */
export function ArchiveDetail({ chosen }: { readonly chosen: readonly ArchiveRecord[] }): ReactElement {
  const texts = useArchivesTexts()
  const [one, other] = chosen
  if (one === undefined || chosen.length > 2) {
    return (
      <div className={layout['middle']}>
        <EmptyState icon={Archive} sentence={one === undefined ? texts.choose : texts.two.many} />
      </div>
    )
  }
  if (other === undefined) return <OneArchive record={one} />
  return (
    <div className={layout['middle']}>
      <EmptyState
        icon={Columns2}
        sentence={texts.two.sentence}
        action={<Button variant="primary" label={texts.two.action} onPress={() => compare(one, other)} />}
      />
    </div>
  )
}

function OneArchive({ record }: { readonly record: ArchiveRecord }): ReactElement {
  const texts = useArchivesTexts()
  const language = useLanguage()
  const words = wordsIn(language)
  const { leftOut } = record.scope
  // Only its maker reads such a file: there is nothing to look into.
  const isOpaque = record.container === 'opaque'
  const source = useSourceFacts(record)
  return (
    <section className={layout['column']} aria-label={record.device.name}>
      <PageHeader
        level={2}
        title={record.device.name}
        subtitle={<Moment at={record.takenAt} />}
        actions={
          <>
            <MenuButton
              label={texts.toolbar}
              look="dots"
              size="small"
              groups={archiveActions([record], language)}
            />
            <Button
              size="small"
              label={texts.actions.restore}
              icon={RotateCcw}
              {...(isOpaque && { variant: 'primary' as const })}
              onPress={() => go({ view: 'restore', archiveId: record.id })}
            />
            {!isOpaque && (
              <Button
                size="small"
                variant="primary"
                label={texts.actions.browse}
                icon={FolderSearch}
                onPress={() => go({ view: 'browse', archiveId: record.id })}
              />
            )}
          </>
        }
      />
      <div className={layout['panels']}>
        {record.verdict && <VerdictNotice verdict={record.verdict} origin={record.origin} look="box" />}
        <ArchiveProof record={record} />
        <Panel title={texts.detail.file} level={3}>
          <FactList facts={useFileFacts(record)} />
        </Panel>
        <ArchiveKey record={record} />
        <Panel title={texts.detail.source} level={3}>
          {source.length === 0 ? <p>{texts.detail.sourceUnknown}</p> : <FactList facts={source} />}
        </Panel>
        <StatedSource record={record} />
        <Panel title={texts.detail.scope} level={3}>
          {leftOut.length === 0 ? (
            <p>{texts.detail.everything}</p>
          ) : (
            <ul className={prose['points']}>
              {leftOut.map(({ what, reason }) => (
                <li key={`${what} ${reason}`}>
                  {escapeUntrusted(scopeText(what, language))}: {words.leftOut[reason]}
                </li>
              ))}
            </ul>
          )}
        </Panel>
        {record.deviceMessages !== undefined && (
          <Panel title={texts.detail.messages} level={3}>
            <ul className={prose['points']}>
              {record.deviceMessages.map(({ severity, text }, index) => (
                <li key={`${text} ${String(index)}`}>
                  {escapeUntrusted(severity)}: {escapeUntrusted(text)}
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </div>
    </section>
  )
}

function useFileFacts(record: ArchiveRecord): readonly Fact[] {
  const { detail } = useArchivesTexts()
  const language = useLanguage()
  const words = wordsIn(language)
  return [
    { label: detail.fileName, value: record.fileName, isMono: true, copy: true },
    {
      label: detail.size,
      value: formatSize(record.sizeBytes, language),
      title: formatBytes(record.sizeBytes, language),
    },
    { label: detail.sha256, value: record.sha256, isMono: true, copy: true },
    { label: detail.container, value: record.container },
    verdictFact(record, language),
    { label: detail.origin, value: words.origin[record.origin] },
    { label: detail.password, value: record.passwordProtected ? detail.passwordYes : detail.passwordNo },
    ...(record.note === undefined ? [] : [{ label: detail.note, value: record.note }]),
    { label: detail.id, value: record.id, isMono: true, copy: true },
    ...(record.pinFingerprint === undefined
      ? []
      : [{ label: detail.pin, value: record.pinFingerprint, isMono: true, copy: true }]),
  ]
}

/** In a word, with the reason in a sentence where no notice gives it. */
function verdictFact(record: ArchiveRecord, language: Language): Fact {
  const { title: label, unknown } = verdictTextIn(language)
  const { verdict, origin } = record
  const [sentence] = verdictLines(record, language)
  return {
    label,
    value: verdict ? <VerdictMark verdict={verdict} origin={origin} /> : unknown,
    note: sentence,
  }
}

function useSourceFacts({ source }: ArchiveRecord): readonly Fact[] {
  const { detail } = useArchivesTexts()
  const { provenance } = wordsIn(useLanguage())
  const known = ['model', 'architecture', 'systemVersion', 'serial', 'hostname'] as const
  const facts = known.flatMap((name): readonly Fact[] => {
    const fact = source[name]
    if (fact === undefined) return []
    const note = provenance[fact.provenance]
    return [{ label: detail[name], value: escapeUntrusted(fact.value), note, isMono: name === 'serial' }]
  })
  const apps = source.apps?.value ?? []
  const list = apps.map(({ title, name, version }) => `${title ?? name} ${version}`).join(', ')
  return apps.length === 0 ? facts : [...facts, { label: detail.apps, value: escapeUntrusted(list, 4000) }]
}
