const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** A shortcut as it is written on the keys of this computer: `Ctrl+K`, on Apple's `⌘+K`. */
export function keysOf(key: string): string {
  return `${isApple ? '⌘' : 'Ctrl'}+${key}`
}

/** True where the computer's own command key is held, and no other. */
export function isCommand(event: KeyboardEvent): boolean {
  const { ctrlKey, metaKey, altKey, shiftKey } = event
  return (isApple ? metaKey && !ctrlKey : ctrlKey && !metaKey) && !altKey && !shiftKey
}

/** True while text is being typed: single letters are no commands there. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event
  return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null
}

/** True while a dialog is over the window: what is typed then is meant for it. Messages in the corner are no such dialog. */
export function isDialogOpen(): boolean {
  return document.querySelector('section[role="dialog"], section[role="alertdialog"]') !== null
}
