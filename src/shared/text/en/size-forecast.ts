import type { SizeForecast } from '../../size-forecast.ts'

/** What past sizes say of the size limit, in English. */
export function sizeForecastText(forecast: SizeForecast): string {
  switch (forecast.kind) {
    case 'too-few':
      return 'Too few backups to say when the limit is reached (three are needed).'
    case 'not-growing':
      return 'The backups of this device do not grow.'
    case 'reached':
      return 'The last backup is above the limit: the server will not take it.'
    case 'ahead':
      return forecast.weeks === 1
        ? 'At this rate the limit is reached in about a week.'
        : `At this rate the limit is reached in about ${String(forecast.weeks)} weeks.`
  }
}
