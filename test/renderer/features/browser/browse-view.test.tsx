import { screen, waitFor, within } from '@testing-library/react'
import type { ReactElement } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { useStore } from 'zustand'
import { BrowseView } from '../../../../src/renderer/features/browser/browse-view.tsx'
import { openTree, treeStore } from '../../../../src/renderer/features/browser/tree-store.ts'
import { go, navigation, placeOf } from '../../../../src/renderer/navigation.ts'
import type { TreeRow } from '../../../../src/shared/model/entry.ts'
import { archiveIdSchema } from '../../../../src/shared/model/record.ts'
import { windowBrowse as words } from '../../../../src/shared/text/en/window-browse.ts'
import { windowPreview as previewWords } from '../../../../src/shared/text/en/window-preview.ts'
import { FakeMain, failing } from '../../support/fake-main.ts'
import { connect } from '../../support/open-window.tsx'
import { renderUi } from '../../ui/render-ui.tsx'

let archives = 0
let main: FakeMain
/** The password that main was given last. */
let given: string | undefined

const isOpen = (): boolean => given !== undefined
const folders = (): Readonly<Record<string, readonly TreeRow[]>> => ({
  '': [
    { name: 'keys', path: 'keys', kind: 'folder', sizeBytes: 20 },
    { name: 'readme', path: 'readme', kind: 'file', sizeBytes: 7 },
  ],
  keys: ['keys/root.pem', 'keys/user.pem'].map((path) => ({
    name: path.slice('keys/'.length),
    path,
    kind: 'file',
    sizeBytes: 10,
    // As main does: with any password at hand, nothing is held back for being encrypted.
    ...(!isOpen() && { restriction: 'encrypted' }),
  })),
})

beforeEach(() => {
  archives += 1
  given = undefined
  main = new FakeMain({
    'browse.open': ({ place, password }) => {
      given = password ?? given
      return {
        ...place,
        archiveId: archiveId(),
        container: 'zip',
        entries: 3,
        archiveBytes: 100,
        unpackedBytes: 27,
        verdict: isOpen()
          ? { verdict: 'ok' }
          : {
              verdict: 'view',
              reasons: [{ restriction: 'encrypted', entries: 2, example: 'keys/root.pem' }],
            },
      }
    },
    'browse.lenses': () => [],
    'browse.folder': ({ folder, from, count }) => {
      const rows = folders()[folder] ?? []
      return { total: rows.length, rows: rows.slice(from, from + count) }
    },
    'browse.find': ({ text }) => {
      const rows = Object.values(folders())
        .flat()
        .filter(({ kind, path }) => kind === 'file' && path.includes(text))
      return { total: rows.length, rows }
    },
    'browse.preview': ({ entry }) => {
      if (entry.startsWith('keys/') && given !== 'right')
        return failing({ code: 'archive-password', archive: 'a.zip', entry })()
      const text = `What ${entry} says about speed`
      return {
        kind: 'text',
        language: 'plain',
        encoding: 'utf-8',
        text,
        masked: 0,
        sizeBytes: text.length,
        truncated: false,
      }
    },
  })
  connect(main)
})

const archiveId = () => archiveIdSchema.parse(`20261121t050500z-press-8-${String(200_000 + archives)}`)

/** The view where the window is. */
function Shown(): ReactElement {
  const place = useStore(navigation, placeOf)
  if (place.view !== 'browse') return <p>elsewhere</p>
  return (
    <BrowseView archiveId={place.archiveId} inside={place.inside} entry={place.entry} find={place.find} />
  )
}

const rowTexts = (): readonly string[] =>
  within(screen.getByRole('treegrid'))
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent)
const heldBack = /^Some of it can be looked at/
const marks = (): number => rowTexts().filter((text) => text.includes(words.marks.encrypted)).length
const giveIn = async (user: ReturnType<typeof renderUi>['user'], password: string): Promise<void> =>
  await user.type(await screen.findByLabelText(previewWords.password.label), `${password}{Enter}`)

test('the password of a file takes the marks off its archive, and everything stays where it is', async () => {
  go({ view: 'browse', archiveId: archiveId() })
  const { user } = renderUi(<Shown />)
  await user.click(await screen.findByRole('row', { name: /^keys/ }))
  await user.keyboard('{ArrowRight}')
  await user.click(await screen.findByRole('row', { name: /user\.pem/ }))
  expect(marks()).toBe(2)
  expect(screen.getByText(heldBack)).toBeDefined()

  await giveIn(user, 'wrong')
  expect(await screen.findByText(previewWords.password.wrong)).toBeDefined()
  expect(marks()).toBe(2)
  expect(screen.getByText(heldBack)).toBeDefined()

  const before = rowTexts().length
  await giveIn(user, 'right')
  await waitFor(() => expect(marks()).toBe(0))
  expect(screen.queryByText(heldBack)).toBeNull()
  expect(screen.getByRole('textbox', { name: 'keys/user.pem' }).textContent).toContain('speed')
  expect(rowTexts()).toHaveLength(before)
  expect(screen.getByRole('row', { name: /user\.pem/ }).getAttribute('aria-selected')).toBe('true')
})

test('what a filter found is marked anew, too, and the tree when it is shown again', async () => {
  go({ view: 'browse', archiveId: archiveId() })
  const { user } = renderUi(<Shown />)
  await user.click(await screen.findByRole('row', { name: /^keys/ }))
  await user.keyboard('{ArrowRight}')
  await screen.findByRole('row', { name: /user\.pem/ })
  const filter = screen.getByRole('searchbox')
  await user.type(filter, 'root')
  await waitFor(() => expect(rowTexts()).toHaveLength(1))
  expect(marks()).toBe(1)
  await user.click(screen.getByRole('row', { name: /root\.pem/ }))
  await giveIn(user, 'right')
  await waitFor(() => expect(marks()).toBe(0))
  expect(rowTexts()).toHaveLength(1)
  await user.clear(filter)
  await waitFor(() => expect(rowTexts()).toHaveLength(4))
  await waitFor(() => expect(marks()).toBe(0))
})

test('a file opens at the text that led to it; another one that is chosen does not', async () => {
  const find = { text: 'SPEED', matchCase: false }
  const place = { archiveId: archiveId(), inside: [] }
  await openTree(place)
  treeStore.setState({ selected: new Set() })
  go({ view: 'browse', archiveId: place.archiveId, entry: 'readme', find })
  given = 'right'
  const { user } = renderUi(<Shown />)
  await screen.findByRole('textbox', { name: 'readme' })
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Find' }).value).toBe('SPEED')
  expect(document.querySelector('.cm-searchMatch-selected')?.textContent).toBe('speed')
  await user.click(await screen.findByRole('row', { name: /^readme/ }))
  expect(placeOf(navigation.getState())).toMatchObject({ entry: 'readme', find })

  await user.click(screen.getByRole('row', { name: /^keys/ }))
  await user.keyboard('{ArrowRight}')
  await user.click(await screen.findByRole('row', { name: /root\.pem/ }))
  await screen.findByRole('textbox', { name: 'keys/root.pem' })
  expect(placeOf(navigation.getState())).not.toHaveProperty('find')
  expect(screen.queryByRole('textbox', { name: 'Find' })).toBeNull()
})

test('of another archive nothing is shown as if it were of this one, not even for a moment', async () => {
  go({ view: 'browse', archiveId: archiveId() })
  const { container } = renderUi(<Shown />)
  await screen.findByRole('treegrid')
  const added: Node[] = []
  const observer = new MutationObserver((records) => {
    added.push(...records.flatMap(({ addedNodes }) => [...addedNodes]))
  })
  observer.observe(container, { childList: true, subtree: true })
  main.answer({ 'browse.open': async () => await new Promise<never>(() => undefined) })
  go({ view: 'browse', archiveId: archiveId(), inside: ['readme'] })
  await screen.findByRole('navigation', { name: words.way })
  await waitFor(() => expect(screen.queryByRole('treegrid')).toBeNull())
  await waitFor(() => expect(added.length).toBeGreaterThan(0))
  observer.disconnect()
  const trees = added.filter((node) => node instanceof HTMLElement && node.querySelector('[role="treegrid"]'))
  expect(trees).toEqual([])
})
