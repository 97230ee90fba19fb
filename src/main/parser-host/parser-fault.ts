/**
 * Something nobody foresaw while the parser process read an archive: a mistake of ours, met by these very bytes. It is
 * logged as an incident like every such error; those who hold the bytes keep them.
 */
export class ParserFault extends Error {
  override readonly name = 'ParserFault'
}
