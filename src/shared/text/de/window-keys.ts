import type { WindowKeysText } from '../en/window-keys.ts'
import { sizeForecastText } from './size-forecast.ts'

/** Deutsche Worte des Schlüssels, der ein Archiv öffnet, und der Größe, die sein Server nimmt. */
export const windowKeys: WindowKeysText = {
  title: 'System Backup Key',
  none: 'Ohne seinen Schlüssel ist dieses Backup nicht zu gebrauchen, und niemand kann den Schlüssel neu erzeugen. Geben Sie den Schlüssel ein, den die Konsole gezeigt hat.',
  lost: 'Dieser Schlüssel wurde einmal eingegeben und ist jetzt nicht hier. Geben Sie ihn noch einmal ein.',
  hint: (lastFour, hash) =>
    lastFour === ''
      ? `Schlüssel mit der SHA-256 ${hash}…`
      : `Schlüssel mit dem Ende …${lastFour}, SHA-256 ${hash}…`,
  field: 'Schlüssel',
  fieldNote:
    'Er kommt in den Schlüsselbund dieses Rechners, getrennt von der Datei, und wird nicht wieder gezeigt.',
  give: 'Diesen Schlüssel aufbewahren',
  notStored:
    'Dieser Rechner hat keinen sicheren Schlüsselbund: Der Schlüssel bleibt nur, bis Ferrite endet. Drucken Sie das Notfallblatt oder schreiben Sie ihn auf.',
  copy: 'Schlüssel kopieren',
  copied: 'Der Schlüssel ist für 30 Sekunden in der Zwischenablage.',
  sheetFile: 'Notfallblatt als PDF …',
  sheetPrint: 'Notfallblatt drucken …',
  forget: 'Schlüssel vergessen',
  forgetField: (device) => `„${device}“ eintippen, um den Schlüssel zu vergessen`,
  forgetNote: 'Ohne eine andere Abschrift des Schlüssels ist das Backup verloren.',
  size: 'Größengrenze von 200 MB',
  forecast: sizeForecastText,
}
