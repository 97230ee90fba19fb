/** English words of the settings view. */
export const windowSettings = {
  title: 'Settings',
  appearance: 'Appearance',
  language: 'Language',
  languages: { en: 'English', de: 'Deutsch' },
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  vault: 'Vault',
  vaultPlace: 'Folder of the vault',
  vaultNote:
    'Archives lie there as the devices gave them, each beside a record that can be read without Ferrite. To move them to another computer, copy the folder.',
  homePlace: 'Folder of the inventory',
  homeNote: 'Inventory, accepted fingerprints, activity and settings. No passwords in plain text.',
  passwords: 'Passwords',
  keychain: 'Keychain',
  keychainUsable: (backend: string) => `Safe (${backend})`,
  keychainUsableNote:
    'Passwords that you have Ferrite remember are encrypted with a key of this keychain, and lie nowhere else.',
  keychainWeak: (backend: string) => `Not safe (${backend})`,
  keychainWeakNote:
    'Nothing is stored: passwords stay in memory until Ferrite is closed. Start a keychain (on Linux: GNOME Keyring or KWallet) and open Ferrite again to have them remembered.',
  practice: 'Practice',
  practiseNote:
    'Simulated devices for rehearsal, on this computer only. Start them in a terminal, then add them with the address, user and password it prints.',
  practiseCommand: 'ferrite practice start',
  command: 'the command',
  about: 'About Ferrite',
  version: 'Version',
  platform: 'Operating system',
  practiceMode: 'Ferrite runs with simulated devices.',
  help: 'Help',
  helpNote: 'These pages open in your browser and need the internet. Ferrite itself does not.',
  helpPages: {
    'ctrlx-interface': 'Interface of ctrlX CORE, by its vendor',
    source: 'Source of that description',
  },
  keys: 'Keys',
  keyList: {
    palette: 'Every command by its name',
    views: 'Devices, archives, activity, settings',
    search: 'Search in the list',
    back: 'Back and forward',
    add: 'Add a device',
    open: 'Open what is selected',
    menu: 'The menu of what is selected',
    edit: 'Edit the selected device',
    remove: 'Remove what is selected, after a question',
    messages: 'To the messages',
  },
}
export type WindowSettingsText = typeof windowSettings
