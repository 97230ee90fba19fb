import { execFileSync } from 'node:child_process'
import { onTestFinished, type TestContext } from 'vitest'
import { newFolder } from './new-folder.ts'

/** A real file system of a few MiB, unmounted with the test. Skips the test, with the reason, where none can be mounted. */
export async function smallDisk(context: TestContext, sizeMiB: number): Promise<string> {
  const folder = await newFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(sizeMiB)}m`, 'tmpfs', folder], {
      stdio: 'pipe',
    })
  } catch (error) {
    context.skip(`no small file system can be mounted here: ${String(error)}`)
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder], { stdio: 'pipe' }))
  return folder
}
