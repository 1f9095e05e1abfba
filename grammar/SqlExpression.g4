// Expressions and types.
parser grammar SqlExpression;

// Operators in the order of the text: what binds tighter is decided by the builder, by dialect.
expr : operand (infix operand | suffix)* ;
operand : prefix* primary tight* ;
prefix : PLUS | MINUS | OP | NOT | BINARY ;
tight : TYPECAST typeName | LBRACKET subscript RBRACKET | FIELD_DOT (identifier | STAR) ;
subscript : expr (COLON expr?)? | COLON expr? ;

infix
  : PLUS | MINUS | STAR | OP | EQ | AND | OR | XOR | DIV | MOD | BETWEEN_AND | ESCAPE | OVERLAPS | ASSIGN
  | NOT_OP? (LIKE | ILIKE | GLOB | MATCH_OP | REGEXP | RLIKE | SIMILAR TO? | BETWEEN (SYMMETRIC | ASYMMETRIC)?)
  | IS NOT? (DISTINCT FROM)?
  | AT TIME ZONE
  | SOUNDS LIKE
  | MEMBER OF
  | OPERATOR LPAREN (identifier DOT)* operatorSymbol RPAREN
  ;
operatorSymbol : OP | EQ | STAR | PLUS | MINUS ;

suffix
  : NOT_OP (NULL_ | IN_ inTail)
  | IN_ inTail
  | ISNULL | NOTNULL
  | COLLATE collationName
  ;
collationName : (identifier | text | BINARY | DEFAULT) (DOT identifier)* ;
inTail : LPAREN exprList? RPAREN | LPAREN_Q query RPAREN | path | PARAMETER ;
exprList : expr (COMMA expr)* ;

primary
  : literal
  | PARAMETER
  | LPAREN exprList? RPAREN
  | LPAREN_Q query RPAREN
  | ROW LPAREN exprList? RPAREN
  | ARRAY (LBRACKET arrayItems? RBRACKET | LPAREN_Q query RPAREN)
  | QUANTIFIER (LPAREN expr RPAREN | LPAREN_Q query RPAREN)
  | EXISTS LPAREN_Q query RPAREN
  | CASE expr? whenPart+ (ELSE expr)? END
  | CAST LPAREN expr AS typeName (COLLATE collationName)? RPAREN
  | CONVERT LPAREN expr (COMMA typeName | USING (identifier | text | BINARY | DEFAULT)) RPAREN
  | INTERVAL_M expr identifier
  | EXTRACT LPAREN (identifier | text) FROM expr RPAREN
  | POSITION LPAREN expr (IN_POSITION | COMMA) expr RPAREN
  | TRIM LPAREN (TRIM_SIDE FROM? exprList? | exprList) (FROM exprList)? RPAREN
  | SUBSTRING LPAREN expr (COMMA expr)* ((FROM | FOR) expr)* RPAREN
  | OVERLAY LPAREN expr ((PLACING | COMMA) expr) ((FROM | FOR | COMMA) expr)* RPAREN
  | MATCH LPAREN exprList RPAREN AGAINST LPAREN expr searchMode? RPAREN
  | DEFAULT (LPAREN path RPAREN)?
  | VALUES_FN LPAREN path RPAREN
  | RAISE LPAREN (IGNORE | identifier COMMA expr) RPAREN
  | NILADIC (LPAREN expr? RPAREN)?
  | OPAQUE_CALL balanced
  | nameExpr
  ;
arrayItems : arrayItem (COMMA arrayItem)* ;
arrayItem : expr | LBRACKET arrayItems? RBRACKET ;
whenPart : WHEN expr THEN expr ;
searchMode : IN_MODE loose+ | WITH loose+ ;
literal : NUMBER | text | BIT_STRING | NULL_ | TRUE_ | FALSE_ ;

// A column, a function call, or a literal of a named type (date '2020-01-01', char(3) 'abc').
nameExpr : name=columnPath (LPAREN callArgs RPAREN callSuffix*)? typedLiteralTail? ;
columnPath : identifier (DOT (identifier | STAR))* ;
typedLiteralTail : TYPE_TAIL+ (LPAREN typeArg RPAREN)? (WITH_TZ TIME ZONE)? STRING INTERVAL_FIELD*
                 | WITH_TZ TIME ZONE STRING
                 | STRING INTERVAL_FIELD* (LPAREN typeArg RPAREN)? ;
callArgs
  : STAR
  | (DISTINCT | ALL)? callArg (COMMA callArg)* orderBy? (SEPARATOR text)? limitClause? (USING identifier)?
  |
  ;
callArg : VARIADIC? (expr (AS typeName)? | ARG_NAME (ARROW | ASSIGN) expr) ;
callSuffix
  : FILTER LPAREN WHERE expr RPAREN
  | WITHIN GROUP LPAREN orderBy RPAREN
  | IGNORE_NULLS NULLS
  | OVER (identifier | windowSpec)
  ;
windowSpec : LPAREN windowName? (PARTITION BY exprList)? orderBy? frame? RPAREN ;
windowName : IDENTIFIER | QUOTED_IDENTIFIER ;
frame : RANGE loose+ ;

typeName : SETOF? typePath TYPE_TAIL* typeArgs? typeSuffix* ;
typePath : identifier (DOT identifier)* | SET | BINARY | UNSIGNED | CHARSET ;
typeArgs : LPAREN typeArg (COMMA typeArg)* RPAREN ;
typeArg : signedNumber identifier? | text | identifier | STAR | BIT_STRING ;
typeSuffix
  : WITH_TZ TIME ZONE
  | TYPE_PERCENT
  | LBRACKET NUMBER? RBRACKET
  | ARRAY (LBRACKET NUMBER? RBRACKET)?
  | INTERVAL_FIELD+ typeArgs?
  | UNSIGNED | ZEROFILL | BINARY
  | CHARSET EQ? (identifier | text | BINARY)
  ;
