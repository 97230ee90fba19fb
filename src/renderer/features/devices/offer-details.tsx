import type { ReactElement } from 'react'
import type { PinOffer } from '../../../shared/model/pin-offer.ts'
import { escapeUntrusted } from '../../../shared/text/escape.ts'
import { FactList } from '../../ui/data/fact-list.tsx'
import { Disclosure } from '../../ui/layout/disclosure.tsx'
import { useDevicesTexts } from './texts.ts'

/** What else the device's key or certificate says of itself. It proves nothing, and anybody can write it: shown escaped. */
export function OfferDetails({ offer: { kind, detail } }: { readonly offer: PinOffer }): ReactElement {
  const { adding } = useDevicesTexts()
  const labels: Readonly<Record<string, string>> = adding.details
  const facts = Object.entries(detail)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ label: labels[name] ?? name, value: escapeUntrusted(value, 200) }))
  if (facts.length === 0) return <></>
  return (
    <Disclosure label={adding.detailsTitle[kind]}>
      <FactList facts={facts} />
    </Disclosure>
  )
}
