import type { WindowBridgeText } from '../en/window-bridge.ts'

/** Deutsche Worte für den Weg zu einem Paar, das passt, und für den Dialog, der System-Apps ändert. */
export const windowBridge: WindowBridgeText = {
  title: 'So wird es passend',
  settles: (rules) => `Erledigt ${rules}`,
  stillAgainst: (rules) => `Spricht danach noch dagegen: ${rules}.`,
  steps: 'Die Schritte, in dieser Reihenfolge',
  byJob: 'Ferrite',
  byPerson: 'Sie',
  byWait: 'Warten',
  bring: 'Was vor der Abfahrt auf diesem Rechner oder im Gepäck sein muss',
  wayBack: 'Der Weg zurück',
  change: 'System-Apps ändern …',
  dialog: {
    title: (device) => `System-Apps von ${device} ändern`,
    intro: (count) =>
      `${String(count)} Apps müssen auf eine andere Version gebracht werden. Wählen Sie die Dateien, die Sie vom Hersteller haben; Ferrite liest aus jeder, was sie ist.`,
    choose: 'App-Dateien wählen …',
    chooseAgain: 'Andere Dateien wählen …',
    apps: 'Apps, in der Reihenfolge ihrer Änderung',
    fromTo: (from, to) => `${from} → ${to}`,
    newApp: 'neu',
    found: 'gefunden',
    missing: 'Datei fehlt',
    unfit: 'Dateien, die nicht brauchbar sind',
    unfitHint: 'Wählen Sie genau eine Datei für jede App und sonst nichts.',
    safety: 'Zuerst ein Sicherheits-Backup des Geräts machen',
    safetyHint: 'Es kommt geprüft in den Tresor, bevor die erste App geändert wird.',
    password: 'Passwort für die Geheimnisse darin (freiwillig)',
    passwordHint:
      'Ohne Passwort enthält das Sicherheits-Backup keine Passwörter und privaten Schlüssel. Es geht an das Gerät und wird nirgends behalten: für den Rückweg brauchen Sie es.',
    reason: 'Warum ohne Sicherheits-Backup? (mindestens 8 Zeichen, steht im Verlauf)',
    type: (device) => `Zur Bestätigung ${device} eingeben`,
    typeHint:
      'Bringen Sie die Maschine zuerst in einen sicheren Zustand: Steuerungsaufgaben stehen still, und das Gerät startet neu.',
    run: (device) => `${device} ändern`,
    running: 'Eine App nach der anderen. Sie können das Fenster schließen; das Gerät nicht ausschalten.',
    cancel: 'Abbrechen',
    close: 'Schließen',
    done: 'Jede App läuft in ihrer neuen Version.',
    failed: 'Nicht jede App wurde geändert.',
    checkAgain: 'Noch einmal prüfen',
  },
}
