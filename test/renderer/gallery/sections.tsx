import type { ReactElement } from 'react'
import { Actions } from './sections/actions.tsx'
import { BigTable } from './sections/big-table.tsx'
import { Devices } from './sections/devices.tsx'
import { Facts } from './sections/facts.tsx'
import { Feedback } from './sections/feedback.tsx'
import { Fields } from './sections/fields.tsx'
import { Files } from './sections/files.tsx'
import { Lists } from './sections/lists.tsx'
import { Viewers } from './sections/viewers.tsx'
import { Wizard } from './sections/wizard.tsx'

/** The pages of the gallery. */
export const sections: readonly { readonly id: string; readonly Section: () => ReactElement }[] = [
  { id: 'actions', Section: Actions },
  { id: 'fields', Section: Fields },
  { id: 'feedback', Section: Feedback },
  { id: 'facts', Section: Facts },
  { id: 'devices', Section: Devices },
  { id: 'big-table', Section: BigTable },
  { id: 'files', Section: Files },
  { id: 'lists', Section: Lists },
  { id: 'viewers', Section: Viewers },
  { id: 'wizard', Section: Wizard },
]
