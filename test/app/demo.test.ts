import { spawn } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'playwright/test'

const root = join(import.meta.dirname, '../..')

// The demo is a script of the checkout; a packed app has none.
test('the demo starts a fleet, shows it in the window and saves a picture', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ferrite-demo-'))
  const picture = join(folder, 'demo.png')
  try {
    const demo = spawn(process.execPath, [join(root, 'scripts/demo.mjs'), '--headless-check', picture], {
      cwd: root,
    })
    let said = ''
    for (const stream of [demo.stdout, demo.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (said += text))
    }
    const [code] = (await once(demo, 'close')) as [number]
    expect(code, said).toBe(0)
    for (const name of ['PRESS-7', 'PRESS-8', 'PRESS-9', 'OFFICE-TWIN', 'PACKER-2'])
      expect(said).toContain(name)
    expect((await stat(picture)).size).toBeGreaterThan(20_000)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
