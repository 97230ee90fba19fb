import type { Finding } from '../../model/finding.ts'
import type { FindingTexts } from '../finding-text.ts'
import { forecastIn } from '../../size-forecast.ts'
import { formatBytes } from '../format.ts'
import { sizeForecastText } from './size-forecast.ts'

const source = ({ archiveValue }: Finding): string => archiveValue?.value ?? '?'
const target = ({ deviceValue }: Finding): string => deviceValue?.value ?? '?'
const size = ({ facts }: Finding): string => formatBytes(Number(facts['sizeBytes'] ?? 0), 'de')
const outlook = ({ facts }: Finding): string => {
  const forecast = forecastIn(facts)
  return forecast ? ` ${sizeForecastText(forecast)}` : ''
}

const stateTarget =
  'Sehen Sie unten rechts in der Konsole des Ziels nach und geben Sie die Version bei diesem Gerät an.'
const stateSource =
  'Geben Sie die Version an, die die Quelle beim Backup hatte; ihre Konsole zeigt sie unten rechts.'
const inProcedure = { title: 'Ein Schritt der geführten Wiederherstellung achtet darauf.', remedy: '' }

/** Deutsche Titel und Abhilfen der Regeln für Endpoint Protector, nach `Regel.Grund`. */
export const endpointProtectorFindings = {
  'E1.kept': () => ({ title: 'Der System Backup Key zu dieser Datei ist aufbewahrt.', remedy: '' }),
  'E1.no-key': () => ({ title: 'Ein Backup der früheren Art (.eppb) hat keinen Schlüssel.', remedy: '' }),
  'E1.missing': () => ({
    title:
      'Der System Backup Key zu dieser Datei ist nicht hier. Ohne ihn ist das Backup nicht zu gebrauchen.',
    remedy:
      'Geben Sie den Schlüssel ein, den die Konsole beim Backup gezeigt hat. Hat ihn niemand mehr, machen Sie auf der Quelle ein neues Backup und bewahren Sie dessen Schlüssel auf: Den alten kann niemand neu erzeugen.',
  }),
  'E1.not-asked': () => ({
    title: 'Ob der System Backup Key zu dieser Datei aufbewahrt ist, ist hier nicht bekannt.',
    remedy: 'Geben Sie den Schlüssel zu diesem Archiv ein.',
  }),
  'E2.below': (finding) => ({
    title: `Die Datei (${size(finding)}) liegt unter der Grenze von 200 MB.${outlook(finding)}`,
    remedy: '',
  }),
  'E2.near-limit': (finding) => ({
    title: `Die Datei hat ${size(finding)}. Der Server nimmt höchstens 200 MB, und ob der Hersteller damit 200.000.000 oder 209.715.200 Byte meint, ist nicht bekannt.`,
    remedy:
      'Räumen Sie alte Protokolle auf der Quelle auf (vorher ein Audit Log Backup) und machen Sie ein neues Backup, oder fragen Sie den Netwrix-Support.',
  }),
  'E2.too-large': (finding) => ({
    title: `Die Datei hat ${size(finding)}; mehr als 200 MB verarbeitet der Server nicht.`,
    remedy:
      'Räumen Sie alte Protokolle auf der Quelle auf (vorher ein Audit Log Backup) und machen Sie ein neues Backup, oder fragen Sie den Netwrix-Support nach der Korrektur für 5.9.4.2.',
  }),
  'E2.near-limit-v1': (finding) => ({
    title: `Die .eppb-Datei hat ${size(finding)}; ab 200 MB nimmt die Web-Konsole sie nicht.`,
    remedy: 'Importieren Sie sie an der Konsole der Maschine: Menü System Backup, über einen FTP-Server.',
  }),
  'E2.too-large-v1': (finding) => ({
    title: `Die .eppb-Datei hat ${size(finding)}; die Web-Konsole nimmt höchstens 200 MB.`,
    remedy: 'Importieren Sie sie an der Konsole der Maschine: Menü System Backup, über einen FTP-Server.',
  }),
  'E3.fits': () => ({
    title: 'Die Anleitungen des Herstellers erlauben diese beiden Versionen.',
    remedy: '',
  }),
  'E3.best-tested': () => ({
    title: 'Der Hersteller nennt diese beiden Versionen das am besten geprüfte Paar.',
    remedy: '',
  }),
  'E3.possible': (finding) => ({
    title: `Von ${source(finding)} auf ${target(finding)}: Eine Anleitung nennt das möglich, eine andere kennt nur 5.9.4.2.`,
    remedy:
      'Probieren Sie es erst auf einer Ersatzmaschine, oder bringen Sie die Quelle vor dem Backup auf 2604.',
  }),
  'E3.upgrade-recommended': (finding) => ({
    title: `Von ${source(finding)} auf ${target(finding)} ist möglich; der Hersteller empfiehlt, vorher auf 2604 zu gehen.`,
    remedy: 'Bringen Sie die Quelle auf 2604, warten Sie 24 Stunden und machen Sie ein neues Backup.',
  }),
  'E3.not-documented': (finding) => ({
    title: `Keine Anleitung des Herstellers nennt eine Migration von ${source(finding)} nach ${target(finding)}.`,
    remedy: 'Fragen Sie den Netwrix-Support, bevor Sie weitermachen.',
  }),
  'E3.patch-first': (finding) => ({
    title: `Ein Backup von ${source(finding)} geht nicht auf ${target(finding)}; von den 5.x-Versionen nur das von 5.9.4.2.`,
    remedy:
      'Bringen Sie die Quelle mit dem kumulativen Patch auf 5.9.4.2, warten Sie 24 Stunden und machen Sie ein neues Backup mit neuem Schlüssel.',
  }),
  'E3.step-by-step': (finding) => ({
    title: `${source(finding)} ist älter als 5.7.0.0: Das Backup geht nicht auf ${target(finding)}.`,
    remedy:
      'Bringen Sie die Quelle Schritt für Schritt auf 5.9.4.2 (Live Update oder Offline-Patches), warten Sie 24 Stunden und machen Sie ein neues Backup mit neuem Schlüssel.',
  }),
  'E3.archive-unknown': () => ({ title: 'Die Version der Quelle ist nicht bekannt.', remedy: stateSource }),
  'E3.device-unknown': () => ({ title: 'Die Version des Ziels ist nicht bekannt.', remedy: stateTarget }),
  'E4.young': () => ({ title: 'Das Ziel ist neuer als 5.2.0.6.', remedy: '' }),
  'E4.old': (finding) => ({
    title: `Das Ziel hat ${target(finding)}; eine Migration braucht eine Version über 5.2.0.6.`,
    remedy: 'Stellen Sie ein aktuelles Image der Appliance auf.',
  }),
  'E4.device-unknown': () => ({ title: 'Die Version des Ziels ist nicht bekannt.', remedy: stateTarget }),
  'E5.equal': (finding) => ({ title: `Beide haben Version ${source(finding)}.`, remedy: '' }),
  'E5.newer': (finding) => ({
    title: `Von ${source(finding)} auf ${target(finding)}: Eine Seite des Herstellers verlangt ein neueres Ziel, eine andere die gleiche Version.`,
    remedy: 'Bringen Sie beide Server vor dem Backup auf die gleiche Version.',
  }),
  'E6.not-older': () => ({ title: 'Das Ziel ist nicht älter als die Quelle.', remedy: '' }),
  'E6.older': (finding) => ({
    title: `Das Ziel (${target(finding)}) ist älter als die Quelle (${source(finding)}). Zurück führt kein Weg.`,
    remedy:
      'Wählen Sie ein Ziel mit gleicher oder neuerer Version. Eine ältere bringt nur ein Snapshot der Maschine zurück.',
  }),
  'E6.archive-unknown': () => ({ title: 'Die Version der Quelle ist nicht bekannt.', remedy: stateSource }),
  'E6.device-unknown': () => ({ title: 'Die Version des Ziels ist nicht bekannt.', remedy: stateTarget }),
  'E7.step': () => inProcedure,
  'E8.not-contained': () => ({
    title: 'Audit-Protokolle, File Shadows und die IP-Adresse sind nicht im Backup.',
    remedy:
      'Exportieren Sie die Audit-Protokolle getrennt, und behalten Sie die alte Maschine ausgeschaltet als deren Archiv.',
  }),
  'E9.step': (finding) => ({
    title: `Das Ziel übernimmt ${target(finding)}, sobald dort niemand mehr antwortet; ein Schritt der geführten Wiederherstellung sieht nach.`,
    remedy: '',
  }),
  'E9.not-carried': () => ({ title: 'Die Adresse zieht nicht um.', remedy: '' }),
  'E9.same-server': () => ({
    title: 'Das Backup geht zurück auf den eigenen Server: Keine Adresse zieht um.',
    remedy: '',
  }),
  'E9.address-unknown': () => ({
    title: 'Es ist nicht bekannt, welche Adresse das Ziel übernimmt.',
    remedy: 'Geben Sie die Adresse der alten Appliance an, unter der die Clients ihren Server suchen.',
  }),
  'E10.kept': () => ({ title: 'Die Adresse bleibt, also finden die Clients ihren Server.', remedy: '' }),
  'E10.address-unknown': () => ({
    title: 'Es ist nicht bekannt, ob die Adresse bleibt.',
    remedy: 'Geben Sie an, ob das Ziel die Adresse der alten Appliance übernimmt.',
  }),
  'E10.modules-unknown': () => ({
    title:
      'Die Adresse ändert sich, und ob Enforced Encryption oder Deep Packet Inspection in Gebrauch ist, ist nicht bekannt.',
    remedy: 'Geben Sie die Module an: Mit einem davon bedeutet eine neue Adresse Arbeit an jedem Endgerät.',
  }),
  'E10.other-address': () => ({
    title: 'Die Adresse ändert sich: Jeder Client muss auf die neue gestellt werden.',
    remedy: 'Behalten Sie die Adresse, wenn es geht; der Hersteller rät von einer neuen dringend ab.',
  }),
  'E10.other-address-modules': () => ({
    title:
      'Die Adresse ändert sich, während Enforced Encryption oder Deep Packet Inspection in Gebrauch ist: Geschützte Laufwerke und das Vertrauen ins Zertifikat brechen.',
    remedy:
      'Behalten Sie die Adresse. Sonst planen Sie ein, jedes geschützte Laufwerk zu entschlüsseln und neu zu verschlüsseln, und ein neues Stammzertifikat für jedes Endgerät.',
  }),
  'E11.step': () => inProcedure,
  'E12.step': () => ({
    title:
      'Der Import beginnt erst, wenn ein Snapshot der Maschine notiert ist: Er ist der einzige Weg zurück.',
    remedy: '',
  }),
  'E13.source-free-enough': () => ({ title: 'Auf der Quelle sind 30 % der Platte frei.', remedy: '' }),
  'E13.source-free-little': (finding) => ({
    title: `Auf der Quelle sind ${source(finding)} % der Platte frei; verlangt sind 30 %.`,
    remedy:
      'Verkleinern Sie die Datenbank der Quelle (alte Protokolle) oder vergrößern Sie die Platte, bevor das Backup entsteht.',
  }),
  'E13.source-free-unknown': () => ({
    title: 'Wie viel Platte auf der Quelle frei ist, ist nicht bekannt.',
    remedy: 'Sehen Sie auf der Quelle unter Appliance > Server Information nach und geben Sie es an.',
  }),
  'E13.target-free-enough': () => ({ title: 'Auf dem Ziel sind 2 GB frei.', remedy: '' }),
  'E13.target-free-little': (finding) => ({
    title: `Auf dem Ziel sind ${target(finding)} GB frei; verlangt sind mindestens 2 GB.`,
    remedy: 'Schaffen Sie Platz auf dem Ziel oder vergrößern Sie seine Platte.',
  }),
  'E13.target-free-unknown': () => ({
    title: 'Wie viel Platte auf dem Ziel frei ist, ist nicht bekannt.',
    remedy: 'Sehen Sie auf dem Ziel unter Appliance > Server Information nach und geben Sie es an.',
  }),
  'E13.target-disk-enough': () => ({
    title: 'Die Platte des Ziels hat die 320 GB ihres Images.',
    remedy: '',
  }),
  'E13.target-disk-little': (finding) => ({
    title: `Die Platte des Ziels hat ${target(finding)} GB; das Image 2510 verlangt 320 GB.`,
    remedy: 'Vergrößern Sie die Platte des Ziels vor dem Import.',
  }),
  'E13.target-disk-unknown': () => ({
    title: 'Die Größe der Platte des Ziels ist nicht bekannt; das Image 2510 verlangt 320 GB.',
    remedy: 'Sehen Sie in den Einstellungen der virtuellen Maschine nach und geben Sie sie an.',
  }),
  'E14.waited': () => ({
    title: 'Zwischen dem letzten Patch und dem Backup lief der nächtliche Auftrag.',
    remedy: '',
  }),
  'E14.too-early': () => ({
    title:
      'Das Backup entstand weniger als 24 Stunden nach dem letzten Patch, vor dem nächtlichen Auftrag (21:00).',
    remedy: 'Warten Sie, bis der nächtliche Auftrag gelaufen ist, und machen Sie ein neues Backup.',
  }),
  'E14.patched-after': () => ({
    title: 'Der letzte Patch kam erst nach diesem Backup.',
    remedy: 'Machen Sie ein neues Backup, frühestens 24 Stunden nach dem Patch.',
  }),
  'E14.patch-unknown': () => ({
    title: 'Wann auf der Quelle der letzte Patch kam, ist nicht bekannt.',
    remedy: 'Geben Sie es an; zwischen Patch und Backup müssen 24 Stunden liegen.',
  }),
  'E15.step': () => inProcedure,
  'E16.step': () => inProcedure,
  'E17.none': () => ({ title: 'Keine Anbindung mit Passwort ist in Gebrauch.', remedy: '' }),
  'E17.to-enter': (finding) => ({
    title: `Diese Passwörter kommen vielleicht nicht zurück: ${source(finding)}.`,
    remedy: 'Halten Sie sie bereit und prüfen Sie jede Anbindung nach der Wiederherstellung.',
  }),
  'E17.not-stated': () => ({
    title: 'Für welche anderen Systeme der Server Passwörter hat, ist nicht bekannt.',
    remedy:
      'Geben Sie sie an (SMTP, AD/LDAP, SSO, SCIM, SIEM, S3): Ihre Passwörter kommen vielleicht nicht zurück.',
  }),
  'E18.clients-fit': () => ({ title: 'Der älteste Client passt zum neuen Server.', remedy: '' }),
  'E18.bridge-client': (finding) => ({
    title: `Clients bis 5.9.4.1 (hier ${source(finding)}) gehen nicht direkt zum neuen Server.`,
    remedy: 'Bringen Sie sie erst auf 5.9.4.3, dann auf die Version des Servers.',
  }),
  'E18.encryption-clients': () => ({
    title: 'Clients mit Enforced Encryption müssen gleich nach der Migration aktualisiert werden.',
    remedy: 'Halten Sie die Client-Pakete bereit und planen Sie die Zeit dafür ein.',
  }),
  'E18.client-unknown': () => ({
    title: 'Die Version des ältesten Clients ist nicht bekannt.',
    remedy: 'Sehen Sie in der Liste der Computer nach und geben Sie sie an.',
  }),
  'E19.both-dns': () => ({
    title: 'Auf diesem Image speichert die Netzwerkseite nur, wenn beide DNS-Felder ausgefüllt sind.',
    remedy: 'Füllen Sie beide DNS-Felder aus, oder bringen Sie das Ziel vorher auf 2604.',
  }),
  'E19.vsphere-65': () => ({
    title: 'Das Image 2510 läuft nicht auf vSphere 6.5.',
    remedy: 'Aktualisieren Sie den Hypervisor, bevor Sie das Image aufstellen.',
  }),
  'E19.ubuntu-guest': () => ({
    title: 'Das Image 2608 braucht einen Hypervisor, der Ubuntu 26.04 als Gast unterstützt.',
    remedy: 'Sehen Sie in der Gästeliste Ihres Hypervisors nach.',
  }),
  'E19.hypervisor-fits': () => ({ title: 'Gegen diesen Hypervisor ist nichts bekannt.', remedy: '' }),
  'E19.hypervisor-unknown': () => ({
    title: 'Der Hypervisor des Ziels ist nicht bekannt.',
    remedy: 'Geben Sie ihn an: Nicht jedes Image läuft auf jedem Hypervisor.',
  }),
  'E20.migration': () => ({ title: 'Die Datei ist ein System Backup v2 (Migration).', remedy: '' }),
  'E20.kind-not-stated': () => ({
    title: 'Noch hat niemand gesagt, dass dies ein System Backup v2 ist; die Datei selbst verrät es nicht.',
    remedy: 'Geben Sie die Art des Backups an.',
  }),
  'E20.former-kind': () => ({
    title:
      'Dies ist ein System Backup der früheren Art (.eppb). Import and Restore (Migrate) nimmt es nicht.',
    remedy:
      'Machen Sie auf der Quelle ein System Backup v2, oder stellen Sie dieses mit System Backup > Upload und Restore wieder her.',
  }),
  'E21.partitions': () => ({
    title: 'Von vor 5.2.0.6 nach 5.7.0.0 oder später müssen erst Datenbank-Partitionen eingeschaltet werden.',
    remedy: 'Bitten Sie den Netwrix-Support, sie auf der Quelle einzuschalten.',
  }),
  'E22.step': () => inProcedure,
} satisfies FindingTexts
