import type { NoiseText } from '../en/noise.ts'

export const noise: NoiseText = {
  'json-layout': {
    name: 'anders geschrieben',
    why: 'Dieselben Werte, mit anderen Leerzeichen oder in anderer Reihenfolge der Schlüssel.',
  },
  'generated-at': {
    name: 'Zeitpunkt in einem Kommentar',
    why: 'Nur ein Zeitpunkt in einem Kommentar ist anders, wie ihn Programme beim Erzeugen einer Datei schreiben.',
  },
  'runtime-state': {
    name: 'Zustand des laufenden Systems',
    why: 'Dateien, die ein laufendes System für sich selbst schreibt: Prozessnummern, Zufallsstartwerte, Leases, Gang der Uhr.',
  },
  logs: { name: 'Logs', why: 'Logdateien wachsen von selbst.' },
  'encrypted-anew': {
    name: 'neu verschlüsselt',
    why: 'Bei jedem Backup neu verschlüsselt. Ob sich der Inhalt geändert hat, lässt sich nicht sagen.',
  },
  'backup-password': {
    name: 'Passwort des Backups',
    why: 'Der Hash des Passworts, das das Backup schützt. Er entsteht jedes Mal neu.',
  },
  'backup-name': {
    name: 'Name des Backups',
    why: 'Name, Version, Beschreibung und Format des Backups selbst.',
  },
  'written-by-device': {
    name: 'vom Gerät geschrieben',
    why: 'Eine Datei, die das Gerät von selbst neu schreibt.',
  },
  'file-references': {
    name: 'Orte von Dateien',
    why: 'Wo eine Datei im Archiv liegt. Das Gerät selbst nennt keinen solchen Ort.',
  },
  'secrets-not-told': {
    name: 'Geheimnisse',
    why: 'In einem Backup mit Passwort enthalten. Das Gerät gibt seine Geheimnisse nicht aus, sie lassen sich nicht vergleichen.',
  },
  'canvas-position': {
    name: 'Platz auf der Zeichenfläche',
    why: 'Wo der Editor einen Node zeichnet. Die Flows laufen gleich.',
  },
  'node-order': {
    name: 'Reihenfolge der Nodes',
    why: 'Dieselben Nodes, in anderer Reihenfolge aufgeführt. Die Flows laufen gleich.',
  },
  'flow-revision': {
    name: 'Revision der Flows',
    why: 'Node-RED gibt seinen Flows mit jedem Deploy eine andere Revision.',
  },
}
