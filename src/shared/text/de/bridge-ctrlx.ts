import type { ctrlxBridge as english } from '../en/bridge-ctrlx.ts'
import { formatSize } from '../format.ts'

type Facts = Readonly<Record<string, string>>

const of = (facts: Facts, name: string): string => facts[name] ?? '?'

const interruptions: Readonly<Record<string, string>> = {
  reboot: ' Das Gerät startet dabei neu.',
  logout: ' Alle Anmeldungen enden dabei kurz.',
}

const fileOf = (facts: Facts): string =>
  `${of(facts, 'app')} ${of(facts, 'version')} für ${of(facts, 'architecture')}`

/** Deutsche Worte dazu, wie ein ctrlX-Paar passend gemacht wird: Schritte, Mitzubringendes und der Rückweg. */
export const ctrlxBridge: typeof english = {
  step: {
    'use-full-access': (facts) =>
      `Mit einem Benutzer mit vollem Zugriff anmelden (${of(facts, 'right')}): vom Verwalter des Geräts anlegen lassen und für dieses Gerät eingeben.`,
    'make-machine-safe': () =>
      'Die Maschine in einen sicheren Zustand bringen: Steuerungsaufgaben stehen still, und das Gerät startet mehrmals neu.',
    'safety-backup': () => 'Ein Sicherheits-Backup des Geräts machen und prüfen.',
    'go-to-service': () => 'Das Gerät nach SERVICE bringen: Nur dort nimmt es Apps an.',
    'change-app': (facts) =>
      facts['from'] === ''
        ? `${of(facts, 'app')} ${of(facts, 'to')} installieren und nachsehen, dass es läuft.`
        : `${of(facts, 'app')} von ${of(facts, 'from')} auf ${of(facts, 'to')} bringen und nachsehen, dass es läuft.${interruptions[facts['interruption'] ?? ''] ?? ''}`,
    'bring-state-back': () => 'Das Gerät in seinen früheren Betriebszustand zurückbringen.',
    'check-again': (facts) =>
      `Das Paar noch einmal prüfen: Das Gerät muss die Systemversion ${of(facts, 'version')} haben. Dann wiederherstellen.`,
  },
  bring: {
    'app-file': (facts) => `App-Datei von ${fileOf(facts)}`,
    'former-app-file': (facts) => `Für den Rückweg: App-Datei von ${fileOf(facts)}`,
    room: (facts) =>
      `Platz auf dem Gerät für die größte App-Datei und die App neben ihrer früheren Version; jetzt sind ${formatSize(Number(facts['freeBytes'] ?? 0), 'de')} frei`,
    login: (facts) => `Benutzer und Passwort mit vollem Zugriff (${of(facts, 'right')})`,
  },
  wayBack: {
    'apps-back': (facts) =>
      `Die Apps auf demselben Weg auf ihre früheren Versionen bringen: ${of(facts, 'apps')}.`,
    'restore-safety': () => 'Danach das zuerst gemachte Sicherheits-Backup wiederherstellen.',
  },
}
