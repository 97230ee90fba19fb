import type { Sentences } from '../plan-text.ts'

type Facts = Readonly<Record<string, string>>

const of = (facts: Facts, name: string): string => facts[name] ?? '?'

/** Deutsche Wörter für den Weg zu einem DeviceOn-Server, der zu einem Archiv passt, nach ihrer Kennung. */
export const deviceOnBridge = {
  step: {
    'save-server': (facts) =>
      `Das neueste Backup von ${of(facts, 'device')} holen und ein Abbild der Maschine machen: Seine jetzige Version ${of(facts, 'version')} kommt sonst nicht zurück.`,
    'upgrade-agents': (facts) =>
      `Zuerst die Agenten auf ${of(facts, 'version')} oder neuer bringen: Ältere können sich nicht mit DeviceOn 5.3.12 verbinden.`,
    upgrade: (facts) =>
      `${of(facts, 'device')} von ${of(facts, 'from')} auf DeviceOn ${of(facts, 'version')} aktualisieren.`,
    reinstall: (facts) =>
      `DeviceOn ${of(facts, 'from')} auf ${of(facts, 'device')} deinstallieren und ${of(facts, 'version')} installieren, mit denselben Angaben zu TPM und Lizenz.`,
    'state-version': (facts) =>
      `Ferrite ${of(facts, 'device')} noch einmal lesen lassen oder die Version angeben: ${of(facts, 'version')}.`,
    'check-again': () => 'Das Archiv noch einmal gegen den Server prüfen; dann wiederherstellen.',
    'or-migrate': (facts) =>
      `Oder dieses Archiv beiseitelassen: Server Migration bringt einen Server, der noch läuft (${of(facts, 'source')}), auf eine andere Version.`,
  },
  bring: {
    installer: (facts) => `Installationsprogramm von DeviceOn Server ${of(facts, 'version')}`,
    licence: () => 'Lizenz, oder der Weg, eine für einen Anforderungscode ausstellen zu lassen',
    accounts: () => 'Name und Passwort des Kontos root am Portal',
  },
  wayBack: {
    'restore-image': (facts) =>
      `Das Abbild von ${of(facts, 'device')} mit DeviceOn ${of(facts, 'version')} zurückspielen.`,
  },
} satisfies Readonly<Record<'step' | 'bring' | 'wayBack', Sentences>>
