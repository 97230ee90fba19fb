import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Procedure } from '../../../../src/shared/model/procedure.ts'
import { jobIdSchema } from '../../../../src/shared/model/job.ts'
import { openWindow } from '../../support/open-window.tsx'
import { ago, sampleDevices, sampleDeviceId, sampleJob, sampleReport } from '../../support/samples.ts'
import { doneByFerrite, otherId, sampleProcedure, step } from './sample-procedure.ts'

const at = ago(60_000)
const unclear = {
  phase: 'unclear',
  at,
  failure: { code: 'outcome-unknown', device: 'ROBOT-3', detail: 'connection-lost' },
} as const

async function openProcedures(procedures: readonly Procedure[]) {
  const devices = sampleDevices(3).map((view) => ({ ...view, credentials: 'stored' as const }))
  const opened = await openWindow({ devices })
  opened.main.answer({ 'procedures.list': () => ({ procedures, damaged: [] }) })
  await opened.user.keyboard('{Control>}5{/Control}')
  await screen.findByRole('grid', { name: 'Guided restores' })
  return opened
}

const detail = (): HTMLElement => screen.getByRole('region', { name: 'Restore to ROBOT-3' })
const waits = sampleProcedure([
  step('check-file', 'automatic', { state: doneByFerrite }),
  step('snapshot', 'confirmed', { needsNote: true }),
  step('apply', 'automatic', { changes: true }),
])

test('the only one under way is open, at the step that is due', async () => {
  await openProcedures([waits])
  expect(within(detail()).getByText('1 of 3 steps done')).toBeTruthy()
  const due = within(detail()).getByRole('heading', { name: 'snapshot' }).closest('li')!
  expect(due.getAttribute('aria-current')).toBe('step')
  expect(within(due).getByText('You do it · now')).toBeTruthy()
})

test('what Ferrite did shows who, when and what shows it done', async () => {
  await openProcedures([waits])
  const done = within(detail()).getByRole('heading', { name: 'check-file' }).closest('li')!
  expect(done.textContent).toMatch(/Ferrite, .*hash-equal/)
})

test('the point of no return stands before the first step that changes the device', async () => {
  await openProcedures([waits])
  const steps = within(detail()).getByRole('list', { name: 'Steps' })
  const lines = [...steps.children].map(({ textContent }) => textContent)
  expect(lines.findIndex((line) => line === 'From here the device is changed')).toBe(2)
})

test('a step that needs a note can be said done only with one, and the next is begun for the person', async () => {
  const { main, user } = await openProcedures([waits])
  const next = sampleProcedure([
    step('check-file', 'automatic', { state: doneByFerrite }),
    step('snapshot', 'confirmed', { state: { ...doneByFerrite, by: 'maria', note: 'before-1' } }),
    step('apply', 'automatic', { changes: true }),
  ])
  main.answer({
    'procedures.confirm': () => next,
    'procedures.run': () => jobIdSchema.parse('job-000000000901'),
  })
  const button = within(detail()).getByRole('button', { name: 'This is done' })
  expect(button).toHaveProperty('disabled', true)
  await user.type(within(detail()).getByRole('textbox', { name: /What you saw/ }), 'before-1')
  await user.click(button)
  await waitFor(() => expect(main.inputsOf('procedures.run')).toEqual([{ id: waits.id }]))
  expect(main.inputsOf('procedures.confirm')).toEqual([{ id: waits.id, step: 'snapshot', note: 'before-1' }])
  expect(within(detail()).getByText('“before-1”')).toBeTruthy()
})

test('a step that Ferrite changes the device with says so, and runs as its job', async () => {
  const { main, user } = await openProcedures([
    sampleProcedure([step('apply', 'automatic', { changes: true })]),
  ])
  main.answer({ 'procedures.run': () => jobIdSchema.parse('job-000000000901') })
  expect(within(detail()).getByText(/cannot be cancelled/)).toBeTruthy()
  await user.click(within(detail()).getByRole('button', { name: 'Go on' }))
  main.send(
    'jobs.changed',
    sampleJob(
      901,
      {
        phase: 'running',
        cancellable: false,
        progress: { phase: 'running-step', bytesDone: 0, deviceStep: 'apply' },
      },
      { kind: 'procedure', deviceId: sampleDeviceId(3), subject: 'ROBOT-3' },
    ),
  )
  expect(await within(detail()).findByText('Working on the step')).toBeTruthy()
  expect(within(detail()).queryByRole('button', { name: 'Cancel' })).toBeNull()
})

test('a step that did not succeed says why and can be tried again', async () => {
  const failure = {
    code: 'device-silent',
    address: 'https://192.168.0.3',
    phase: 'connecting',
    seconds: 30,
  } as const
  const { main, user } = await openProcedures([
    sampleProcedure([step('apply', 'automatic', { changes: true, state: { phase: 'failed', at, failure } })]),
  ])
  main.answer({ 'procedures.run': () => jobIdSchema.parse('job-000000000901') })
  expect(within(detail()).getByRole('alert').textContent).toContain('192.168.0.3')
  await user.click(within(detail()).getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(main.inputsOf('procedures.run')).toHaveLength(1))
})

test('an unclear step is never offered again: the person looks, and writes down what they found', async () => {
  const { main, user } = await openProcedures([
    sampleProcedure([step('apply', 'automatic', { changes: true, state: unclear })]),
  ])
  const confirmed = sampleProcedure([step('apply', 'automatic', { changes: true, state: doneByFerrite })])
  main.answer({ 'procedures.confirm': () => confirmed })
  const inside = within(detail())
  expect(inside.getByText('It is not known what came of this step')).toBeTruthy()
  for (const name of ['Go on', 'Try again', 'This is done'])
    expect(inside.queryByRole('button', { name })).toBeNull()
  const button = inside.getByRole('button', { name: 'It was done: go on' })
  expect(button).toHaveProperty('disabled', true)
  await user.type(inside.getByRole('textbox', { name: /What you found/ }), 'version 4.1.5')
  await user.click(button)
  await waitFor(() =>
    expect(main.inputsOf('procedures.confirm')).toEqual([
      { id: confirmed.id, step: 'apply', note: 'version 4.1.5' },
    ]),
  )
})

test('to end it before its last step, the person reads what that means and says why', async () => {
  const { main, user } = await openProcedures([
    sampleProcedure([step('apply', 'automatic', { changes: true, state: unclear })]),
  ])
  main.answer({
    'procedures.abandon': () =>
      sampleProcedure([], { report: sampleReport({ outcome: 'unknown', clean: false }) }),
  })
  await user.click(screen.getByText('End this restore before its last step'))
  expect(screen.getByText(/may have been changed already/)).toBeTruthy()
  const end = screen.getByRole('button', { name: 'End this restore' })
  expect(end).toHaveProperty('disabled', true)
  await user.type(screen.getByRole('textbox', { name: /Why/ }), 'the wrong archive')
  await user.click(end)
  await waitFor(() =>
    expect(main.inputsOf('procedures.abandon')[0]).toMatchObject({ reason: 'the wrong archive' }),
  )
  expect(await within(detail()).findByText(/It is not known which state/)).toBeTruthy()
})

test('the sidebar counts those that wait for a person, and no others', async () => {
  const running = step('apply', 'automatic', { state: { phase: 'running', since: at, intended: false } })
  const { main } = await openProcedures([
    waits,
    sampleProcedure([running], { id: otherId }),
    sampleProcedure([], { id: 'proc-000000000003' as Procedure['id'], report: sampleReport() }),
  ])
  const entry = (): string | null => screen.getByRole('button', { name: /Guided restores/ }).textContent
  expect(entry()).toBe('Guided restores1')
  main.send('procedures.changed', { ...waits, report: sampleReport() })
  await waitFor(() => expect(entry()).toBe('Guided restores'))
})

test('a file that cannot be read is shown, because its device may be half way', async () => {
  const { main, user } = await openWindow({ devices: sampleDevices(3) })
  const failure = { code: 'storage-damaged', file: 'proc-000000000002.json', reason: 'cut off' } as const
  main.answer({ 'procedures.list': () => ({ procedures: [], damaged: [{ id: otherId, failure }] }) })
  await user.keyboard('{Control>}5{/Control}')
  expect(await screen.findByText(/its device may be half way/i)).toBeTruthy()
})

test('an aid is given by main, which says what it did', async () => {
  const { main, user } = await openProcedures([
    sampleProcedure([step('enter-path', 'assisted', { aids: ['copy-path', 'open-address'] })]),
  ])
  main.answer({ 'procedures.aid': ({ aid }) => (aid === 'copy-path' ? 'copied' : 'opened') })
  await user.click(within(detail()).getByRole('button', { name: 'Copy the path' }))
  expect(await screen.findByText('It is on the clipboard.')).toBeTruthy()
  expect(within(detail()).getByRole('button', { name: /the address/ })).toBeTruthy()
})

test('a device that got another address is moved from the step that says so', async () => {
  const { main, user } = await openProcedures([
    sampleProcedure([
      step('inventory', 'confirmed', { aids: ['move-device'], facts: { address: 'https://10.9.8.7' } }),
    ]),
  ])
  await user.click(within(detail()).getByRole('button', { name: 'Move to another address…' }))
  const dialog = await screen.findByRole('dialog', { name: 'Move ROBOT-3 to another address' })
  expect(within(dialog).getByRole('textbox', { name: 'New address' })).toHaveProperty(
    'value',
    'https://10.9.8.7',
  )
  expect(main.inputsOf('procedures.aid')).toEqual([])
})

test('a report that rests on the word of a person says so, and never that it was read back', async () => {
  const remark = { remark: 'verified-by-person', facts: { by: 'maria', note: 'version 4.6' } }
  const report = sampleReport({ deviceName: 'ROBOT-3', remarks: [remark] })
  const { user } = await openProcedures([sampleProcedure([], { report })])
  await user.click(screen.getByRole('row', { name: /PRESS-7|ROBOT-3/ }))
  expect(within(detail()).getByText(/what the person says who looked at it/)).toBeTruthy()
  expect(within(detail()).queryByText(/it was read back and compared/)).toBeNull()
})
