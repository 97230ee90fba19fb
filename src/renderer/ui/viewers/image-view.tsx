import { useEffect, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { Toolbar } from '../actions/toolbar.tsx'
import { Notice } from '../feedback/notice.tsx'
import { Switch } from '../fields/switch.tsx'
import { classes } from '../classes.ts'
import styles from './image-view.module.css'

interface ImageViewProps {
  /** Name of the picture, e.g. the file's name. */
  readonly label: string
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The kind of picture that its bytes were found to be. */
  readonly type: string
  readonly words: {
    readonly imageTools: string
    readonly fit: string
    readonly imageDamaged: string
  }
}

/**
 * A picture on a chequered ground, so that what is transparent can be told. It is decoded from its bytes and drawn: no
 * element loads it, and nothing in it can refer to anything. Of one that moves the first picture is shown.
 */
export function ImageView({ label, bytes, type, words }: ImageViewProps): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [isFit, setFit] = useState(true)
  const [damaged, setDamaged] = useState<Uint8Array>()
  useEffect(() => {
    let isWanted = true
    const draw = (picture: ImageBitmap): void => {
      if (isWanted && canvas.current !== null) drawOn(canvas.current, picture)
      picture.close()
    }
    createImageBitmap(new Blob([bytes], { type })).then(draw, () => {
      if (isWanted) setDamaged(bytes)
    })
    return () => {
      isWanted = false
    }
  }, [bytes, type])
  if (damaged === bytes)
    return (
      <Notice tone="caution" look="bar">
        {words.imageDamaged}
      </Notice>
    )
  return (
    <>
      <Toolbar label={words.imageTools}>
        <Switch label={words.fit} isSelected={isFit} onChange={setFit} />
      </Toolbar>
      {/* It scrolls, so the keyboard has to reach it. */}
      <div
        className={classes(styles['ground'], isFit && styles['fit'])}
        tabIndex={0}
        role="group"
        aria-label={label}
      >
        <canvas ref={canvas} role="img" aria-label={label} className={styles['picture']} />
      </div>
    </>
  )
}

function drawOn(canvas: HTMLCanvasElement, picture: ImageBitmap): void {
  canvas.width = picture.width
  canvas.height = picture.height
  canvas.getContext('2d')?.drawImage(picture, 0, 0)
}
