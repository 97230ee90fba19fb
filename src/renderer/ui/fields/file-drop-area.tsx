import { FileUp } from 'lucide-react'
import type { ReactElement } from 'react'
import { DropZone, FileTrigger, Text, isFileDropItem } from 'react-aria-components'
import { Button } from '../actions/button.tsx'
import { given } from '../classes.ts'
import { Icon } from '../icon.tsx'
import styles from './file-drop-area.module.css'

interface FileDropAreaProps {
  /** Name of the area. */
  readonly label: string
  /** What can be dropped and what happens then: "Drop an archive here to look into it." */
  readonly sentence: string
  /** Name of the button that is the keyboard's twin of the drop. */
  readonly buttonLabel: string
  /** The files themselves; main turns them into paths. */
  readonly onFiles: (files: readonly File[]) => void
  /** File name endings with their dot, for the button's dialog. */
  readonly accept?: readonly string[] | undefined
  readonly isMultiple?: boolean
  /** Takes the place of the browser's file dialog. */
  readonly onChoose?: (() => void) | undefined
}

/** Takes files by dropping, by pasting and by a button. */
export function FileDropArea(props: FileDropAreaProps): ReactElement {
  const { label, sentence, buttonLabel, onFiles, accept, isMultiple = false, onChoose } = props
  const button = <Button label={buttonLabel} onPress={onChoose} />
  return (
    <DropZone
      aria-label={label}
      className={styles['area'] ?? ''}
      getDropOperation={() => 'copy'}
      onDrop={({ items }) => {
        const dropped = items.filter(isFileDropItem).slice(0, isMultiple ? undefined : 1)
        // A file that cannot be read any more has nothing to hand over; the others go on.
        void Promise.allSettled(dropped.map((item) => item.getFile())).then((results) => {
          const files = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
          if (files.length > 0) onFiles(files)
        })
      }}
    >
      <Icon icon={FileUp} size={24} className={styles['icon']} />
      <Text slot="label" className={styles['sentence'] ?? ''}>
        {sentence}
      </Text>
      {onChoose !== undefined ? (
        button
      ) : (
        <FileTrigger
          allowsMultiple={isMultiple}
          {...given({ acceptedFileTypes: accept })}
          onSelect={(files) => {
            if (files !== null && files.length > 0) onFiles([...files])
          }}
        >
          {button}
        </FileTrigger>
      )}
    </DropZone>
  )
}
