/** English words of the window's frame: navigation, command palette, what every view shares. */
export const windowShell = {
  mainNavigation: 'Views',
  views: {
    devices: 'Devices',
    archives: 'Archives',
    activity: 'Activity',
    settings: 'Settings',
    browse: 'Archive contents',
    compare: 'Comparison',
    restore: 'Restore',
    report: 'Restore report',
    search: 'Search',
    history: 'All versions',
    fit: 'Fit',
    procedures: 'Guided restores',
  },
  back: 'Back',
  forward: 'Forward',
  search: 'Search actions and devices',
  palette: {
    label: 'Commands',
    placeholder: 'What do you want to do?',
    empty: 'No command has this name.',
    goTo: 'Go to',
    actions: 'Actions',
    devices: 'Devices',
    addDevice: 'Add a device',
    importArchive: 'Import an archive',
    openDevice: (name: string) => `Show ${name}`,
    backUpDevice: (name: string) => `Back up ${name}`,
    restoreDevice: (name: string) => `Restore an archive to ${name}`,
    restoreFileTo: (name: string) => `Restore a file to ${name}`,
    theme: {
      system: 'Use the theme of the system',
      light: 'Use the light theme',
      dark: 'Use the dark theme',
    },
    language: { en: 'Use English', de: 'Use German' },
  },
  cancel: 'Cancel',
  close: 'Close',
  retry: 'Try again',
  jobOf: (job: string, subject: string) => `${job}: ${subject}`,
  jobWaiting: 'Waiting to begin',
  comparePins: 'Compare the fingerprints',
  enterPassword: 'Enter the password',
  login: {
    title: (device: string) => `Password for ${device}`,
    passwordOf: (user: string) => (user === '' ? 'Password' : `Password of “${user}”`),
    remember: 'Remember the password',
    goesToKeychain: (backend: string) =>
      `It is encrypted with the keychain of this computer (${backend}) and used for this device only.`,
    goesToMemory: 'It is kept in memory until Ferrite is closed, and nowhere else.',
    keychainWeak: (backend: string) =>
      backend === ''
        ? 'The password is kept in memory until Ferrite is closed, and nowhere else.'
        : `This computer has no safe keychain (${backend}), so nothing is stored: the password is kept in memory until Ferrite is closed.`,
    use: 'Use this password',
  },
  viewFailed: 'This view could not be shown.',
  viewFailedNext: 'Go to another view, or try again. No job was stopped.',
}
export type WindowShellText = typeof windowShell
