import { fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { EntryPreview } from '../../../../src/renderer/features/browser/entry-preview.tsx'
import { navigation, placeOf } from '../../../../src/renderer/navigation.ts'
import type { Preview } from '../../../../src/shared/model/entry.ts'
import { archiveIdSchema } from '../../../../src/shared/model/record.ts'
import { windowPreview as words } from '../../../../src/shared/text/en/window-preview.ts'
import { FakeMain, failing } from '../../support/fake-main.ts'
import { renderUi } from '../../ui/render-ui.tsx'

const archiveId = archiveIdSchema.parse('20261121t050500z-press-8-100001')
const place = { archiveId, inside: [] }
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

function text(part: Partial<Preview & { kind: 'text' }>): Preview {
  return {
    kind: 'text',
    language: 'plain',
    encoding: 'utf-8',
    text: '',
    masked: 0,
    sizeBytes: 10,
    truncated: false,
    ...part,
  }
}

function hex(part: Partial<Preview & { kind: 'hex' }>): Preview {
  return {
    kind: 'hex',
    bytesBase64: base64(new Uint8Array(64 * 1024)),
    sizeBytes: 64 * 1024,
    truncated: false,
    ...part,
  }
}

let main: FakeMain

function show(preview: Preview, inside: readonly string[] = []): ReturnType<typeof renderUi> {
  main.answer({ 'browse.preview': () => preview })
  return renderUi(<EntryPreview place={{ archiveId, inside }} path="etc/file" onExtract={() => undefined} />)
}

beforeEach(() => {
  main = new FakeMain({})
  Object.defineProperty(window, 'ferrite', { configurable: true, value: main })
})

describe('secrets', () => {
  test('are covered until somebody asks, and can be covered again', async () => {
    main.answer({
      'browse.preview': ({ reveal }) =>
        reveal ? text({ text: 'psk=hunter2' }) : text({ text: 'psk=••••••', masked: 3 }),
    })
    const { user } = renderUi(<EntryPreview place={place} path="etc/file" onExtract={() => undefined} />)
    expect(await screen.findByText('3 secrets are covered.')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Show them' }))
    expect(await screen.findByText(words.revealed)).toBeDefined()
    expect(screen.getByRole('textbox').textContent).toContain('hunter2')
    await user.click(screen.getByRole('button', { name: words.conceal }))
    await waitFor(() => expect(screen.getByRole('textbox').textContent).not.toContain('hunter2'))
    expect(main.inputsOf('browse.preview').map(({ reveal }) => reveal)).toEqual([false, true, false])
  })
})

describe('bytes', () => {
  test('are read in pages, those that come into sight', async () => {
    main.answer({
      'browse.bytes': ({ length }) => ({ bytesBase64: base64(new Uint8Array(length).fill(0xab)) }),
    })
    show(hex({ sizeBytes: 3 * 64 * 1024, truncated: true }))
    const table = await screen.findByRole('table', { name: 'etc/file' })
    expect(main.inputsOf('browse.bytes')).toEqual([])
    fireEvent.keyDown(table, { key: 'End' })
    await waitFor(() => expect(screen.getAllByText(/ab ab/).length).toBeGreaterThan(0))
    expect(main.inputsOf('browse.bytes')).toEqual([
      { place, entry: 'etc/file', offset: 2 * 64 * 1024, length: 64 * 1024 },
    ])
  })

  test('beyond 16 MiB are not offered, and it is said so', async () => {
    show(hex({ sizeBytes: 20 * 1024 * 1024, truncated: true }))
    expect(await screen.findByText(/^The first 16\.0 MiB of 20\.0 MiB/)).toBeDefined()
  })

  test('that cannot be read are said to be so', async () => {
    main.answer({ 'browse.bytes': failing({ code: 'archive-crc', archive: 'a', entry: 'etc/file' }) })
    show(hex({ sizeBytes: 3 * 64 * 1024, truncated: true }))
    fireEvent.keyDown(await screen.findByRole('table'), { key: 'End' })
    expect(await screen.findByText(words.bytesUnread)).toBeDefined()
  })
})

describe('an archive inside', () => {
  test('opens where a person asks for it', async () => {
    const { user } = show(hex({ opensAs: 'tar' }), ['a.zip'])
    await user.click(await screen.findByRole('button', { name: words.open }))
    expect(placeOf(navigation.getState())).toEqual({
      view: 'browse',
      archiveId,
      inside: ['a.zip', 'etc/file'],
    })
  })

  test('is not opened deeper than three', async () => {
    show(hex({ opensAs: 'zip' }), ['a', 'b', 'c'])
    expect(await screen.findByText(new RegExp(words.tooDeep))).toBeDefined()
    expect(screen.queryByRole('button', { name: words.open })).toBeNull()
  })
})

test('an encrypted file is asked a password for, as often as it takes, and the password goes nowhere else', async () => {
  let given: string | undefined
  main.answer({
    'browse.open': ({ password }) => {
      given = password
      return {
        ...place,
        container: 'zip',
        entries: 1,
        archiveBytes: 1,
        unpackedBytes: 1,
        verdict: { verdict: 'ok' },
      }
    },
    'browse.preview': () =>
      given === 'right'
        ? text({ text: 'hidden' })
        : failing({ code: 'archive-password', archive: 'a', entry: 'b' })(),
  })
  const { user } = renderUi(<EntryPreview place={place} path="etc/file" onExtract={() => undefined} />)
  await user.type(await screen.findByLabelText(words.password.label), 'wrong{Enter}')
  expect(await screen.findByText(words.password.wrong)).toBeDefined()
  await user.type(screen.getByLabelText(words.password.label), 'right{Enter}')
  expect((await screen.findByRole('textbox', { name: 'etc/file' })).textContent).toContain('hidden')
  expect(main.inputsOf('browse.open')).toEqual([
    { place, password: 'wrong' },
    { place, password: 'right' },
  ])
})

describe('a picture', () => {
  const image: Preview = {
    kind: 'image',
    type: 'image/png',
    width: 3,
    height: 2,
    bytesBase64: base64(Uint8Array.of(1, 2, 3)),
    sizeBytes: 3,
    truncated: false,
  }

  test('is drawn from its bytes, and never loaded by an element', async () => {
    const decode = vi.fn(async () => ({ width: 3, height: 2, close: () => undefined }))
    vi.stubGlobal('createImageBitmap', decode)
    const { container } = show(image)
    expect(await screen.findByText(/Picture, 3 × 2 pixels/)).toBeDefined()
    await waitFor(() => expect(container.querySelector('canvas')?.width).toBe(3))
    expect(container.querySelector('img, object, iframe, svg image')).toBeNull()
    vi.unstubAllGlobals()
  })

  test('that is damaged is said to be so', async () => {
    vi.stubGlobal('createImageBitmap', async () =>
      Promise.reject(new Error('The source image could not be decoded.')),
    )
    show(image)
    expect(await screen.findByText(words.imageDamaged)).toBeDefined()
    vi.unstubAllGlobals()
  })
})
