/** One body of JSON or CSV. */
export const requestBytesMax = 2 * 1024 * 1024;
/** One upload, of whatever kind; the libraries have tighter limits of their own. */
export const uploadBytesMax = 20 * 1024 * 1024;
