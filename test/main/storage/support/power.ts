import { execFileSync } from 'node:child_process'
import { copyFileSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished, type TestContext } from 'vitest'
import { newFolder } from './new-folder.ts'

/** A disk whose plug can be pulled. */
export interface Disk {
  /** Where it is mounted. */
  readonly folder: string
  /** Mounts what a power cut at this moment would leave, looks at it, and unmounts it again. */
  readonly afterPowerCut: <T>(look: (folder: string) => Promise<T>) => Promise<T>
}

/**
 * A real ext4 file system in a file. What was not flushed is not in that file, so a copy of it, taken while mounted, is
 * the disk after a power cut. Skips the test, with the reason, where none can be mounted.
 */
export async function newDisk(context: TestContext): Promise<Disk> {
  const root = await newFolder()
  const image = join(root, 'image')
  const folder = join(root, 'disk')
  mkdirSync(folder)
  try {
    execFileSync('truncate', ['-s', '160M', image])
    // Without a delay of its own the journal is written only when somebody asks for it.
    execFileSync('mkfs.ext4', ['-q', '-F', '-E', 'lazy_itable_init=0,lazy_journal_init=0', image], {
      stdio: 'pipe',
    })
    execFileSync('mount', ['-o', 'loop,commit=600', image, folder], { stdio: 'pipe' })
  } catch (error) {
    context.skip(`no disk can be mounted here: ${String(error)}`)
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder], { stdio: 'pipe' }))
  let cuts = 0
  const afterPowerCut = async <T>(look: (folder: string) => Promise<T>): Promise<T> => {
    cuts += 1
    const copy = join(root, `cut-${String(cuts)}`)
    const mounted = join(root, `mounted-${String(cuts)}`)
    copyFileSync(image, copy, constants.COPYFILE_FICLONE)
    mkdirSync(mounted)
    execFileSync('mount', ['-o', 'loop', copy, mounted], { stdio: 'pipe' })
    try {
      return await look(mounted)
    } finally {
      execFileSync('umount', [mounted], { stdio: 'pipe' })
      execFileSync('rm', ['-f', copy])
    }
  }
  return { folder, afterPowerCut }
}
