/*
 * How many characters a text has at most, by what it is. The libraries' rules, the fields of the API, the columns of an
 * import and the pages take these names. A limit of another size stands with the rule that needs it.
 */

/** A name of a person, a body, an account or a thing. */
export const nameCharactersMax = 200;
/** A reference, a code or a number that somebody gave. */
export const referenceCharactersMax = 60;
/** What a unit or a pay line is called in short, such as "hours". */
export const shortCodeCharactersMax = 40;
/** A description, or the reason of a change, in a sentence or two. */
export const proseCharactersMax = 1_000;
/** The reasons of a decision, which are kept with who took it. */
export const reasonsCharactersMax = 2_000;
/** The subject or the client id that an issuer of tokens knows somebody by (OpenID Connect Core, section 2). */
export const subjectCharactersMax = 255;
/** Where a rule or a threshold comes from: the document and its section. */
export const sourceCharactersMax = 500;
