import { fireEvent, screen } from '@testing-library/react'
import type { ReactElement } from 'react'
import { describe, expect, test, vi } from 'vitest'
import { FileDropArea } from '../../../src/renderer/ui/fields/file-drop-area.tsx'
import { CodeView } from '../../../src/renderer/ui/viewers/code-view.tsx'
import { DiffView } from '../../../src/renderer/ui/viewers/diff-view.tsx'
import { hexLine } from '../../../src/renderer/ui/viewers/hex-line.ts'
import { HexView } from '../../../src/renderer/ui/viewers/hex-view.tsx'
import { renderUi } from './render-ui.tsx'

test('a line of bytes is written as hexdump writes it', () => {
  const bytes = new TextEncoder().encode('PK\u0003\u0004 ctrlX CORE')
  expect(hexLine(bytes, 16)).toEqual({
    hex: '50 4b 03 04 20 63 74 72  6c 58 20 43 4f 52 45',
    text: 'PK.. ctrlX CORE',
  })
  expect(hexLine(Uint8Array.of(0xff), 16)).toEqual({ hex: 'ff', text: '.' })
  expect(hexLine(undefined, 16)).toEqual({ hex: '', text: '' })
})

test('a hex view asks for the bytes in sight, and End leads to the last line of a file of any length', () => {
  const length = 3 * 1024 ** 3
  const onRangeShown = vi.fn()
  renderUi(
    <HexView
      label="image.bin"
      length={length}
      bytesAt={(_, count) => new Uint8Array(count)}
      onRangeShown={onRangeShown}
    />,
  )
  expect(screen.getByText('00000000')).toBeDefined()
  expect(onRangeShown).toHaveBeenCalledWith(0, expect.any(Number))
  fireEvent.keyDown(screen.getByRole('table', { name: 'image.bin' }), { key: 'End' })
  expect(screen.getByText('bffffff0')).toBeDefined()
  fireEvent.keyDown(screen.getByRole('table'), { key: 'ArrowUp' })
  fireEvent.keyDown(screen.getByRole('table'), { key: 'Home' })
  expect(screen.getByText('00000000')).toBeDefined()
})

test('bytes that are not loaded yet say so', () => {
  renderUi(<HexView label="image.bin" length={16} bytesAt={() => undefined} />)
  expect(screen.getByRole('cell', { name: 'Loading' })).toBeDefined()
})

test('a text is shown as text, named, and cannot be changed', () => {
  renderUi(<CodeView label="settings.json" language="json" text={'{ "html": "<img src=x>" }'} />)
  const box = screen.getByRole('textbox', { name: 'settings.json' })
  expect(box.getAttribute('aria-readonly')).toBe('true')
  expect(box.textContent).toContain('<img src=x>')
  expect(box.querySelector('img')).toBeNull()
})

describe('a text that is looked for', () => {
  const selected = (): string | null | undefined =>
    document.querySelector('.cm-searchMatch-selected')?.textContent
  const field = (): HTMLInputElement => screen.getByRole('textbox', { name: 'Find' })

  test('is in the search of the text, and selected where it stands first; the focus stays', () => {
    const view = (text: string): ReactElement => (
      <>
        <button type="button">elsewhere</button>
        <CodeView label="a.ini" text={'Speed=1\nspeed=2'} find={{ text, matchCase: text === 'speed' }} />
      </>
    )
    const { again } = renderUi(view('SPEED'))
    screen.getByRole('button', { name: 'elsewhere' }).focus()
    expect(field().value).toBe('SPEED')
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Match case' }).checked).toBe(false)
    expect(selected()).toBe('Speed')
    again(view('speed'))
    expect(field().value).toBe('speed')
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Match case' }).checked).toBe(true)
    expect(selected()).toBe('speed')
    expect(document.activeElement?.textContent).toBe('elsewhere')
  })

  test('is no pattern, and a backslash in it is one', () => {
    renderUi(
      <CodeView
        label="a.ini"
        text={'C:.new\nC:\nC:\\new (1)'}
        find={{ text: 'C:\\new (1)', matchCase: false }}
      />,
    )
    expect(field().value).toBe('C:\\new (1)')
    expect(selected()).toBe('C:\\new (1)')
  })

  test('and stands nowhere in what is shown is not pointed at anywhere', () => {
    renderUi(<CodeView label="a.ini" text="psk=••••••" find={{ text: 'hunter2', matchCase: false }} />)
    expect(field().value).toBe('hunter2')
    expect(document.querySelector('.cm-searchMatch')).toBeNull()
  })

  test('stays away once its search was closed, also when lines are broken', async () => {
    const sought = { text: 'speed', matchCase: false }
    const view = (wraps: boolean): ReactElement => (
      <CodeView label="a.ini" text="speed=1" wraps={wraps} find={sought} />
    )
    const { again, user } = renderUi(view(false))
    await user.click(screen.getByRole('button', { name: 'Close' }))
    again(view(true))
    expect(screen.queryByRole('textbox', { name: 'Find' })).toBeNull()
    expect(screen.getByRole('textbox').classList.contains('cm-lineWrapping')).toBe(true)
  })
})

test('a comparison shows both sides under their names', () => {
  renderUi(
    <DiffView
      label="a.ini"
      before={'one\ntwo'}
      after={'one\nthree'}
      beforeLabel="1 Oct"
      afterLabel="21 Nov"
    />,
  )
  expect(screen.getByText('1 Oct')).toBeDefined()
  expect(screen.getByRole('textbox', { name: 'a.ini, 1 Oct' }).textContent).toContain('two')
  expect(screen.getByRole('textbox', { name: 'a.ini, 21 Nov' }).textContent).toContain('three')
})

test('files reach the view through the button, the twin of dropping', async () => {
  const onFiles = vi.fn()
  const { user, container } = renderUi(
    <FileDropArea
      label="Import"
      sentence="Drop an archive here."
      buttonLabel="Choose files"
      onFiles={onFiles}
    />,
  )
  expect(screen.getByRole('button', { name: 'Choose files' })).toBeDefined()
  const input = container.querySelector<HTMLInputElement>('input[type=file]')
  const file = new File(['x'], 'backup.zip')
  await user.upload(input!, file)
  expect(onFiles).toHaveBeenCalledWith([file])
})
