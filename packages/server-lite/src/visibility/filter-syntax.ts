/** A filter as it was written, before anybody looks at what its names mean. */

export type FilterOperator =
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'not in'
  | 'starts_with'
  | 'not starts_with'
  | 'like'
  | 'not like'
  | 'regexp'
  | 'not regexp'
  | '<=>';

type OtherExpression =
  | 'NullVal'
  | 'UnaryExpr'
  | 'BinaryExpr'
  | 'FuncExpr'
  | 'Subquery'
  | 'ParenExpr'
  | 'CollateExpr'
  | 'IntervalExpr'
  | 'ExistsExpr'
  | 'CaseExpr';

export type FilterValue =
  | { readonly kind: 'text'; readonly value: string }
  /** Digits as they were written: they may be more than a number can hold. */
  | { readonly kind: 'integer'; readonly digits: string }
  | { readonly kind: 'decimal'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'column'; readonly name: string }
  /** What stands for a value and is none that could be compared with: as it was written. */
  | { readonly kind: 'unreadable'; readonly text: string }
  | { readonly kind: 'list'; readonly values: readonly FilterValue[] }
  /** What the language has and filters do not: named as the error messages of this API name it. */
  | {
      readonly kind: 'other';
      readonly name: `*sqlparser.${OtherExpression}`;
    };

export type FilterExpression =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly FilterExpression[] }
  | { readonly kind: 'not'; readonly term: FilterExpression }
  | {
      readonly kind: 'compare';
      readonly left: FilterValue;
      readonly operator: FilterOperator;
      readonly right: FilterValue;
      /** The comparison, with its operator in lower case. */
      readonly text: string;
    }
  | {
      readonly kind: 'between';
      readonly left: FilterValue;
      readonly negated: boolean;
      readonly from: FilterValue;
      readonly to: FilterValue;
    }
  | { readonly kind: 'isNull'; readonly left: FilterValue; readonly negated: boolean }
  /** What the language has and filters do not. */
  | { readonly kind: 'unsupported'; readonly message: string }
  /** A value that stands alone. */
  | { readonly kind: 'value'; readonly value: FilterValue };

export interface Filter {
  readonly where: FilterExpression | undefined;
  readonly groupBy: readonly FilterValue[];
  readonly hasOrderBy: boolean;
  readonly hasLimit: boolean;
}
