import { Archive, Command, Download, Factory, RotateCcw, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { Button } from '../../../../src/renderer/ui/actions/button.tsx'
import { CommandPalette } from '../../../../src/renderer/ui/actions/command-palette.tsx'
import { FindingRow } from '../../../../src/renderer/ui/data/finding-row.tsx'
import { List } from '../../../../src/renderer/ui/data/list.tsx'
import { Timeline } from '../../../../src/renderer/ui/data/timeline.tsx'
import { StatusBadge } from '../../../../src/renderer/ui/feedback/badge.tsx'
import { createToasts, ToastRegion } from '../../../../src/renderer/ui/feedback/toast.tsx'
import { FileDropArea } from '../../../../src/renderer/ui/fields/file-drop-area.tsx'
import { Panel } from '../../../../src/renderer/ui/layout/panel.tsx'
import styles from '../gallery.module.css'

const nothing = (): void => undefined
const toasts = createToasts()

/** Findings, lists, timeline, drop area, messages, command palette. */
export function Lists(): ReactElement {
  const [isPaletteOpen, setPaletteOpen] = useState(false)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['b']))
  return (
    <div className={styles['stack']}>
      <div className={styles['row']}>
        <Button label="Commands" icon={Command} onPress={() => setPaletteOpen(true)} />
        <Button
          label="Message"
          onPress={() =>
            toasts.show({ tone: 'good', text: 'Backup of PRESS-7 is done: 1.2 GiB, opens and parses.' })
          }
        />
        <Button
          label="Error message"
          onPress={() =>
            toasts.show({
              tone: 'bad',
              text: 'PRESS-8 did not answer for 30 seconds. Nothing was changed on the device.',
              action: { label: 'Try again', onAction: nothing },
            })
          }
        />
      </div>
      <Panel title="Findings" note="1 blocker, 1 caution, 1 unknown, 1 pass" padding="flush">
        <FindingRow
          result="blocker"
          resultLabel="Blocker"
          title="The processor architecture differs."
          sides={[
            { label: 'Archive', value: 'amd64', note: 'read from the archive' },
            { label: 'Device', value: 'arm64', note: 'read from the device 3 minutes ago' },
          ]}
          unknownLabel="not known"
          remedy="Restore to a ctrlX CORE X7, or make the archive on this model."
          source="Rule C2, vendor’s manual, section 4.3"
        />
        <FindingRow
          result="caution"
          resultLabel="Caution"
          title="The system on the device is newer than the archive’s."
          sides={[
            { label: 'Archive', value: '2.6.2' },
            { label: 'Device', value: '2.6.4' },
          ]}
          unknownLabel="not known"
          remedy="Check the application after the restore."
        />
        <FindingRow
          result="unknown"
          resultLabel="Unknown"
          title="The licences cannot be compared."
          sides={[{ label: 'Archive', value: '4 licences' }, { label: 'Device' }]}
          unknownLabel="not known: the login may not read it"
        />
        <FindingRow
          result="pass"
          resultLabel="Pass"
          title="Both are ctrlX CORE."
          sides={[]}
          unknownLabel=""
        />
      </Panel>
      <div className={styles['columns']}>
        <Panel title="List" padding="flush">
          <List
            label="Archives"
            selectionMode="single"
            selectedKeys={selected}
            onSelectionChange={setSelected}
            sections={[
              {
                id: 'today',
                title: 'Today',
                items: [
                  {
                    id: 'a',
                    label: 'PRESS-7',
                    description: '21 Nov 2026, 07:05',
                    icon: Archive,
                    note: '1.2 GiB',
                  },
                  {
                    id: 'b',
                    label: 'Fördertechnikverteilerschrank-Ersatzsteuerung-Halle-12-Linie-4',
                    description: '21 Nov 2026, 06:58, Sicherung vor der Wiederherstellung',
                    icon: ShieldCheck,
                    note: <StatusBadge tone="good" label="L2" />,
                  },
                ],
              },
              {
                id: 'old',
                title: 'Last week',
                items: [{ id: 'c', label: 'gateway-nord-02', icon: Factory, note: '48.1 MiB' }],
              },
            ]}
          />
        </Panel>
        <Panel title="Protocol" padding="flush">
          <div className={styles['box']}>
            <Timeline
              label="Protocol"
              lines={[
                {
                  id: '1',
                  tone: 'neutral',
                  toneLabel: 'Information',
                  time: '07:05:01',
                  text: 'Restore started',
                },
                {
                  id: '2',
                  tone: 'good',
                  toneLabel: 'Done',
                  time: '07:05:44',
                  text: 'Safety backup of PRESS-7 verified',
                  detail: '1.1 GiB, SHA-256 matches',
                },
                {
                  id: '3',
                  tone: 'caution',
                  toneLabel: 'Warning',
                  time: '07:06:02',
                  text: 'App “motion” 2.6.4 is newer than the archive’s 2.6.2',
                },
                {
                  id: '4',
                  tone: 'bad',
                  toneLabel: 'Error',
                  time: '07:06:10',
                  text: 'DATALAYER_SUBNODE_NOT_FOUND: motion/axs/AxisX (080F0100 / 0C510103)',
                  detail: 'The device’s own words',
                },
                {
                  id: '5',
                  tone: 'unknown',
                  toneLabel: 'Unknown',
                  time: '07:06:12',
                  text: 'The device does not say whether licences were kept',
                },
              ]}
            />
          </div>
        </Panel>
        <FileDropArea
          label="Import archives"
          sentence="Drop an archive here to look into it. It is copied into the vault; the file stays where it is."
          buttonLabel="Choose files"
          onFiles={nothing}
          isMultiple
        />
      </div>
      <CommandPalette
        isOpen={isPaletteOpen}
        onClose={() => setPaletteOpen(false)}
        label="Commands"
        placeholder="Search for a command or a device"
        empty="No command matches."
        groups={[
          {
            id: 'actions',
            title: 'Actions',
            commands: [
              { id: 'backup', label: 'Back up PRESS-7', icon: Download, keys: 'Ctrl+B', onAction: nothing },
              { id: 'restore', label: 'Restore to PRESS-7', icon: RotateCcw, onAction: nothing },
              { id: 'verify', label: 'Verify the vault', icon: ShieldCheck, onAction: nothing },
            ],
          },
          {
            id: 'devices',
            title: 'Devices',
            commands: [{ id: 'press-8', label: 'PRESS-8', description: '192.168.1.2', onAction: nothing }],
          },
        ]}
      />
      <ToastRegion toasts={toasts} />
    </div>
  )
}
