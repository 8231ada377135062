import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { calendarDate, penceFromText } from '@ringfence/kernel';
import { IsOptional, IsUUID, registerDecorator, type ValidationOptions } from 'class-validator';

type FieldOptions = { readonly optional?: boolean; readonly description?: string };

/** A field that holds an amount: a decimal string such as `"12.34"`. A JSON number is refused. */
export function AmountField(options: FieldOptions & { readonly positive?: boolean } = {}): PropertyDecorator {
  const { positive = true } = options;
  return field(
    options,
    { type: String, pattern: '^-?\\d{1,13}(\\.\\d{1,2})?$', example: '12.34' },
    check(
      'isAmount',
      (value) => {
        const pence = typeof value === 'string' ? penceFromText(value) : undefined;
        return pence !== undefined && (!positive || pence > 0n);
      },
      `must be ${positive ? 'an amount above zero' : 'an amount'}, written as a string such as "12.34"`,
    ),
  );
}

/** A field that holds a calendar date, `YYYY-MM-DD`, of a day that exists. */
export function DateField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'date', example: '2026-04-01' },
    check(
      'isCalendarDate',
      (value) => typeof value === 'string' && calendarDate(value) !== undefined,
      'must be a day that exists, written as "2026-04-01"',
    ),
  );
}

export function IdField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: String, format: 'uuid' }, IsUUID('all', { message: '$property must be an id' }));
}

function field(options: FieldOptions, schema: ApiPropertyOptions, rule: PropertyDecorator): PropertyDecorator {
  const { optional = false, description } = options;
  const documented = ApiProperty({
    ...schema,
    required: !optional,
    ...(description ? { description } : {}),
  } as ApiPropertyOptions);
  return applyDecorators(documented, rule, ...(optional ? [IsOptional()] : []));
}

function check(name: string, validate: (value: unknown) => boolean, must: string): PropertyDecorator {
  return (target, property) => {
    const options: ValidationOptions = { message: `$property ${must}` };
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(property),
      options,
      validator: { validate },
    });
  };
}
