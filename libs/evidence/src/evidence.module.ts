import { Module } from '@nestjs/common';
import { KeptUploads } from './kept-uploads.service.js';
import { Receipts } from './receipts.service.js';

@Module({ providers: [Receipts, KeptUploads], exports: [Receipts, KeptUploads] })
export class EvidenceModule {}
