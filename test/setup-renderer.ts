import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'

// happy-dom's document is no instance of its window's Document, by which React Aria tells whether the focus is
// within an element: without this, dialogs and menus take the focus away from what they hold.
Object.defineProperty(Document, Symbol.hasInstance, {
  value: (value: unknown) => value instanceof Node && value.nodeType === Node.DOCUMENT_NODE,
})

afterEach(cleanup)
