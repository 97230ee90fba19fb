import { createStore } from 'zustand/vanilla'

/** Whether the tray is open; outlives the view. */
export const jobTrayState = createStore<{ readonly isOpen: boolean }>(() => ({ isOpen: false }))

export function setTrayOpen(isOpen: boolean): void {
  jobTrayState.setState({ isOpen })
}
