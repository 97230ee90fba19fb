import type { ReactElement } from 'react'
import { Tabs } from '../../../../src/renderer/ui/layout/tabs.tsx'
import { CodeView } from '../../../../src/renderer/ui/viewers/code-view.tsx'
import { DiffView } from '../../../../src/renderer/ui/viewers/diff-view.tsx'
import { HexView } from '../../../../src/renderer/ui/viewers/hex-view.tsx'

const settings = {
  name: 'PRESS-7',
  'cycle-time-us': 1000,
  enabled: true,
  parent: undefined,
  axes: [
    { id: 1, limits: { min: -120.5, max: 480 }, drive: null },
    { id: 2, limits: { min: 0, max: 360 }, drive: 'ctrlX DRIVE XCS' },
  ],
}
const lines = Array.from({ length: 80 }, (_, index) => `parameter-${String(index)} = ${String(index * 7)}`)
const before = lines.join('\n')
const after = lines
  .map((line, index) => (index === 40 ? 'parameter-40 = 281' : line))
  .filter((_, index) => index !== 60)
  .join('\n')
const xml = `<?xml version="1.0"?>\n<!-- made by the device -->\n<station name="PRESS-7">\n  <axis id="1" min="-120.5"/>\n  <axis id="2"/>\n</station>\n`

const length = 3_221_225_472

/** Pseudo-random bytes of any place, so that a file of three gigabytes needs no memory. */
function bytesAt(offset: number, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, index) => {
    const place = offset + index
    return place < 64
      ? 'PK\u0003\u0004 a readable head of the file, then noise '.charCodeAt(place % 44)
      : (place * 2654435761) >>> 24
  })
}

/** Text, bytes and differences. */
export function Viewers(): ReactElement {
  return (
    <Tabs
      label="Viewers"
      padding="flush"
      items={[
        {
          id: 'json',
          label: 'JSON',
          content: (
            <CodeView label="settings.json" text={JSON.stringify(settings, undefined, 2)} language="json" />
          ),
        },
        { id: 'xml', label: 'XML', content: <CodeView label="station.xml" text={xml} language="xml" /> },
        {
          id: 'diff',
          label: 'Comparison',
          content: (
            <DiffView
              label="parameters.ini"
              before={before}
              after={after}
              beforeLabel="PRESS-7, 1 Oct 2026, 06:00"
              afterLabel="PRESS-7, 21 Nov 2026, 07:05"
            />
          ),
        },
        {
          id: 'hex',
          label: 'Bytes',
          content: <HexView label="image.bin" length={length} bytesAt={bytesAt} />,
        },
      ]}
    />
  )
}
