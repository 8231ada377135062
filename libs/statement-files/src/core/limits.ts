/** Limits of a statement file. What goes over is refused with a sentence that names the limit. */
export const statementFileBytesMax = 512 * 1024 * 1024;
/** Of a file that is read at once: a PDF, a spreadsheet, an archive; and whatever is handed over as bytes. */
export const wholeFileBytesMax = 20 * 1024 * 1024;
export const statementLinesMax = 1_000_000;
export const statementsPerFileMax = 500;
export const descriptionCharactersMax = 2_000;
/** One record of a CSV file: beyond this a quotation mark was probably never closed. */
export const recordCharactersMax = 50_000;
/** How many records may stand before the header line. */
export const preambleRecordsMax = 20;
export const ofxDepthMax = 64;
/** Fields of one record of a QIF file, its parts included. */
export const qifFieldsMax = 10_000;
/** What stands between two transactions of an OFX file, and what a camt file holds besides its entries. */
export const betweenLinesCharactersMax = 8 * 1024 * 1024;
/** One entry of a camt file with all the payments of which it is made. */
export const camtEntryCharactersMax = 16 * 1024 * 1024;
/** Lines of one field of an MT940 message. */
export const mt940FieldLinesMax = 10_000;
/** Entries of an MT940 statement that stand before anything in it names the currency. */
export const mt940EntriesBeforeCurrencyMax = 20_000;
/** Among how many of the latest ids of a statement one that comes again is noticed, at least. */
export const bankIdsComparedMax = 50_000;
/** Of how much of a text its format is told. */
export const beginningCharactersMax = 8_000;
/** Elements in elements of a camt file or of a sheet. */
export const xmlDepthMax = 64;
/** Elements of one XML text that is read at once, counted before it is read. */
export const xmlElementsMax = 700_000;
/** An archive of statements, or the parts of a spreadsheet: how many files, how many bytes unpacked, how far packed. */
export const archiveEntriesMax = 200;
export const archiveBytesMax = 24 * 1024 * 1024;
export const archiveRatioMax = 200;
/** A file no larger than this may be packed as far as it will go: it can do no harm. */
export const archiveUnratedBytesMax = 1024 * 1024;
export const sheetColumnsMax = 64;
/** Counted before a sheet is read: each cell takes a kilobyte or two of memory, so that long statements come as CSV. */
export const sheetRowsMax = 50_000;
export const sheetCellsMax = 300_000;
export const pdfPagesMax = 300;
export const pdfItemsMax = 200_000;
export const pdfUnpackedBytesMax = 128 * 1024 * 1024;
/** How long the text of a PDF may take to be found. */
export const pdfMillisecondsMax = 20_000;
export const pdfMebibytesMax = 512;
/** Of a layout that an authority adds: columns, and characters of a name. */
export const profileColumnsMax = 100;
export const profileTextMax = 100;
