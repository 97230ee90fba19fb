import type { Fact, Identity } from '../../shared/model/identity.ts'

/** The facts of an identity that are one text each. */
type TextFact = {
  [N in keyof Identity]-?: NonNullable<Identity[N]> extends Fact<string> ? N : never
}[keyof Identity]

/**
 * An identity as it is seen from an archive: what was probed at backup time is `recorded`. Only the facts named are
 * taken over, and the traits given; rights and free space were the moment's.
 */
export function asRecorded(
  identity: Identity,
  names: readonly TextFact[],
  traits: NonNullable<Identity['traits']>,
): Identity {
  const { family, readAt, apps } = identity
  const texts = names.flatMap((name) => {
    const known: Fact<string> | undefined = identity[name]
    return known ? [[name, recordedFact(known)] as const] : []
  })
  return {
    family,
    readAt,
    ...Object.fromEntries(texts),
    ...(apps && { apps: recordedFact(apps) }),
    ...(Object.keys(traits).length > 0 && { traits }),
  }
}

/** A fact that was probed, as one that was recorded; others stay. */
export function recordedFact<T>(known: Fact<T>): Fact<T> {
  return known.provenance === 'probed' ? { ...known, provenance: 'recorded' } : known
}
