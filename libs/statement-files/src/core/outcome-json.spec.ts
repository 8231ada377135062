import { parseOutcomeJson } from './outcome-json.js';
import { readStatementFile } from '../read-statement-file.js';

describe('the JSON of a reading', () => {
  it('has decimal strings, nulls, and the keys of the command line’s contract', async () => {
    const bytes = new TextEncoder().encode('Date,Description,Amount,Balance\n05/04/2026,RIVER CARE,-60.00,1940.00\n');
    expect(JSON.stringify(parseOutcomeJson('april.csv', await readStatementFile(bytes)))).toBe(
      '{"file":"april.csv","ok":true,"format":"csv","profile":"first-direct","statements":[{"account":null,"currency":"GBP","openingBalance":"2000.00","closingBalance":"1940.00","lines":[{"date":"2026-04-05","amount":"-60.00","description":"RIVER CARE","bankId":null,"balance":"1940.00"}],"warnings":[]}]}',
    );
  });

  it('has the refusal with its line', async () => {
    const bytes = new TextEncoder().encode('Date,Description,Amount,Balance\n31/02/2026,RIVER CARE,-60.00,1940.00\n');
    expect(JSON.stringify(parseOutcomeJson('april.csv', await readStatementFile(bytes)))).toBe(
      '{"file":"april.csv","ok":false,"error":{"code":"DATE_WRONG","message":"Line 2: Date is \\"31/02/2026\\", a day that does not exist.","line":2}}',
    );
  });
});
