/** Deutsche Wörter für die Teile eines Backups, nach ihren englischen Namen. */
export const scopeWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Apps: 'Apps',
    'Active app data': 'Aktive App-Daten',
    'Archived app data': 'Archivierte App-Daten',
    'App-specific settings': 'App-eigene Einstellungen',
    'Certificates and keys': 'Zertifikate und Schlüssel',
    'Users and permissions': 'Benutzer und Rechte',
    Network: 'Netzwerk',
    Hosts: 'Hosts',
    Proxy: 'Proxy',
    SSH: 'SSH',
    'Date and time': 'Datum und Uhrzeit',
    'Host name, CPU and theming': 'Hostname, CPU und Aussehen',
    'Licence settings': 'Lizenzeinstellungen',
    licences: 'Lizenzen',
    logbook: 'Protokoll',
    'external storage': 'Externer Speicher',
    'passwords and private keys': 'Passwörter und private Schlüssel',
  }),
)
