import { fireEvent, screen } from '@testing-library/react'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { describe, expect, test, vi } from 'vitest'
import { Checkbox } from '../../../src/renderer/ui/fields/checkbox.tsx'
import { NumberField } from '../../../src/renderer/ui/fields/number-field.tsx'
import { PasswordField } from '../../../src/renderer/ui/fields/password-field.tsx'
import { RadioGroup } from '../../../src/renderer/ui/fields/radio-group.tsx'
import { SearchField } from '../../../src/renderer/ui/fields/search-field.tsx'
import { Select } from '../../../src/renderer/ui/fields/select.tsx'
import { Switch } from '../../../src/renderer/ui/fields/switch.tsx'
import { TextField } from '../../../src/renderer/ui/fields/text-field.tsx'
import { renderUi } from './render-ui.tsx'

/** Text of everything that describes an element. */
function descriptionOf(element: HTMLElement): string {
  const ids = (element.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id !== '')
  return ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ')
}

describe('a text field', () => {
  test('is named by its label and described by its sentence', () => {
    renderUi(<TextField label="Name" description="You type it to confirm." value="" onChange={vi.fn()} />)
    expect(descriptionOf(screen.getByRole('textbox', { name: 'Name' }))).toContain('You type it to confirm.')
  })

  test('with an error is invalid and says how to mend it', () => {
    renderUi(<TextField label="Address" error="Not an address." value="x" onChange={vi.fn()} />)
    const input = screen.getByRole('textbox', { name: 'Address' })
    expect(input.getAttribute('aria-invalid')).toBe('true')
    expect(descriptionOf(input)).toContain('Not an address.')
  })

  test('offers no completion and marks no spelling', () => {
    renderUi(<TextField label="Serial number" value="" onChange={vi.fn()} />)
    const input = screen.getByRole('textbox')
    expect(input.getAttribute('autocomplete')).toBe('off')
    expect(input.getAttribute('spellcheck')).toBe('false')
  })

  test('of several rows is a text area', async () => {
    const onChange = vi.fn()
    const { user } = renderUi(<TextField label="Note" rows={3} value="" onChange={onChange} />)
    await user.type(screen.getByRole('textbox', { name: 'Note' }), 'a')
    expect(screen.getByRole('textbox').tagName).toBe('TEXTAREA')
    expect(onChange).toHaveBeenCalledWith('a')
  })
})

test('a password is hidden until it is asked for', async () => {
  const { user } = renderUi(<PasswordField label="Password" value="secret" onChange={vi.fn()} />)
  const input = screen.getByLabelText('Password')
  expect(input.getAttribute('type')).toBe('password')
  await user.click(screen.getByRole('button', { name: 'Show' }))
  expect(input.getAttribute('type')).toBe('text')
  await user.click(screen.getByRole('button', { name: 'Hide' }))
  expect(input.getAttribute('type')).toBe('password')
})

test('the words of shared controls follow the language', () => {
  renderUi(<PasswordField label="Kennwort" value="" onChange={vi.fn()} />, 'de')
  expect(screen.getByRole('button', { name: 'Anzeigen' })).toBeDefined()
})

test('a number field steps with the arrow keys and stays within its limits', async () => {
  const changes: number[] = []
  function Port(): ReactElement {
    const [port, setPort] = useState(65_534)
    return (
      <NumberField
        label="Port"
        value={port}
        onChange={(next) => {
          changes.push(next)
          setPort(next)
        }}
        max={65_535}
        grouping="plain"
      />
    )
  }
  const { user } = renderUi(<Port />)
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Port' }).value).toBe('65534')
  await user.click(screen.getByRole('textbox'))
  await user.keyboard('{ArrowUp}{ArrowUp}')
  expect(changes).toEqual([65_535])
})

test('a select opens with the keyboard and hands out the chosen id', async () => {
  const onChange = vi.fn()
  const { user } = renderUi(
    <Select
      label="Family"
      placeholder="Choose"
      value={undefined}
      onChange={onChange}
      options={[
        { id: 'ctrlx', label: 'ctrlX CORE' },
        { id: 'linux', label: 'Linux host' },
      ]}
    />,
  )
  expect(screen.getByRole('button').textContent).toContain('Choose')
  await user.tab()
  await user.keyboard('{Enter}')
  await user.keyboard('{ArrowDown}{Enter}')
  expect(onChange).toHaveBeenCalledWith('linux')
})

test('a select with a hidden label still has its name', () => {
  renderUi(
    <Select
      label="Family"
      labelLook="hidden"
      value="a"
      onChange={vi.fn()}
      options={[{ id: 'a', label: 'All' }]}
    />,
  )
  expect(screen.getByRole('button', { name: /Family/ })).toBeDefined()
})

test('a radio group may begin with nothing chosen', async () => {
  const onChange = vi.fn()
  const { user } = renderUi(
    <RadioGroup
      label="Files the archive does not hold"
      value={undefined}
      onChange={onChange}
      options={[
        { id: 'merge', label: 'Keep', description: 'They stay.' },
        { id: 'replace', label: 'Remove' },
      ]}
    />,
  )
  expect(screen.queryByRole('radio', { checked: true })).toBeNull()
  expect(descriptionOf(screen.getByRole('radio', { name: 'Keep' }))).toContain('They stay.')
  await user.click(screen.getByRole('radio', { name: 'Remove' }))
  expect(onChange).toHaveBeenCalledWith('replace')
})

test('check box and switch tell their new state', async () => {
  const onCheck = vi.fn()
  const onSwitch = vi.fn()
  const { user } = renderUi(
    <>
      <Checkbox label="Licences" isSelected={false} onChange={onCheck} description="They stay." />
      <Switch label="Verify" isSelected onChange={onSwitch} />
    </>,
  )
  await user.click(screen.getByRole('checkbox', { name: 'Licences' }))
  await user.tab()
  await user.keyboard(' ')
  expect(onCheck).toHaveBeenCalledWith(true)
  expect(onSwitch).toHaveBeenCalledWith(false)
  expect(descriptionOf(screen.getByRole('checkbox'))).toContain('They stay.')
})

test('Escape empties a search', () => {
  const onChange = vi.fn()
  renderUi(<SearchField label="Search devices" value="press" onChange={onChange} />)
  fireEvent.keyDown(screen.getByRole('searchbox', { name: 'Search devices' }), { key: 'Escape' })
  expect(onChange).toHaveBeenCalledWith('')
})
