import { act, screen } from '@testing-library/react'
import { HardDrive } from 'lucide-react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { CopyableText } from '../../../src/renderer/ui/data/copyable-text.tsx'
import { FactList } from '../../../src/renderer/ui/data/fact-list.tsx'
import { FindingRow } from '../../../src/renderer/ui/data/finding-row.tsx'
import { EmptyState } from '../../../src/renderer/ui/feedback/empty-state.tsx'
import { ErrorPanel } from '../../../src/renderer/ui/feedback/error-panel.tsx'
import { ProgressBar } from '../../../src/renderer/ui/feedback/progress-bar.tsx'
import { createToasts, ToastRegion } from '../../../src/renderer/ui/feedback/toast.tsx'
import { TransferProgress } from '../../../src/renderer/ui/feedback/transfer-progress.tsx'
import { verdictLooks, VerdictBadge } from '../../../src/renderer/ui/feedback/verdict-badge.tsx'
import { verdicts } from '../../../src/shared/model/finding.ts'
import { renderUi } from './render-ui.tsx'

afterEach(() => {
  vi.useRealTimers()
})

test('every verdict has a symbol and a tone of its own beside its word', () => {
  expect(new Set(verdicts.map((verdict) => verdictLooks[verdict].icon)).size).toBe(verdicts.length)
  expect(new Set(verdicts.map((verdict) => verdictLooks[verdict].tone)).size).toBe(verdicts.length)
  renderUi(<VerdictBadge verdict="blocked" label="Blocked" title="Archive is amd64" />)
  expect(screen.getByTitle('Archive is amd64').textContent).toBe('Blocked')
})

test('an error says what happened, what was not changed and the next step, and its details can be copied', async () => {
  const { user, copied } = renderUi(
    <ErrorPanel
      cause="PRESS-7 did not answer."
      safe="Nothing was changed."
      next="Check the cable."
      details="device-silent"
    />,
  )
  const alert = screen.getByRole('alert')
  for (const words of ['PRESS-7 did not answer.', 'Nothing was changed.', 'Check the cable.']) {
    expect(alert.textContent).toContain(words)
  }
  await user.click(screen.getByText('Details', { selector: 'summary' }))
  await user.click(screen.getByRole('button', { name: 'Copy Details' }))
  expect(copied).toEqual(['device-silent'])
})

test('an empty state is a sentence and one action', () => {
  renderUi(
    <EmptyState icon={HardDrive} sentence="No device yet." action={<button type="button">Add</button>} />,
  )
  expect(screen.getByText('No device yet.')).toBeDefined()
  expect(screen.getAllByRole('button')).toHaveLength(1)
})

test('a copied text is the text itself, not the way it is shown, and the button says so', async () => {
  const { user, copied } = renderUi(<CopyableText name="Fingerprint" text="00ff" shown="00:FF" />)
  await user.click(screen.getByRole('button', { name: 'Copy Fingerprint' }))
  expect(copied).toEqual(['00ff'])
  expect(screen.getByText('00:FF')).toBeDefined()
  expect(screen.getByRole('button', { name: 'Copied' })).toBeDefined()
})

test('a refused clipboard is not reported as copied', async () => {
  const { user } = renderUi(
    <CopyableText name="Hash" text="00ff" onCopy={async () => Promise.reject(new Error('refused'))} />,
  )
  await user.click(screen.getByRole('button', { name: 'Copy Hash' }))
  expect(screen.getByRole('button', { name: 'Copy Hash' })).toBeDefined()
})

test('facts are terms with their values, notes and copy buttons', () => {
  renderUi(
    <FactList
      facts={[
        { label: 'Serial number', value: '726', copy: true, isMono: true },
        { label: 'Model', value: 'X7', note: 'read from the device' },
      ]}
    />,
  )
  expect(screen.getAllByRole('term').map((term) => term.textContent)).toEqual(['Serial number', 'Model'])
  expect(screen.getAllByRole('definition')[1]?.textContent).toBe('X7read from the device')
  expect(screen.getByRole('button', { name: 'Copy Serial number' })).toBeDefined()
})

test('a finding shows both values, the one that is not known in words, and the remedy', () => {
  renderUi(
    <FindingRow
      result="unknown"
      resultLabel="Unknown"
      title="The licences cannot be compared."
      sides={[{ label: 'Archive', value: '4 licences' }, { label: 'Device' }]}
      unknownLabel="not known"
      remedy="Log in with more rights."
    />,
  )
  expect(screen.getAllByRole('definition').map((value) => value.textContent)).toEqual([
    '4 licences',
    'not known',
  ])
  expect(screen.getByText('Log in with more rights.')).toBeDefined()
})

describe('progress', () => {
  test('is a progress bar with a value, and without one where nobody knows the total', () => {
    renderUi(
      <>
        <ProgressBar label="Known" share={0.42} />
        <ProgressBar label="Unknown" />
      </>,
    )
    expect(screen.getByRole('progressbar', { name: 'Known' }).getAttribute('aria-valuenow')).toBe('42')
    expect(screen.getByRole('progressbar', { name: 'Unknown' }).getAttribute('aria-valuenow')).toBeNull()
  })

  test('shows phase, share, bytes, rate and time left in the language', () => {
    renderUi(
      <TransferProgress
        label="Sicherung von PRESS-7"
        phase="Übertragung"
        bytesDone={1024 * 1024}
        bytesTotal={3 * 1024 * 1024}
        bytesPerSecond={512 * 1024}
        secondsLeft={4}
      />,
      'de',
    )
    for (const words of [
      'Übertragung',
      '33 %',
      '1,0 MiB von 3,0 MiB',
      '512,0 KiB/s',
      'weniger als 10 Sekunden übrig',
    ]) {
      expect(screen.getByText(words)).toBeDefined()
    }
  })

  test('is spoken when the phase changes and otherwise only now and then', () => {
    vi.useFakeTimers()
    const at = (done: number, phase = 'Transferring') => (
      <TransferProgress label="Backup" phase={phase} bytesDone={done} bytesTotal={100} />
    )
    const { again } = renderUi(at(1))
    const spoken = (): string | null => screen.getByRole('status').textContent
    expect(spoken()).toBe('Backup: Transferring, 1%')
    for (let done = 2; done < 40; done += 1) again(at(done))
    expect(spoken()).toBe('Backup: Transferring, 1%')
    act(() => {
      vi.advanceTimersByTime(20_000)
    })
    expect(spoken()).toBe('Backup: Transferring, 39%')
    again(at(40, 'Reading back'))
    expect(spoken()).toBe('Backup: Reading back, 40%')
  })
})

describe('messages', () => {
  test('a done thing goes away by itself, an error stays until it is closed', async () => {
    vi.useFakeTimers()
    const toasts = createToasts()
    renderUi(<ToastRegion toasts={toasts} />)
    act(() => {
      toasts.show({ tone: 'good', text: 'Backup is done.' })
      toasts.show({ tone: 'bad', text: 'PRESS-8 did not answer.' })
    })
    expect(screen.getAllByRole('alertdialog')).toHaveLength(2)
    act(() => {
      vi.advanceTimersByTime(11_000)
    })
    expect(screen.getAllByRole('alertdialog').map((toast) => toast.textContent)).toEqual([
      'PRESS-8 did not answer.',
    ])
  })

  test('the action of a message runs once and closes it', async () => {
    const toasts = createToasts()
    const onAction = vi.fn()
    const { user } = renderUi(<ToastRegion toasts={toasts} />)
    act(() => {
      toasts.show({ tone: 'bad', text: 'Failed.', action: { label: 'Try again', onAction } })
    })
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(onAction).toHaveBeenCalledOnce()
    expect(screen.queryByRole('alertdialog')).toBeNull()
  })
})
