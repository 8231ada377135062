import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { Problem, type Fault } from '@ringfence/kernel';

/** Checks bodies and queries against their classes; refuses unknown fields, and names each fault by a JSON pointer. */
export function requestValidation(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => {
      const faults = faultsOf(errors);
      const [first] = faults;
      const more = faults.length > 1 ? ` There are ${faults.length - 1} more faults under "errors".` : '';
      return new Problem('invalid-request', `${first?.message ?? 'The request could not be read.'}${more}`, {
        errors: faults,
      });
    },
  });
}

function faultsOf(errors: readonly ValidationError[], path = ''): Fault[] {
  return errors.flatMap((error) => {
    const pointer = `${path}/${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((message) => ({
      pointer,
      message: sentence(pointer, error.property, message),
    }));
    return [...own, ...faultsOf(error.children ?? [], pointer)];
  });
}

/** class-validator says "amount must be …"; the reader is better served by the whole path. */
function sentence(pointer: string, property: string, message: string): string {
  const text = message.startsWith(property) ? pointer + message.slice(property.length) : `${pointer}: ${message}`;
  return text.endsWith('.') ? text : `${text}.`;
}
