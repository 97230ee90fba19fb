import type { WindowRefusedText } from '../en/window-refused.ts'

/** German words of the files that were refused and kept. */
export const windowRefused: WindowRefusedText = {
  tabs: 'Was der Tresor enthält',
  archives: 'Archive',
  title: 'Aufbewahrt, aber zurückgewiesen',
  explained:
    'Diese Dateien kamen vollständig an und waren nicht lesbar. Sie sind Byte für Byte aufbewahrt, wie sie kamen. Sie sind keine Backups: Nichts wird ihnen entnommen und nichts aus ihnen wiederhergestellt.',
  verdict: 'ZURÜCKGEWIESEN',
  table: 'Zurückgewiesene Dateien',
  divider: 'Breite der Liste',
  choose: 'Wählen Sie eine Datei, um zu sehen, warum sie zurückgewiesen wurde.',
  none: 'Keine Datei ist mehr zurückgewiesen.',
  columns: { verdict: 'Urteil', from: 'Von', why: 'Warum', refused: 'Zurückgewiesen', size: 'Größe' },
  unlisted: 'Die zurückgewiesenen Dateien können nicht aufgelistet werden:',
  damaged: (count, isOne) =>
    isOne
      ? 'Ein Ordner enthält keine ganze zurückgewiesene Datei. Er bleibt, wie er ist:'
      : `${count} Ordner enthalten keine ganze zurückgewiesene Datei. Sie bleiben, wie sie sind:`,
  actions: 'Was damit geschehen soll',
  check: 'Erneut prüfen',
  export: 'Exportieren …',
  exported: (file) => `${file} wurde exportiert und zurückgelesen. Vorsicht im Umgang damit.`,
  why: 'Warum sie zurückgewiesen wurde',
  file: 'Datei',
  source: 'Woher sie kam',
  fileName: 'Dateiname',
  size: 'Größe',
  sha256: 'SHA-256',
  id: 'Kennung',
  origin: 'Art',
  family: 'Geräteart',
  device: 'Gerät',
  address: 'Adresse',
  taken: 'Entstanden',
  refused: 'Zurückgewiesen',
  pin: 'Fingerabdruck der Verbindung',
  note: 'Notiz',
}
