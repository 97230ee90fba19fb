import { useState } from 'react'
import type { ReactElement } from 'react'
import type { PinOffer } from '../../../shared/model/pin-offer.ts'
import { typedEnd } from '../../parts/fingerprint-groups.ts'
import { RadioGroup } from '../../ui/fields/radio-group.tsx'
import { TextField } from '../../ui/fields/text-field.tsx'
import { useDevicesTexts } from './texts.ts'

/** What main is told of a fingerprint that a person accepts. */
export interface PinAnswer {
  readonly offerId: string
  readonly lastEight: string
  readonly compared: boolean
}

type Ground = 'compared' | 'blind'

interface PinAnswerControl {
  readonly ground: Ground | undefined
  readonly setGround: (ground: Ground) => void
  readonly typed: string
  readonly setTyped: (typed: string) => void
  readonly isWrong: boolean
  /** `undefined` until the person has said how they know, and has typed the right end. */
  readonly answer: PinAnswer | undefined
}

/** What a person says about a fingerprint that is not the accepted one. Nothing is chosen beforehand. */
export function usePinAnswer({ offerId, kind, fingerprint }: PinOffer): PinAnswerControl {
  const [ground, setGround] = useState<Ground | undefined>(undefined)
  const [typed, setTyped] = useState('')
  const lastEight = typedEnd(kind, typed)
  const isRight = lastEight.toLowerCase() === fingerprint.slice(-8).toLowerCase()
  return {
    ground,
    setGround,
    typed,
    setTyped,
    isWrong: lastEight.length >= 8 && !isRight,
    answer:
      isRight && ground !== undefined ? { offerId, lastEight, compared: ground === 'compared' } : undefined,
  }
}

/** The two questions about a fingerprint that is not the accepted one. */
export function PinAnswerFields({ control }: { readonly control: PinAnswerControl }): ReactElement {
  const { pin: texts } = useDevicesTexts()
  return (
    <>
      <RadioGroup
        label={texts.how}
        value={control.ground}
        onChange={control.setGround}
        options={[
          { id: 'compared', label: texts.compared },
          { id: 'blind', label: texts.blind },
        ]}
      />
      <TextField
        label={texts.typeEnd}
        description={texts.typeEndDescription}
        value={control.typed}
        onChange={control.setTyped}
        maxLength={20}
        isMono
        {...(control.isWrong && { error: texts.endWrong })}
      />
    </>
  )
}
