import { File, Folder } from 'lucide-react'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { TreeTable } from '../../../../src/renderer/ui/data/tree-table.tsx'
import type { Column } from '../../../../src/renderer/ui/data/tree-table.tsx'
import { Icon } from '../../../../src/renderer/ui/icon.tsx'
import { formatSize } from '../../../../src/shared/text/format.ts'
import styles from '../gallery.module.css'

interface Entry {
  readonly id: string
  readonly name: string
  readonly level: number
  readonly isFolder: boolean
  readonly size: number
}

const perFolder = 1000
const folders = 1000

const columns: readonly Column<Entry>[] = [
  {
    id: 'name',
    label: 'Name',
    isRowHeader: true,
    grow: 3,
    minWidth: 200,
    text: (row) => row.name,
    render: (row) => (
      <>
        <Icon icon={row.isFolder ? Folder : File} size={14} />
        <span>{row.name}</span>
      </>
    ),
  },
  { id: 'size', label: 'Size', align: 'end', width: 100, render: (row) => formatSize(row.size, 'en') },
  { id: 'changed', label: 'Changed', width: 160, render: () => '21 Nov 2026, 07:05' },
]

/** A tree of a million rows, answered one at a time. */
export function Files(): ReactElement {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set(['folder-1']))
  const open = Array.from({ length: folders }, (_, index) => index).filter(
    (index) => !closed.has(`folder-${index}`),
  )
  const closedBefore = [...closed].map((id) => Number(id.slice('folder-'.length))).sort((a, b) => a - b)
  const rowAt = (place: number): Entry | undefined => {
    let index = place
    for (const folder of closedBefore) if (index > folder * (perFolder + 1)) index += perFolder
    const folder = Math.floor(index / (perFolder + 1))
    const file = (index % (perFolder + 1)) - 1
    return file === -1
      ? { id: `folder-${folder}`, name: `snap-${folder}`, level: 1, isFolder: true, size: perFolder * 4096 }
      : {
          id: `f-${folder}-${file}`,
          name: `parameter-set-${file}.json`,
          level: 2,
          isFolder: false,
          size: file * 37,
        }
  }
  return (
    <div className={styles['fill']}>
      <TreeTable
        label="Files"
        columns={columns}
        rowCount={folders + open.length * perFolder}
        rowAt={rowAt}
        rowId={(row) => row.id}
        rowText={(row) => row.name}
        selectionMode="multiple"
        tree={{
          level: (row) => row.level,
          isExpanded: (row) => (row.isFolder ? !closed.has(row.id) : undefined),
          onToggle: (row, expand) => {
            const next = new Set(closed)
            if (expand) next.delete(row.id)
            else next.add(row.id)
            setClosed(next)
          },
        }}
      />
    </div>
  )
}
