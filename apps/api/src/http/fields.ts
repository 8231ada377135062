import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { calendarDate, calendarMonth, dateRangeText, penceFromText } from '@ringfence/kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  registerDecorator,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';

interface FieldOptions {
  readonly optional?: boolean;
  readonly nullable?: boolean;
  readonly description?: string;
  readonly example?: unknown;
  readonly default?: unknown;
}

interface LengthOptions {
  /** 1 of a text and 0 of a list where left out. */
  readonly min?: number;
  readonly max: number;
}

/*
 * Each decorator checks a field and describes it, so that a limit stands once: as a constant of the library whose rule it
 * is, which the decorator takes.
 */

/** What an id, a day and an amount look like in JSON. An amount may come short; it leaves with its two places. */
export const idText = { type: 'string', format: 'uuid' } as const;
export const dateText = { type: 'string', format: 'date', example: '2026-04-01' } as const;
export const monthText = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$', example: '2026-04' } as const;
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

/** A field that holds a calendar date, `YYYY-MM-DD`, of a day that exists, from `dateMin` to `dateMax`. */
export function DateField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    inRange(options),
    dateText,
    check(
      'isCalendarDate',
      (value) => typeof value === 'string' && calendarDate(value) !== undefined,
      `must be a day that exists, ${dateRangeText}, written as "2026-04-01"`,
    ),
  );
}

/** A field that holds a calendar month, `YYYY-MM`, of the same range. */
export function MonthField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    inRange(options),
    monthText,
    check(
      'isCalendarMonth',
      (value) => typeof value === 'string' && calendarMonth(value) !== undefined,
      `must be a month, ${dateRangeText}, written as "2026-04"`,
    ),
  );
}

function inRange({ description, ...options }: FieldOptions): FieldOptions {
  const range = `${dateRangeText[0]!.toUpperCase()}${dateRangeText.slice(1)}`;
  return { ...options, description: description ? `${description}. ${range}` : range };
}

export function IdField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, idText, IsUUID('all', { message: '$property must be an id' }));
}

/** A list of `min` to `max` ids; none at least where `min` is left out. */
export function IdsField(options: FieldOptions & LengthOptions): PropertyDecorator {
  return fields(options, idText, IsUUID('all', { each: true }));
}

/** A text of `min` to `max` characters. */
export function TextField(options: FieldOptions & LengthOptions): PropertyDecorator {
  const { min = 1, max } = options;
  if (min > 0) return field(options, textOf(options), Length(min, max));
  return field(options, textOf(options), applyDecorators(IsString(), MaxLength(max)));
}

/** A list of at most `itemsMax` texts of `min` to `max` characters each. */
export function TextsField(options: FieldOptions & LengthOptions & { readonly itemsMax: number }): PropertyDecorator {
  const { min = 1, max, itemsMax } = options;
  return fields({ ...options, min: 0, max: itemsMax }, textOf(options), Length(min, max, { each: true }));
}

/** A text of the form that a pattern says, which the refusal names as "must be …". */
export function PatternField(pattern: RegExp, must: string, options: FieldOptions = {}): PropertyDecorator {
  const schema = { type: 'string', pattern: pattern.source } as const;
  return field(options, schema, Matches(pattern, { message: `$property ${must}` }));
}

/** One of a few words. */
export function ChoiceField(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: 'string', enum: [...values] }, IsIn(values));
}

export function BooleanField(options: FieldOptions = {}): PropertyDecorator {
  return field(options, { type: 'boolean' }, IsBoolean());
}

export function IntegerField(
  options: FieldOptions & { readonly min: number; readonly max: number },
): PropertyDecorator {
  const { min, max } = options;
  const schema = { type: 'integer', minimum: min, maximum: max } as const;
  return field(options, schema, applyDecorators(IsInt(), Min(min), Max(max)));
}

function textOf({ min = 1, max }: LengthOptions) {
  return { type: 'string', ...(min > 0 ? { minLength: min } : {}), maxLength: max } as const;
}

function fields(options: FieldOptions & LengthOptions, items: object, rule: PropertyDecorator): PropertyDecorator {
  const { min = 0, max } = options;
  const schema = { type: 'array', items, ...(min > 0 ? { minItems: min } : {}), maxItems: max } as ApiPropertyOptions;
  const sizes = [ArrayMaxSize(max), ...(min > 0 ? [ArrayMinSize(min)] : [])];
  return field(options, schema, applyDecorators(rule, ...sizes, IsArray()));
}

type ClassOf = new () => object;

/** A field that holds one object of a class: neither a list nor a scalar, nor null. */
export function ObjectField(classOf: ClassOf, options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    nested(options, { type: classOf }),
    check('isObject', isObject, 'must be an object'),
    ValidateNested(),
    Type(() => classOf),
  );
}

/** A field that holds a list of `min` to `max` objects of a class, and nothing else: no list in the list, and no null. */
export function ObjectsField(
  classOf: ClassOf,
  options: FieldOptions & { readonly min?: number; readonly max: number },
): PropertyDecorator {
  const { min = 0, max } = options;
  return applyDecorators(
    nested(options, { type: [classOf], minItems: min, maxItems: max }),
    check(
      'isListOfObjects',
      (value) => Array.isArray(value) && min <= value.length && value.length <= max && value.every(isObject),
      `must be a list of ${min} to ${max} objects`,
    ),
    ValidateNested({ each: true }),
    Type(() => classOf),
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nested({ optional = false, description }: FieldOptions, schema: ApiPropertyOptions): PropertyDecorator {
  const documented = { ...schema, required: !optional, ...(description ? { description } : {}) };
  return applyDecorators(ApiProperty(documented as ApiPropertyOptions), ...(optional ? [IsOptional()] : []));
}

function field(options: FieldOptions, schema: ApiPropertyOptions, rule: PropertyDecorator): PropertyDecorator {
  const { optional = false, nullable = false, description, example, default: usual } = options;
  const documented = ApiProperty({
    ...schema,
    required: !optional,
    ...(nullable ? { nullable } : {}),
    ...(description ? { description } : {}),
    ...(example === undefined ? {} : { example }),
    ...(usual === undefined ? {} : { default: usual }),
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
