import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { calendarDate, penceFromText } from '@ringfence/kernel';
import { IsOptional, IsUUID, registerDecorator, type ValidationOptions } from 'class-validator';

type FieldOptions = { readonly optional?: boolean; readonly nullable?: boolean; readonly description?: string };

/** What an id, a day and an amount look like in JSON. An amount may come short; it leaves with its two places. */
export const idText = { type: 'string', format: 'uuid' } as const;
export const dateText = { type: 'string', format: 'date', example: '2026-04-01' } as const;
export const amountTaken = { type: 'string', pattern: '^-?\\d{1,13}(\\.\\d{1,2})?$', example: '12.34' } as const;
export const amountGiven = { type: 'string', pattern: '^-?\\d+\\.\\d{2}$', example: '12.34' } as const;

/** A field that holds an amount: a decimal string such as `"12.34"`. A JSON number is refused. */
export function AmountField(options: FieldOptions & { readonly positive?: boolean } = {}): PropertyDecorator {
  const { positive = true } = options;
  return field(
    options,
    amountTaken,
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
    dateText,
    check(
      'isCalendarDate',
      (value) => typeof value === 'string' && calendarDate(value) !== undefined,
      'must be a day that exists, written as "2026-04-01"',
    ),
  );
}

export function IdField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, idText, IsUUID('all', { message: '$property must be an id' }));
}

function field(options: FieldOptions, schema: ApiPropertyOptions, rule: PropertyDecorator): PropertyDecorator {
  const { optional = false, nullable = false, description } = options;
  const documented = ApiProperty({
    ...schema,
    required: !optional,
    ...(nullable ? { nullable } : {}),
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
