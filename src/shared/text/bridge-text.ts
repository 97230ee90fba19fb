import type { BridgePlan, BridgeStep, UnfitFile } from '../model/bridge.ts'
import type { FamilyId } from '../model/family-id.ts'
import { ctrlxBridge as germanCtrlx } from './de/bridge-ctrlx.ts'
import { deviceOnBridge as germanDeviceOn } from './de/bridge-deviceon.ts'
import { endpointProtectorBridge as germanEndpointProtector } from './de/bridge-endpoint-protector.ts'
import { ctrlxBridge as englishCtrlx } from './en/bridge-ctrlx.ts'
import { deviceOnBridge as englishDeviceOn } from './en/bridge-deviceon.ts'
import { endpointProtectorBridge as englishEndpointProtector } from './en/bridge-endpoint-protector.ts'
import type { Language } from './language.ts'
import type { BridgeTexts } from './plan-text.ts'

/** The words of each family that can bridge; ids are the family's own, so they are looked up in its table alone. */
const byLanguage: Readonly<Record<Language, Readonly<Partial<Record<FamilyId, BridgeTexts>>>>> = {
  en: {
    'ctrlx-core': englishCtrlx,
    'deviceon-server': englishDeviceOn,
    'endpoint-protector': englishEndpointProtector,
  },
  de: {
    'ctrlx-core': germanCtrlx,
    'deviceon-server': germanDeviceOn,
    'endpoint-protector': germanEndpointProtector,
  },
}

/** What a step on the way to a pair that fits asks for. */
export function bridgeStepText({ step, facts }: BridgeStep, family: FamilyId, language: Language): string {
  return say('step', step, facts, family, language)
}

/** What a person has to have along. */
export function bringText(
  { item, facts }: BridgePlan['bring'][number],
  family: FamilyId,
  language: Language,
): string {
  return say('bring', item, facts, family, language)
}

/** A step of the way back. */
export function wayBackText({ step, facts }: BridgeStep, family: FamilyId, language: Language): string {
  return say('wayBack', step, facts, family, language)
}

const unfitWords: Readonly<Record<Language, Readonly<Record<UnfitFile['reason'], string>>>> = {
  en: {
    'no-app': 'is no app file',
    'not-needed': 'is not needed here',
    'other-version': 'has another version than the one that is needed',
    'other-architecture': 'is for another processor',
    'second-of-its-kind': 'is a second file of the same app',
  },
  de: {
    'no-app': 'ist keine App-Datei',
    'not-needed': 'wird hier nicht gebraucht',
    'other-version': 'hat eine andere Version als die gebrauchte',
    'other-architecture': 'ist für einen anderen Prozessor',
    'second-of-its-kind': 'ist eine zweite Datei derselben App',
  },
}

/** Why a file is of no use, as the end of a sentence that begins with its name. */
export function unfitText({ reason }: UnfitFile, language: Language): string {
  return unfitWords[language][reason]
}

/** An id without words shows itself, so that nothing is hidden. */
function say(
  kind: keyof BridgeTexts,
  id: string,
  facts: Readonly<Record<string, string>>,
  family: FamilyId,
  language: Language,
): string {
  return byLanguage[language][family]?.[kind][id]?.(facts) ?? id
}
