import { parseAddress } from '../../../../shared/model/address.ts'
import {
  deviceNameSchema,
  type Device,
  type DeviceDraft,
  type DeviceFacts,
  type DeviceRole,
} from '../../../../shared/model/device.ts'
import { familyLogins } from '../../../../shared/model/family-login.ts'
import type { FamilyId } from '../../../../shared/model/family-id.ts'
import type { DevicesText } from '../texts.ts'
import { familyForms } from './family-forms.ts'

/** What a person has typed about a device so far. */
export interface DeviceForm {
  readonly family: FamilyId
  readonly name: string
  readonly address: string
  readonly user: string
  readonly facts: DeviceFacts
  readonly role: DeviceRole
}

export const emptyForm: DeviceForm = {
  family: 'ctrlx-core',
  name: '',
  address: '',
  user: '',
  facts: {},
  role: 'production',
}

/** What is wrong with a form, by field; empty where it can be sent. */
export type FormErrors = Partial<Record<'name' | 'address' | 'user', string>>

/** Checks what can be checked without the device. `others` are the devices that already have names. */
export function checkForm(
  { family, name, address, user }: Omit<DeviceForm, 'facts' | 'role'>,
  others: readonly Device[],
  texts: DevicesText['adding']['errors'],
): FormErrors {
  const errors: Record<string, string | undefined> = {
    name: checkName(name, others, texts),
    address:
      address.trim() === '' ? texts.addressEmpty : isAddress(address, family) ? undefined : texts.addressOdd,
    // A device that may let everybody in needs no user.
    user: user.trim() === '' && familyLogins[family] === 'needed' ? texts.userEmpty : undefined,
  }
  return Object.fromEntries(Object.entries(errors).filter(([, error]) => error !== undefined))
}

/** What is wrong with a name, or `undefined`. */
export function checkName(
  name: string,
  others: readonly Device[],
  texts: DevicesText['adding']['errors'],
): string | undefined {
  if (name.trim() === '') return texts.nameEmpty
  if (!deviceNameSchema.safeParse(name).success) return texts.nameOdd
  const wanted = name.trim().toLocaleLowerCase()
  return others.some((other) => other.name.toLocaleLowerCase() === wanted) ? texts.nameTaken : undefined
}

/** The draft that main is asked with: trimmed, without facts that were left empty or belong to another family. */
export function draftOf({ family, name, address, user, facts, role }: DeviceForm): DeviceDraft {
  return {
    family,
    name: name.trim(),
    address: address.trim(),
    user: familyLogins[family] === 'none' ? '' : user.trim(),
    tags: [],
    role,
    facts: givenFacts(family, facts),
  }
}

/** The facts of a family that are not empty. */
export function givenFacts(family: FamilyId, facts: DeviceFacts): DeviceFacts {
  const known = familyForms[family].facts.map(({ name }) => [name, (facts[name] ?? '').trim()] as const)
  return Object.fromEntries(known.filter(([, value]) => value !== ''))
}

/** Whether this can be an address of a device of this family. */
export function isAddress(address: string, family: FamilyId): boolean {
  try {
    parseAddress(address, familyForms[family].protocol)
    return true
  } catch {
    // The one thing it throws is `bad-input`, and the form says so in the person's language.
    return false
  }
}
