import type { ReactElement } from 'react'
import type { PinOffer } from '../../../shared/model/pin-offer.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { FactList } from '../../ui/data/fact-list.tsx'
import { useDevicesTexts } from './texts.ts'

/** What else the device's key or certificate says of itself. It proves nothing, and anybody can write it: shown escaped. */
export function OfferDetails({ detail }: Pick<PinOffer, 'detail'>): ReactElement {
  const { adding } = useDevicesTexts()
  const labels: Readonly<Record<string, string>> = adding.details
  const facts = Object.entries(detail)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ label: labels[name] ?? name, value: escapeUntrusted(value, 200) }))
  return facts.length === 0 ? <></> : <FactList facts={facts} />
}
