import { useMemo, useState } from 'react'
import type { ReactElement } from 'react'
import { Table } from '../../../../src/renderer/ui/data/table.tsx'
import type { Selected } from '../../../../src/renderer/ui/data/table.tsx'
import styles from '../gallery.module.css'
import { deviceColumns, sampleDevices } from '../sample.tsx'
import type { SampleDevice } from '../sample.tsx'

const idOf = (row: SampleDevice): string => row.id

/** Ten thousand rows with check boxes. */
export function BigTable(): ReactElement {
  const rows = useMemo(() => sampleDevices(10_000), [])
  const [selected, setSelected] = useState<Selected>(new Set(['dev-1', 'dev-4']))
  return (
    <div className={styles['fill']}>
      <Table
        label="Ten thousand devices"
        rows={rows}
        rowId={idOf}
        rowText={(row) => row.name}
        columns={deviceColumns}
        selectionMode="multiple"
        selectionLook="checkbox"
        selectedKeys={selected}
        onSelectionChange={setSelected}
      />
    </div>
  )
}
