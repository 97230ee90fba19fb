import { useState } from 'react'
import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { familyIds } from '../../../../shared/model/family-id.ts'
import { familyLogins } from '../../../../shared/model/family-login.ts'
import { wordsIn } from '../../../../shared/text/index.ts'
import { useShellTexts } from '../../../shell-texts.ts'
import { closeDialog } from '../../../stores/dialogs.ts'
import { devicesStore } from '../../../stores/devices.ts'
import { valueOf } from '../../../stores/loaded.ts'
import { useLanguage } from '../../../texts.ts'
import { Button } from '../../../ui/actions/button.tsx'
import { RadioGroup } from '../../../ui/fields/radio-group.tsx'
import { TextField } from '../../../ui/fields/text-field.tsx'
import styles from '../devices.module.css'
import { useDevicesTexts } from '../texts.ts'
import { checkForm, type FormErrors } from './device-form.ts'
import { FactFields } from './fact-fields.tsx'
import { RoleField } from './role-field.tsx'
import type { AddingControl } from './use-adding.ts'

/** Kind, name, address, user, and what the family needs beside them. */
export function DescribeBody({ control }: { readonly control: AddingControl }): ReactElement {
  const { form, setForm } = control
  const { adding: texts, families } = useDevicesTexts()
  const words = wordsIn(useLanguage())
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const errors = useFormErrors(control)
  const family = families[form.family]
  const login = familyLogins[form.family]
  /** A field complains only after a person has been in it and left it. */
  const field = (name: keyof FormErrors): { readonly error?: string; readonly onBlur: () => void } => {
    const error = left.has(name) && form[name] !== '' ? errors[name] : undefined
    return {
      onBlur: () => setLeft(new Set([...left, name])),
      ...(error !== undefined && { error }),
    }
  }
  return (
    <>
      <RadioGroup
        label={texts.kind}
        value={form.family}
        onChange={(chosen) => setForm({ ...form, family: chosen })}
        direction="row"
        options={familyIds.map((id) => ({
          id,
          label: words.family[id],
          description: families[id].description,
        }))}
      />
      <TextField
        label={texts.name}
        description={texts.nameDescription}
        value={form.name}
        onChange={(name) => setForm({ ...form, name })}
        maxLength={80}
        isAutoFocused
        {...field('name')}
      />
      <div className={styles['pair']}>
        <TextField
          label={texts.address}
          description={texts.addressDescription}
          placeholder={family.addressExample}
          value={form.address}
          onChange={(address) => setForm({ ...form, address })}
          maxLength={300}
          isMono
          {...field('address')}
        />
        {login !== 'none' && (
          <TextField
            label={texts.user}
            {...(login === 'optional' && { labelNote: texts.optional })}
            placeholder={family.userExample}
            value={form.user}
            onChange={(user) => setForm({ ...form, user })}
            maxLength={200}
            isMono
            {...field('user')}
          />
        )}
      </div>
      <RoleField role={form.role} onChange={(role) => setForm({ ...form, role })} />
      <FactFields family={form.family} facts={form.facts} onChange={(facts) => setForm({ ...form, facts })} />
    </>
  )
}

export function DescribeActions({ control }: { readonly control: AddingControl }): ReactElement {
  const { adding: texts } = useDevicesTexts()
  const { cancel } = useShellTexts()
  const errors = useFormErrors(control)
  return (
    <>
      <Button label={cancel} onPress={closeDialog} />
      <Button
        label={texts.connect}
        variant="primary"
        type="submit"
        isDisabled={Object.keys(errors).length > 0}
        isPending={control.adding.work.phase === 'busy'}
      />
    </>
  )
}

/** What is wrong with the form now. */
export function useFormErrors({ form }: AddingControl): FormErrors {
  const { adding } = useDevicesTexts()
  const views = useStore(devicesStore, ({ devices }) => valueOf(devices)) ?? []
  return checkForm(
    form,
    views.map(({ device }) => device),
    adding.errors,
  )
}
