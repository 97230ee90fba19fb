/** `system` follows the operating system, also while the window is open. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Puts a theme on the page. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
}
