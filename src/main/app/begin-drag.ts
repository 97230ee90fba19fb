import { nativeImage, type NativeImage, type WebContents } from 'electron'

const side = 32

/** Hands files to the drag of the operating system. */
export type BeginDrag = (files: readonly string[]) => void

/** Drags out of a window; the files must be there, and the button of the mouse be held. */
export function createBeginDrag(contents: () => WebContents): BeginDrag {
  return (files) => {
    const [file = ''] = files
    contents().startDrag({ file, files: [...files], icon: sheetIcon() })
  }
}

/** A plain sheet of paper under the pointer, made here: there is no file to load. */
function sheetIcon(): NativeImage {
  const pixels = Buffer.alloc(side * side * 4)
  for (let y = 3; y < side - 3; y += 1) {
    for (let x = 6; x < side - 6; x += 1) {
      const isEdge = y === 3 || y === side - 4 || x === 6 || x === side - 7
      // Blue, green, red, opacity.
      pixels.set(isEdge ? [0x70, 0x70, 0x70, 0xff] : [0xf4, 0xf4, 0xf4, 0xff], (y * side + x) * 4)
    }
  }
  return nativeImage.createFromBitmap(pixels, { width: side, height: side })
}
