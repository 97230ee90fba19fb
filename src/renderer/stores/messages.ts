import { createToasts } from '../ui/feedback/toast.tsx'

/** The messages in the corner of the window: short reports on what happened elsewhere. */
export const messages = createToasts()
