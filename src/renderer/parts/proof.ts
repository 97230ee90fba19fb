import { restorabilityOf, type Annotations, type Restorability } from '../../shared/model/annotations.ts'
import type { ArchiveRecord } from '../../shared/model/record.ts'
import { proofTexts as german } from '../../shared/text/de/proof.ts'
import { proofTexts as english, type ProofText } from '../../shared/text/en/proof.ts'
import { formatTime } from '../../shared/text/format.ts'
import type { Language } from '../../shared/text/language.ts'
import { useTexts } from '../texts.ts'
import type { Tone } from '../ui/tone.ts'

/** The words of how far archives are proven. */
export const proofTexts = { en: english, de: german }

/** These words in the person's language. */
export function useProofTexts(): ProofText {
  return useTexts(proofTexts)
}

/** How a level looks in a list: only what was not even opened is a reason to worry. */
export const toneOfLevel: Readonly<Record<Restorability, Tone>> = {
  L0: 'unknown',
  L1: 'unknown',
  L2: 'neutral',
  L3: 'accent',
  L4: 'good',
}

/** How the highest level was earned, in a sentence: by what, on which device, when. */
export function howEarned(
  record: ArchiveRecord,
  annotations: Annotations | undefined,
  language: Language,
): string {
  const texts = proofTexts[language]
  const level = restorabilityOf(record, annotations)
  const proof = annotations?.proofs.findLast((each) => each.level === level)
  if (proof === undefined) return `${texts.level[level]} ${texts.atStorage}`
  return texts.how(
    texts.level[level].replace(/\.$/, ''),
    proof.deviceName,
    formatTime(proof.at, language).local,
  )
}
