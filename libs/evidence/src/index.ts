export * from './domain/kept-upload.js';
export * from './domain/receipt.js';
export * from './domain/receipt-file.js';
export * from './evidence.module.js';
export type { ReceiptFilter, ReceiptRow } from './evidence.sql.js';
export { KeptUploads, sweepKeptUploads, type KeptUpload, type UploadToKeep } from './kept-uploads.js';
export {
  Receipts,
  receiptsOfLines,
  type ReceiptChange,
  type ReceiptFile,
  type ReceiptKept,
  type ReceiptUpload,
} from './receipts.js';
