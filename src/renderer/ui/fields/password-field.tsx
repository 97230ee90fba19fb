import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { IconButton } from '../actions/icon-button.tsx'
import { useUi } from '../ui-provider.tsx'
import { TextField } from './text-field.tsx'
import type { TextFieldProps } from './text-field.tsx'

type PasswordFieldProps = Omit<TextFieldProps, 'type' | 'trailing' | 'rows' | 'isMono'>

/** A secret that is being typed. It can be shown while it is there; say in `description` where it goes. */
export function PasswordField(props: PasswordFieldProps): ReactElement {
  const { words } = useUi()
  const [isShown, setShown] = useState(false)
  return (
    <TextField
      {...props}
      isMono={isShown}
      type={isShown ? 'text' : 'password'}
      trailing={
        <IconButton
          label={isShown ? words.conceal : words.reveal}
          icon={isShown ? EyeOff : Eye}
          size="small"
          isPressed={isShown}
          isDisabled={props.isDisabled ?? false}
          onPress={() => setShown(!isShown)}
        />
      }
    />
  )
}
