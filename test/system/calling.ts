import { png } from '../evidence/sample-files.js';
import type { Answer, Caller, CallOptions } from '../support/api.js';
import type { Operation } from './operations.js';
import type { SampleCall } from './sample.js';

/** Calls an operation with a path and a body. */
export function send(
  caller: Caller,
  operation: Operation,
  { path, body }: SampleCall,
  options: CallOptions = {},
): Promise<Answer> {
  switch (operation.method) {
    case 'get':
      return caller.get(path, options);
    case 'delete':
      return caller.delete(path, options);
    case 'patch':
    case 'put':
      return caller.patch(path, body, options);
    case 'post': {
      const [type] = Object.keys(operation.bodies);
      if (type === 'multipart/form-data') {
        const { file: _, ...fields } = body as Record<string, string>;
        return caller.upload(path, fields, { name: 'file.png', type: 'image/png', bytes: png('sample') }, options);
      }
      if (type === undefined || type === 'application/json') return caller.post(path, body, options);
      return caller.post(path, body, { ...options, headers: { ...options.headers, 'content-type': type } });
    }
  }
}
