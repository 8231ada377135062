import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { pdfItemsMax, pdfMebibytesMax, pdfMillisecondsMax, pdfPagesMax } from '../../core/limits.js';
import { Refusal } from '../../core/outcome.js';

/** A piece of text on a page. Lengths in points; `y` grows downwards from the top of the page. */
export interface PdfItem {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The text of each page. In a thread of its own, so that a file made to never end is ended. Rejects with a `Refusal`. */
export async function pdfPages(bytes: Uint8Array): Promise<PdfItem[][]> {
  const worker = new Worker(program, {
    eval: true,
    workerData: { library, bytes: bytes.slice(), pagesMax: pdfPagesMax, itemsMax: pdfItemsMax },
    resourceLimits: { maxOldGenerationSizeMb: pdfMebibytesMax },
    stdout: true,
    stderr: true,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    const answer = await new Promise<Answer>((resolve) => {
      timer = setTimeout(() => resolve({ fault: 'time' }), pdfMillisecondsMax);
      worker.once('message', resolve);
      worker.once('error', () => resolve({ fault: 'malformed' }));
      worker.once('exit', () => resolve({ fault: 'malformed' }));
    });
    if ('pages' in answer) return answer.pages;
    throw faults[answer.fault];
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

type Answer = { readonly pages: PdfItem[][] } | { readonly fault: keyof typeof faults };

const faults = {
  time: new Refusal(
    'PAGE_UNREADABLE',
    `The text of the PDF was not found within ${pdfMillisecondsMax / 1000} seconds: download the statement as CSV or OFX from the bank.`,
  ),
  password: new Refusal(
    'PAGE_UNREADABLE',
    'The PDF is under a password: save it without one, or download the statement as CSV.',
  ),
  malformed: new Refusal(
    'FILE_MALFORMED',
    'The PDF is damaged: download it again without opening it in another program.',
  ),
  pages: new Refusal('FILE_TOO_LARGE', `The PDF has more than ${pdfPagesMax} pages: download a shorter period.`),
  items: new Refusal(
    'FILE_TOO_LARGE',
    `The PDF has more than ${pdfItemsMax} pieces of text: download a shorter period.`,
  ),
};

const library = pathToFileURL(createRequire(import.meta.url).resolve('pdfjs-dist/legacy/build/pdf.mjs')).href;

/** What runs in the thread. Scripts in the PDF, its fonts and its pictures are not touched. */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
async function pagesOf() {
  const { getDocument } = await import(workerData.library);
  const task = getDocument({
    data: workerData.bytes, isEvalSupported: false, disableFontFace: true, useSystemFonts: false,
    enableXfa: false, stopAtErrors: true, verbosity: 0,
  });
  const document = await task.promise;
  if (document.numPages > workerData.pagesMax) return { fault: 'pages' };
  const pages = [];
  let count = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const top = page.view[3];
    const { items } = await page.getTextContent({ includeMarkedContent: false });
    count += items.length;
    if (count > workerData.itemsMax) return { fault: 'items' };
    pages.push(items.filter(({ str }) => str.trim() !== '').map(({ str, transform, width, height }) => ({
      text: str, x: transform[4], y: top - transform[5], width, height: height || Math.abs(transform[3]) || 1,
    })));
  }
  return { pages };
}
pagesOf()
  .catch((error) => ({ fault: error && error.name === 'PasswordException' ? 'password' : 'malformed' }))
  .then((answer) => parentPort.postMessage(answer));
`;
