/** One file and a few short fields for each upload. */
export const uploadBytesMax = 20 * 1024 * 1024;
export const uploadFieldBytesMax = 4 * 1024;
export const uploadFieldsMax = 10;

export const uploadLimits = {
  files: 1,
  fileSize: uploadBytesMax,
  fields: uploadFieldsMax,
  fieldSize: uploadFieldBytesMax,
  parts: uploadFieldsMax + 1,
} as const;
