import { Module } from '@nestjs/common';
import { Receipts } from './receipts.service.js';

@Module({ providers: [Receipts], exports: [Receipts] })
export class EvidenceModule {}
