// INSERT, UPDATE, DELETE.
parser grammar SqlWrite;

// WITH in front of any of them.
withStatement : withClause? (insertStatement | updateStatement | deleteStatement | queryBody) ;

insertStatement : (INSERT | REPLACE) writeModifier* INTO? path (PARTITION_M nameList)? insertAlias?
                  (LPAREN (insertColumn (COMMA insertColumn)*)? RPAREN)?
                  (OVERRIDING identifier IDENTIFIER)?
                  (query rowAlias? | DEFAULT VALUES | SET assignment (COMMA assignment)*)
                  (ON_CONFLICT conflictTail | ON_DUPLICATE IDENTIFIER? KEY UPDATE assignment (COMMA assignment)*)*
                  returning? ;
writeModifier : OR (IGNORE | identifier) | LOW_PRIORITY | DELAYED | IGNORE ;
insertAlias : AS? identifier ;
rowAlias : ROW_AS identifier nameList? ;
insertColumn : path (LBRACKET subscript RBRACKET | FIELD_DOT identifier)* ;
conflictTail : CONFLICT (LPAREN indexElement (COMMA indexElement)* RPAREN (WHERE expr)? | ON CONSTRAINT identifier)?
               DO (IDENTIFIER | UPDATE SET assignment (COMMA assignment)* (WHERE expr)?) ;
assignment : (assignTarget | LPAREN assignTarget (COMMA assignTarget)* RPAREN) (EQ | ASSIGN) expr ;
assignTarget : path (LBRACKET subscript RBRACKET | FIELD_DOT identifier)* ;
returning : RETURNING selectItems ;

updateStatement : UPDATE writeModifier* fromItem (COMMA fromItem)* SET assignment (COMMA assignment)*
                  (FROM fromItem (COMMA fromItem)*)? whereTail? orderBy? limitPart? returning? ;
deleteStatement : DELETE_ writeModifier*
                  ( FROM deleteTarget (COMMA deleteTarget)* (USING fromItem (COMMA fromItem)*)?
                  | path DOT_STAR? (COMMA path DOT_STAR?)* FROM fromItem (COMMA fromItem)* )
                  whereTail? orderBy? limitPart? returning? ;
deleteTarget : ONLY? (path STAR? | LPAREN path RPAREN) tableHint* (AS? identifier)? tableHint* ;
whereTail : WHERE (expr | CURRENT OF identifier) ;
limitPart : limitClause (OFFSET expr)? ;
