import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import { IconButton } from '../actions/icon-button.tsx'
import { VisuallyHidden } from '../layout/visually-hidden.tsx'
import { useUi } from '../ui-provider.tsx'

interface CopyButtonProps {
  readonly text: string
  /** What is copied, for the button's name. */
  readonly name?: string | undefined
  /** Takes the place of the provider's way to the clipboard. */
  readonly onCopy?: ((text: string) => Promise<void>) | undefined
}

/** Copies a text and says so for two seconds. Where the clipboard is refused it says nothing. */
export function CopyButton({ text, name, onCopy }: CopyButtonProps): ReactElement {
  const { words, copyText } = useUi()
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = (): void => {
    // A refused clipboard shows as the missing tick: there is nothing else to lose or to undo.
    void (onCopy ?? copyText)(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  const idle = name === undefined ? words.copy : words.copyNamed(name)
  return (
    <>
      <IconButton
        label={isCopied ? words.copied : idle}
        icon={isCopied ? Check : Copy}
        size="small"
        onPress={copy}
      />
      <VisuallyHidden>
        <span role="status">{isCopied ? words.copied : ''}</span>
      </VisuallyHidden>
    </>
  )
}
