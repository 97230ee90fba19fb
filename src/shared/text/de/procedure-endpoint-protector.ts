import { formatFingerprint } from '../format.ts'
import type { ProcedureTexts } from '../plan-text.ts'

type Facts = Readonly<Record<string, string>>
const of = (facts: Facts, name: string): string => facts[name] ?? '?'
const stated = (version: string | undefined): string =>
  version === undefined || version === '' ? '' : ` Hier angegeben: ${version}.`
const print = (facts: Facts, name = 'fingerprint'): string => formatFingerprint(of(facts, name))

/** Deutsche Worte für die Migration einer Endpoint-Protector-Appliance. */
export const endpointProtectorProcedure = {
  step: {
    'source-state': (facts) => ({
      title: `Den Zustand von ${of(facts, 'old')} ansehen`,
      detail: `Konsole von ${of(facts, 'old')}, Appliance > Server Information: Version und freie Platte notieren. Mindestens 30 % müssen frei sein, und zwischen letztem Patch und Backup müssen 24 Stunden liegen (nächtlicher Auftrag um 21:00).${stated(facts['version'])}`,
    }),
    snapshot: (facts) => ({
      title: 'Einen Snapshot der virtuellen Maschine machen',
      detail: `Am Hypervisor: einen Snapshot von ${of(facts, 'old')} und einen von ${of(facts, 'target')}. Warten, bis beide als abgeschlossen gemeldet sind, und ihre Namen aufschreiben: Einen anderen Weg zurück gibt es nicht.`,
      done: 'Die Snapshots sind abgeschlossen',
    }),
    'save-other-backups': (facts) => ({
      title: 'In Sicherheit bringen, was der Import entfernt',
      detail: `Der Import entfernt jedes frühere System- und Audit-Log-Backup von ${of(facts, 'target')}: Laden Sie herunter, was gebraucht wird (System Maintenance). Protokolle und File Shadows von ${of(facts, 'old')} sind nicht im Backup: Exportieren Sie sie getrennt.`,
    }),
    'target-answers': (facts) => ({
      title: 'Das Ziel antwortet mit seinem eigenen Zertifikat',
      detail: `Ferrite sieht bei ${of(facts, 'address')} nach und vergleicht das Zertifikat. Es meldet sich nicht an.`,
    }),
    'temporary-address': (facts) => ({
      title: 'Prüfen, dass das Ziel eine eigene Adresse hat',
      detail: `${of(facts, 'target')} muss unter ${of(facts, 'address')} bleiben, solange ${of(facts, 'old')} noch arbeitet. Auf Images 2509 und frühen 2510 speichert die Netzwerkseite nur, wenn beide DNS-Felder ausgefüllt sind.`,
    }),
    'clients-off': (facts) => ({
      title: 'Die Kommunikation mit den Clients ausschalten',
      detail: `Konsole von ${of(facts, 'device')}, System Configuration > System Settings: Kein Client darf mit ihr sprechen, bevor die Wiederherstellung geprüft ist.`,
    }),
    licence: (facts) => ({
      title: 'Die Lizenz in Ordnung bringen',
      detail:
        facts['line'] === '2608'
          ? `Auf ${of(facts, 'device')}: nur die kostenlose Testlizenz einschalten. Die richtige Lizenz kommt nach der Wiederherstellung.`
          : `Auf ${of(facts, 'device')}: vor dem Patchen eine Lizenz mit php_els importieren; die Seite zeigt dann „ELS for PHP = Active“.`,
    }),
    'target-version': (facts) => ({
      title: 'Das Ziel patchen und seine Version notieren',
      detail: `Bringen Sie ${of(facts, 'device')} auf den letzten Patch seines Images und schreiben Sie die Version auf, die unten rechts in der Konsole steht.${stated(facts['version'])} Ist es eine andere, geben Sie sie beim Gerät an und prüfen Sie noch einmal, ob alles passt, bevor Sie weitermachen.`,
    }),
    import: (facts) => ({
      title: 'Das Backup mit seinem Schlüssel importieren',
      detail: `Öffnen Sie ${of(facts, 'address')}, System Maintenance > System Backup v2 > Import and Restore (Migrate): ${of(facts, 'file')} wählen, den System Backup Key einfügen, Import drücken. Schreiben Sie auf, welchen Status die Liste zeigt („Generating“, dann „Ready to download“ oder „Your back import file has been queued“). Bei HTTP 500 nicht gleich wiederholen: Protokolle ansehen, Platte freiräumen, Datei neu holen.`,
      done: 'Der Import hat begonnen',
    }),
    'wait-after-import': (facts) => ({
      title: `${of(facts, 'minutes')} Minuten warten`,
      detail:
        'Der Hersteller bittet, die Seite nicht vorher zu aktualisieren. Die Konsole kann hängen oder eine neue Anmeldung verlangen. Die Zeit läuft weiter, auch wenn Ferrite geschlossen ist.',
    }),
    'target-again': (facts) => ({
      title: 'Das Ziel antwortet wieder',
      detail: `Ferrite sieht bei ${of(facts, 'address')} nach, bis es antwortet, und hält fest, welches Zertifikat es nun zeigt: sein eigenes oder das der alten Appliance. Eine Wiederherstellung dauert 15 bis 45 Minuten.`,
    }),
    'check-restored': (facts) => ({
      title: 'Mit den alten Zugangsdaten anmelden und nachsehen',
      detail: `Melden Sie sich an ${of(facts, 'device')} mit einem Benutzer von ${of(facts, 'old')} an. Vergleichen Sie Version, Lizenz, Benutzer und Richtlinien, und schreiben Sie auf, was Sie gesehen haben.`,
      done: 'Es ist der Stand des Backups',
    }),
    'licence-after': (facts) => ({
      title: 'Die richtige Lizenz importieren',
      detail: `Auf ${of(facts, 'device')}: die Testlizenz durch die Lizenz ersetzen.`,
    }),
    secrets: (facts) => ({
      title: 'Passwörter eingeben, die nicht mitkamen',
      detail:
        of(facts, 'list') === ''
          ? 'SMTP, AD/LDAP, Entra ID oder SSO, SCIM-Token, SIEM, S3: eingeben, was fehlt, und jedes prüfen.'
          : `Jedes eingeben und prüfen: ${of(facts, 'list')}.`,
    }),
    'e-discovery': () => ({
      title: 'Wo eDiscovery in Gebrauch ist: Rechte und Einstellungen neu einlesen',
      detail: 'eDiscovery: Rechte und Einstellungen aller Computer neu einlesen.',
    }),
    'client-packages': (facts) => ({
      title: 'Die Client-Pakete hochladen',
      detail: `Clients bis 5.9.4.1 brauchen dazwischen 5.9.4.3; Clients mit Enforced Encryption werden sofort aktualisiert.${facts['client'] === undefined || facts['client'] === '' ? '' : ` Ältester Client, hier angegeben: ${facts['client']}.`}`,
    }),
    'power-off-old': (facts) => ({
      title: `${of(facts, 'old')} ausschalten`,
      detail: `Fahren Sie die alte Maschine (${of(facts, 'address')}) am Hypervisor herunter und sorgen Sie dafür, dass sie nicht von selbst startet.`,
      done: 'Sie ist aus',
    }),
    'old-silent': (facts) => ({
      title: 'Unter der alten Adresse antwortet niemand',
      detail: `Ferrite sieht mehrmals bei ${of(facts, 'address')} nach: Alles außer Stille hält hier an. Es sieht auch bei ${of(facts, 'temporary')} nach, damit die Stille nicht am Netz liegt.`,
    }),
    'move-address': (facts) => ({
      title: `${of(facts, 'target')} die Adresse ${of(facts, 'address')} geben`,
      detail:
        'An der Konsole der virtuellen Maschine (Networking); bei Images in AWS, Azure oder GCP nur auf der Befehlszeile. Dann warten, bis das Netz antwortet.',
      done: 'Die Adresse ist gesetzt',
    }),
    'final-certificate': (facts) => ({
      title: 'Die neue Appliance antwortet unter der endgültigen Adresse',
      detail: `Ferrite sieht bei ${of(facts, 'address')} nach: Das Zertifikat muss das sein, das das Ziel nach dem Import gezeigt hat.`,
    }),
    inventory: (facts) => ({
      title: 'Ferrite die neue Adresse sagen',
      detail: `${of(facts, 'target')} steht im Bestand noch mit der bisherigen Adresse. Ändern Sie sie auf ${of(facts, 'address')}, vergleichen Sie den gezeigten Fingerabdruck und nehmen Sie ihn an; von selbst tut Ferrite das nie.`,
    }),
    'other-address': (facts) => ({
      title: 'Die Clients auf die neue Adresse stellen',
      detail: `${of(facts, 'target')} übernimmt die Adresse von ${of(facts, 'old')} nicht: Geben Sie jedem Endgerät die neue Adresse und das neue Stammzertifikat; Laufwerke unter Enforced Encryption müssen entschlüsselt und neu verschlüsselt werden.`,
    }),
    'clients-on': (facts) => ({
      title: 'Die Kommunikation mit den Clients einschalten und „Last Seen“ beobachten',
      detail: `Konsole von ${of(facts, 'device')}: System Configuration > System Settings, dann Device Control > Computers: Die Zeiten unter „Last Seen“ müssen sich bewegen.`,
      done: 'Die Clients melden sich',
    }),
    'keep-old': (facts) => ({
      title: `${of(facts, 'old')} ausgeschaltet behalten`,
      detail:
        'Sie ist das einzige Archiv ihrer Protokolle und File Shadows. Behalten Sie die Maschine offline, bis geklärt ist, wie lange diese gebraucht werden; zwei arbeitende Server brauchen vielleicht zwei Lizenzen.',
    }),
    'new-backup': (facts) => ({
      title: 'Ein erstes Backup der neuen Appliance machen',
      detail: `Auf ${of(facts, 'device')}: System Backup v2 > Create, den Schlüssel aufbewahren, die Datei herunterladen und beides in Ferrite importieren.`,
    }),
    'keep-the-original': (facts) => ({
      title: 'Auf der Appliance nichts löschen, was es nur dort gibt',
      detail: `Ein gelöschtes Backup ist für immer weg. Löschen Sie eines auf einer Appliance erst, wenn Ferrite dieselbe Datei (SHA-256 ${of(facts, 'sha256').slice(0, 16)}… von ${of(facts, 'file')}) und ihren Schlüssel hat.`,
    }),
  },
  evidence: {
    'target-answers': (facts) =>
      `${of(facts, 'address')} hat mit dem angenommenen Zertifikat ${print(facts)} geantwortet.`,
    waited: (facts) => `Seit Beginn des Imports sind ${of(facts, 'minutes')} Minuten vergangen.`,
    'certificate-own': (facts) =>
      `${of(facts, 'address')} antwortet mit dem eigenen Zertifikat des Ziels ${print(facts)}.`,
    'certificate-restored': (facts) =>
      `${of(facts, 'address')} antwortet mit dem Zertifikat der alten Appliance ${print(facts)}: Es kam mit dem Backup.`,
    'old-silent': (facts) =>
      `Unter ${of(facts, 'address')} antwortete bei ${of(facts, 'looks')} Blicken niemand (${of(facts, 'reason')}), während ${of(facts, 'witness')} antwortete.`,
    'old-refuses': (facts) =>
      `Unter ${of(facts, 'address')} zeigte sich bei ${of(facts, 'looks')} Blicken keine Seite, während ${of(facts, 'witness')} antwortete. Etwas dort weist Verbindungen ab: Vergewissern Sie sich, dass die alte Maschine aus ist und nicht nur ihr Webserver.`,
    'final-own': (facts) =>
      `${of(facts, 'address')} antwortet mit dem eigenen Zertifikat des Ziels ${print(facts)}.`,
    'final-restored': (facts) =>
      `${of(facts, 'address')} antwortet mit dem Zertifikat der alten Appliance ${print(facts)}. Das Ziel hatte es nach dem Import gezeigt, und die alte Appliance schwieg, bevor die Adresse umzog.`,
  },
} satisfies ProcedureTexts
