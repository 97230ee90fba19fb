import type { SizeForecast } from '../../size-forecast.ts'

/** Was frühere Größen über die Grenze sagen, auf Deutsch. */
export function sizeForecastText(forecast: SizeForecast): string {
  switch (forecast.kind) {
    case 'too-few':
      return 'Zu wenige Backups, um zu sagen, wann die Grenze erreicht ist (drei sind nötig).'
    case 'not-growing':
      return 'Die Backups dieses Geräts wachsen nicht.'
    case 'reached':
      return 'Das letzte Backup liegt über der Grenze: Der Server nimmt es nicht.'
    case 'ahead':
      return forecast.weeks === 1
        ? 'Geht es so weiter, ist die Grenze in etwa einer Woche erreicht.'
        : `Geht es so weiter, ist die Grenze in etwa ${String(forecast.weeks)} Wochen erreicht.`
  }
}
