import { Search } from 'lucide-react'
import type { ReactElement } from 'react'
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components'
import { Icon } from '../icon.tsx'
import popover from '../layout/popover.module.css'
import styles from './command-palette.module.css'
import { MenuRow } from './menu.tsx'
import type { MenuAction } from './menu.tsx'

/** Commands under one heading. */
export interface CommandGroup {
  readonly id: string
  readonly title: string
  readonly commands: readonly MenuAction[]
}

interface CommandPaletteProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly label: string
  readonly placeholder: string
  readonly groups: readonly CommandGroup[]
  /** Said when nothing matches. */
  readonly empty: string
  /** For commands that are looked up while typing, e.g. devices. */
  readonly onQuery?: ((query: string) => void) | undefined
}

/** Every action by name: typing filters by words in any order, arrows choose, Enter does it and closes. */
export function CommandPalette(props: CommandPaletteProps): ReactElement {
  const { isOpen, onClose, label, placeholder, groups, empty, onQuery } = props
  const { contains } = useFilter({ sensitivity: 'base' })
  const holdsEveryWord = (text: string, query: string): boolean =>
    query.split(/\s+/).every((word) => contains(text, word))
  return (
    <ModalOverlay
      className={styles['scrim'] ?? ''}
      isOpen={isOpen}
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Modal className={styles['modal'] ?? ''}>
        <Dialog aria-label={label} className={styles['dialog'] ?? ''}>
          <Autocomplete
            filter={holdsEveryWord}
            {...(onQuery === undefined ? {} : { onInputChange: onQuery })}
          >
            <SearchField aria-label={label} autoFocus className={styles['search'] ?? ''}>
              <Icon icon={Search} />
              <Input placeholder={placeholder} className={styles['input'] ?? ''} spellCheck="false" />
            </SearchField>
            <Menu
              aria-label={label}
              className={styles['list'] ?? ''}
              onClose={onClose}
              renderEmptyState={() => <p className={styles['empty']}>{empty}</p>}
            >
              {groups
                .filter((group) => group.commands.length > 0)
                .map((group) => (
                  <MenuSection key={group.id}>
                    <Header className={popover['heading'] ?? ''}>{group.title}</Header>
                    {group.commands.map((command) => (
                      <MenuRow key={command.id} action={command} />
                    ))}
                  </MenuSection>
                ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
