import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { build, type Rolldown } from 'vite'
import { expect, test } from 'vitest'

const renderer = resolve(import.meta.dirname, '../../src/renderer')

test('the built styles name their layers in the order in which they win', async () => {
  const built = await build({
    root: renderer,
    configFile: false,
    logLevel: 'silent',
    plugins: [react()],
    build: { write: false, minify: false, target: 'chrome130' },
  })
  const [css = ''] = (built as Rolldown.RolldownOutput).output.flatMap((file) =>
    file.type === 'asset' && file.fileName.endsWith('.css') ? [String(file.source)] : [],
  )
  const names = [...css.matchAll(/@layer ([^;{]+)/g)].flatMap(([, list = '']) =>
    list.split(',').map((name) => name.trim()),
  )
  // A layer's place is that of its first mention, in whichever file that is.
  expect([...new Set(names)].slice(0, 4)).toEqual(['reset', 'tokens', 'base', 'components'])
})
