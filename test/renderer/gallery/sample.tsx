import type { Column, DropAnswer } from '../../../src/renderer/ui/data/table.tsx'
import { StatusBadge } from '../../../src/renderer/ui/feedback/badge.tsx'
import type { Tone } from '../../../src/renderer/ui/tone.ts'

/** A device as the gallery needs it. */
export interface SampleDevice {
  readonly id: string
  readonly name: string
  readonly family: string
  readonly address: string
  readonly serial: string
  readonly version: string
  readonly health: { readonly tone: Tone; readonly label: string }
  readonly archives: number
  readonly backedUp: string
  readonly answer: DropAnswer
}

const healths: SampleDevice['health'][] = [
  { tone: 'good', label: 'Good' },
  { tone: 'good', label: 'Good' },
  { tone: 'caution', label: 'Last backup 43 days ago' },
  { tone: 'bad', label: 'Archive damaged' },
  { tone: 'unknown', label: 'Never backed up' },
]

const answers: DropAnswer[] = [
  { verdict: 'fits', label: 'Fits', accepts: true },
  {
    verdict: 'cautions',
    label: 'Fits with cautions',
    reason: 'firmware 2.6.4, archive 2.6.2',
    accepts: true,
  },
  { verdict: 'blocked', label: 'Blocked', reason: 'archive is amd64, device is arm64', accepts: false },
  { verdict: 'unknown', label: 'Unknown', reason: 'the device was never read', accepts: false },
]

const names = [
  'PRESS-7',
  'PRESS-8',
  'LABELLER-HALL-3',
  'Fördertechnikverteilerschrank-Ersatzsteuerung-Halle-12-Linie-4-Sicherungskopie-A',
  'gateway-nord-02',
]

/** That many devices with names of all lengths. */
export function sampleDevices(count: number): readonly SampleDevice[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `dev-${index}`,
    name: index < names.length ? (names[index] ?? '') : `STATION-${index}`,
    family: index % 3 === 0 ? 'ctrlX CORE' : 'Linux host',
    address: `192.168.${Math.floor(index / 250)}.${(index % 250) + 1}`,
    serial: `72604049${String(20000 + index * 37)}`,
    version: `2.${index % 7}.${index % 11}`,
    health: healths[index % healths.length] ?? { tone: 'unknown', label: 'Unknown' },
    archives: (index * 7919) % 240,
    backedUp: `${String((index % 28) + 1).padStart(2, '0')} Nov 2026, 07:05`,
    answer: answers[index % answers.length] ?? { verdict: 'unknown', label: 'Unknown', accepts: false },
  }))
}

/** Columns of the device table. */
export const deviceColumns: readonly Column<SampleDevice>[] = [
  {
    id: 'name',
    label: 'Name',
    render: (row) => row.name,
    sortValue: (row) => row.name,
    isRowHeader: true,
    grow: 2,
    minWidth: 140,
  },
  {
    id: 'health',
    label: 'Health',
    render: (row) => <StatusBadge look="plain" tone={row.health.tone} label={row.health.label} />,
    text: (row) => row.health.label,
    sortValue: (row) => row.health.label,
    width: 180,
  },
  { id: 'family', label: 'Family', render: (row) => row.family, sortValue: (row) => row.family, width: 104 },
  {
    id: 'address',
    label: 'Address',
    render: (row) => row.address,
    isMono: true,
    sortValue: (row) => row.address,
    width: 124,
  },
  {
    id: 'firmware',
    label: 'Firmware',
    render: (row) => row.version,
    sortValue: (row) => row.version,
    width: 84,
  },
  {
    id: 'archives',
    label: 'Archives',
    render: (row) => String(row.archives),
    sortValue: (row) => row.archives,
    align: 'end',
    width: 84,
  },
  { id: 'backedUp', label: 'Last backup', render: (row) => row.backedUp, width: 148, isTabular: true },
]
