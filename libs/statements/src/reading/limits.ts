/** How long the program that reads a file may work on it, and so much more for each mebibyte of the file. */
export const readingSecondsMax = 60;
export const readingSecondsPerMebibyte = 1;
/** All the memory of that program, and of it JavaScript objects. */
export const readingMebibytesMax = 1_024;
export const readingHeapMebibytesMax = 768;
/** What it may answer: in one message, and in all, for each byte of the file and at least. */
export const answerMessageBytesMax = 96 * 1024 * 1024;
export const answerBytesPerByteMax = 40;
export const answerBytesAlways = 256 * 1024 * 1024;
/** Files that one process reads at a time, each in a program of its own; further ones wait their turn. */
export const filesReadAtOnceMax = 2;
export const filesWaitingMax = 200;
/** A program that has read a file well reads the next one, so many at most and while it has not grown beyond this. */
export const filesPerReaderMax = 20;
export const readerKeptMebibytesMax = 192;
