import { Module } from '@nestjs/common';
import { KeptUploads } from './kept-uploads.js';
import { Receipts } from './receipts.js';

@Module({ providers: [Receipts, KeptUploads], exports: [Receipts, KeptUploads] })
export class EvidenceModule {}
