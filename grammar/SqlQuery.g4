// SELECT and what stands in its place.
parser grammar SqlQuery;

query : withClause? queryBody ;
queryBody : queryTerm (setOperator queryTerm)* orderBy? queryTail* ;
setOperator : (UNION | INTERSECT | EXCEPT) (ALL | DISTINCT)? ;
queryTerm
  : selectCore
  | VALUES valuesRow (COMMA valuesRow)*
  | TABLE ONLY? path STAR?
  | LPAREN_Q query RPAREN
  ;
valuesRow : ROW? LPAREN exprList? RPAREN | LPAREN_Q query RPAREN ;

withClause : WITH RECURSIVE? commonTable (COMMA commonTable)* ;
commonTable : identifier nameList? AS (NOT? MATERIALIZED)?
              (LPAREN_Q query RPAREN | LPAREN writeBody RPAREN) cteTail* ;
writeBody : withClause? (insertStatement | updateStatement | deleteStatement) ;
cteTail : IDENTIFIER identifier (COMMA identifier)* (FIRST? BY identifier (COMMA identifier)*)? SET identifier
          (TO cycleMark DEFAULT cycleMark)? (USING identifier)? ;
cycleMark : literal | nameExpr ;

selectCore : SELECT selectModifier* selectItems? intoClause? (FROM fromItem (COMMA fromItem)*)? (WHERE expr)?
             groupBy? (HAVING expr)? (WINDOW windowDef (COMMA windowDef)*)? ;
selectModifier : DISTINCT (ON LPAREN exprList RPAREN)? | ALL | STRAIGHT_JOIN | LOW_PRIORITY ;
selectItems : selectItem (COMMA selectItem)* ;
selectItem : STAR | expr alias? ;
alias : AS anyName | identifier | STRING_ALIAS ;
anyName : ~(BIT_STRING | NUMBER | PARAMETER | LPAREN | LPAREN_Q | RPAREN | LBRACKET | RBRACKET | COMMA | DOT | SEMICOLON
          | COLON | TYPECAST | ASSIGN | ARROW | EQ | STAR | PLUS | MINUS | OP | OTHER_CHAR) ;
intoClause : INTO TABLE? intoTarget (COMMA intoTarget)* ;
intoTarget : path (TABLE? path)? text? | PARAMETER ;
groupBy : GROUP BY (ALL | DISTINCT)? groupItem (COMMA groupItem)* WITH_ROLLUP? ;
groupItem : expr (ASC | DESC)? ;
windowDef : identifier AS windowSpec ;

fromItem : fromPrimary (joinOperator fromPrimary | ON expr | USING nameList (AS identifier)?)* ;
joinOperator : NATURAL? ((LEFT | RIGHT | FULL) OUTER? | INNER | CROSS)? JOIN | STRAIGHT_JOIN ;
fromPrimary
  : ONLY (LPAREN path RPAREN | path STAR?) fromTail
  | LATERAL? ( LPAREN_Q query RPAREN fromTail
             | ROWS_FROM LPAREN functionCall columnDefs? (COMMA functionCall columnDefs?)* RPAREN fromTail
             | path (LPAREN callArgs RPAREN | STAR)? fromTail
             | NILADIC (LPAREN NUMBER RPAREN)? fromTail
             | (OPAQUE_CALL | CAST) balanced fromTail )
  | LPAREN fromItem (COMMA fromItem)* RPAREN fromTail
  ;
fromTail : WITH_ORDINALITY? tableHint* (tableAlias tableHint*)? ;
functionCall : path LPAREN callArgs RPAREN ;
columnDefs : AS LPAREN aliasColumn (COMMA aliasColumn)* RPAREN ;
tableAlias : AS (identifier | STRING_ALIAS | STRING) aliasColumns? | AS aliasColumns | identifier aliasColumns? ;
aliasColumns : LPAREN aliasColumn (COMMA aliasColumn)* RPAREN ;
aliasColumn : identifier typeName? (COLLATE collationName)? ;
tableHint
  : TABLESAMPLE path LPAREN exprList? RPAREN (IDENTIFIER LPAREN expr RPAREN)?
  | INDEXED BY identifier | NOT INDEXED
  | (USE | FORCE | IGNORE) (INDEX | KEY) (FOR (JOIN | ORDER BY | GROUP BY))? LPAREN (hintName (COMMA hintName)*)? RPAREN
  | PARTITION_M nameList
  ;
hintName : identifier | PRIMARY ;

orderBy : ORDER BY orderItem (COMMA orderItem)* ;
orderItem : expr (ASC | DESC | USING operatorSymbol | USING OPERATOR LPAREN (identifier DOT)* operatorSymbol RPAREN)?
            (NULLS_LA (FIRST | LAST))? ;
queryTail
  : limitClause
  | OFFSET expr IDENTIFIER?
  | FETCH identifier (signedNumber | LPAREN expr RPAREN | PARAMETER)? identifier (ONLY | WITH TIES)
  | FOR lockStrength (OF path (COMMA path)*)? (IDENTIFIER IDENTIFIER?)?
  | LOCK IN_ IDENTIFIER IDENTIFIER
  | intoClause
  ;
lockStrength : UPDATE | NO KEY_S UPDATE | KEY_S IDENTIFIER | IDENTIFIER ;
limitClause : LIMIT (expr | ALL) (COMMA expr)? ;
