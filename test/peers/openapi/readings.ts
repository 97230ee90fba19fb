type Node = Readonly<Record<string, unknown>>

/**
 * Prepares a vendor description for JSON schema, which lacks two ideas of OpenAPI 3.0:
 *
 * - `discriminator`: the value of one property names the schema that applies. Without it the vendor's unions
 *   could never hold, because a plain task is a member of the union beside every special one.
 * - `readOnly`: such a property counts as required in answers only.
 *
 * The storage description refers to files of its source in some discriminators; their last part is the schema.
 *
 * Answers a copy; `direction` says for which half of an exchange it is.
 */
export function readDescription(description: unknown, direction: 'request' | 'answer'): unknown {
  if (Array.isArray(description)) return description.map((item) => readDescription(item, direction))
  if (!isNode(description)) return description
  const copy = Object.fromEntries(
    Object.entries(description).map(([name, value]) => [name, readDescription(value, direction)]),
  )
  const discriminated = readDiscriminator(copy)
  return direction === 'request' ? withoutReadOnlyRequired(discriminated) : discriminated
}

function readDiscriminator(schema: Node): Node {
  const { oneOf, discriminator, ...rest } = schema
  if (!Array.isArray(oneOf) || !isNode(discriminator)) return schema
  const { propertyName, mapping } = discriminator
  if (typeof propertyName !== 'string' || !isNode(mapping)) return schema
  return {
    ...rest,
    required: [propertyName],
    properties: { [propertyName]: { enum: Object.keys(mapping) } },
    allOf: Object.entries(mapping).map(([value, reference]) => ({
      if: { required: [propertyName], properties: { [propertyName]: { enum: [value] } } },
      then: { $ref: String(reference).replace(/\/\w+\.yaml#\//, '/') },
    })),
  }
}

function withoutReadOnlyRequired(schema: Node): Node {
  const { required, properties } = schema
  if (!Array.isArray(required) || !isNode(properties)) return schema
  return {
    ...schema,
    required: required.filter((name) => {
      const property = properties[String(name)]
      return !(isNode(property) && property['readOnly'] === true)
    }),
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
