/** Limits of a statement file. What goes over is refused with a sentence that names the limit. */
export const statementFileBytesMax = 20 * 1024 * 1024;
export const statementLinesMax = 200_000;
export const statementsPerFileMax = 500;
export const descriptionCharactersMax = 2_000;
/** One record of a CSV file: beyond this a quotation mark was probably never closed. */
export const recordCharactersMax = 50_000;
/** How many records may stand before the header line. */
export const preambleRecordsMax = 20;
export const ofxDepthMax = 64;
