import { StringDecoder } from 'node:string_decoder';

/**
 * The lines of a stream of UTF-8, ended by LF or CRLF. `readline` will not do: it also ends lines at U+2028, which may
 * stand in a JSON text as it is. A line longer than `charactersMax` is answered cut, one character too long.
 */
export async function* linesOf(input: AsyncIterable<Buffer | string>, charactersMax: number): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of input) {
    const parts = (typeof chunk === 'string' ? chunk : decoder.write(chunk)).split('\n');
    rest = joined(rest, parts[0] ?? '', charactersMax);
    for (const part of parts.slice(1)) {
      yield rest.replace(/\r$/, '');
      rest = joined('', part, charactersMax);
    }
  }
  rest = joined(rest, decoder.end(), charactersMax);
  if (rest !== '') yield rest;
}

function joined(rest: string, part: string, charactersMax: number): string {
  return rest.length > charactersMax ? rest : (rest + part).slice(0, charactersMax + 1);
}
