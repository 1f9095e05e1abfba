// CREATE TABLE: columns, constraints, options, partitions.
parser grammar SqlTable;

createTable : CREATE (OR REPLACE)? tableModifier* TABLE ifNotExists? path
              (OF path | PARTITION OF path)?
              (LPAREN tableElements? RPAREN | LIKE path | LPAREN LIKE path RPAREN)?
              tableOption* (createAs query withData?)? ;
tableModifier : TEMPORARY | TEMP | UNLOGGED | FOREIGN | VIRTUAL | GLOBAL | LOCAL ;
createAs : (IGNORE | REPLACE)? AS? ;
withData : WITH NO? DATA ;

tableElements : tableElement (COMMA tableElement)* ;
tableElement
  : columnDef
  | tableConstraint+
  | LIKE path likeOption*
  | PERIOD FOR identifier nameList
  ;
likeOption : IDENTIFIER (identifier | ALL | STORAGE | COMPRESSION) ;
columnDef : identifier (DOT identifier)* typeName? columnPart* ;

// Constraints and what hangs on them, flat: an attribute belongs to the constraint before it.
columnPart
  : CONSTRAINT identifier?
  | NOT (NULL_ | DEFERRABLE | VALID | ENFORCED)
  | NULL_
  | PRIMARY key (ASC | DESC)? definitionTail?
  | KEY
  | UNIQUE KEY? nullsDistinct? definitionTail?
  | CHECK_ LPAREN expr RPAREN
  | DEFAULT defaultValue
  | COLLATE collationName
  | references
  | onClause
  | MATCH_OP (FULL | identifier)
  | GENERATED (ALWAYS | BY DEFAULT) (ON NULL_)? AS? (IDENTITY sequenceOptions? | LPAREN expr RPAREN | ROW identifier)
  | AS (LPAREN expr RPAREN | ROW identifier)
  | VIRTUAL | STORED | PERSISTENT
  | AUTO_INCREMENT | AUTOINCREMENT
  | SERIAL_DEFAULT
  | COMMENT EQ? text
  | ON_CONFLICT CONFLICT identifier
  | constraintTime
  | NO INHERIT
  | USING INDEX_S TABLESPACE identifier
  | WITH OPTIONS
  | OPTIONS definitionList
  | (STORAGE | COLUMN_FORMAT | COMPRESSION) EQ? (identifier | text | DEFAULT)
  | COMPRESSED (EQ? identifier)?
  | VISIBLE | INVISIBLE
  | SRID EQ? NUMBER
  | (WITH | WITHOUT) IDENTIFIER IDENTIFIER
  | FIRST
  | AFTER identifier
  ;
definitionTail : WITH definitionList ;
nullsDistinct : NULLS NOT? DISTINCT ;
constraintTime : DEFERRABLE | INITIALLY (DEFERRED | IMMEDIATE) | ENFORCED ;
defaultValue : operand (defaultInfix operand)* ;
defaultInfix : PLUS | MINUS | STAR | OP ;
references : REFERENCES path nameList? (MATCH_OP (FULL | identifier))? ;
onClause : ON (DELETE_ | UPDATE)
           ( CASCADE | RESTRICT | SET (NULL_ | DEFAULT) nameList? | NO ACTION
           | NILADIC (LPAREN NUMBER? RPAREN)? | IDENTIFIER LPAREN NUMBER? RPAREN ) ;

tableConstraint : (CONSTRAINT identifier?)? constraintBody constraintPart* ;
constraintBody
  : PRIMARY key ifNotExists? (identifier? indexMethod? keyElements | USING index identifier)
  | UNIQUE (key | index)? ifNotExists? (nullsDistinct? identifier? indexMethod? keyElements | USING index identifier)
  | CHECK_ LPAREN expr RPAREN
  | FOREIGN key ifNotExists? identifier? nameList references
  | EXCLUDE indexMethod? LPAREN excludeElement (COMMA excludeElement)* RPAREN
  | (KEY | INDEX) ifNotExists? identifier? indexMethod? keyElements
  | (FULLTEXT | SPATIAL) (KEY | INDEX)? ifNotExists? identifier? indexMethod? keyElements
  | NOT NULL_ identifier
  ;
keyElements : LPAREN indexElement (COMMA indexElement)* RPAREN ;
excludeElement : indexElement WITH ((identifier DOT)* operatorSymbol | OPERATOR LPAREN (identifier DOT)* operatorSymbol RPAREN) ;
constraintPart
  : constraintTime
  | NOT (DEFERRABLE | VALID | ENFORCED)
  | NO INHERIT
  | onClause
  | MATCH_OP (FULL | identifier)
  | ON_CONFLICT CONFLICT identifier
  | INCLUDE keyElements
  | WITH (definitionList | IDENTIFIER identifier)
  | WHERE LPAREN expr RPAREN
  | USING (INDEX_S TABLESPACE identifier | identifier)
  | COMMENT EQ? text
  | VISIBLE | INVISIBLE
  | IDENTIFIER EQ? (NUMBER | identifier | text)
  ;
indexMethod : USING identifier ;
indexElement : expr (path definitionList?)? (ASC | DESC)? AUTOINCREMENT? (NULLS_LA (FIRST | LAST))? ;

// After the parentheses. A word with a value covers most of MySQL's.
tableOption
  : COMMA
  | INHERITS LPAREN path (COMMA path)* RPAREN
  | PARTITION BY identifier LPAREN indexElement (COMMA indexElement)* RPAREN
  | PARTITION_M BY loose+
  | partitionBound
  | USING identifier (LPAREN moduleArgs? RPAREN)?
  | WITH definitionList
  | WITH IDENTIFIER IDENTIFIER
  | WITHOUT identifier
  | ON IDENTIFIER (DROP | DELETE_ IDENTIFIER | IDENTIFIER IDENTIFIER)
  | TABLESPACE EQ? identifier
  | SERVER identifier
  | OPTIONS definitionList
  | DEFAULT? (CHARSET | COLLATE) EQ? (identifier | text | BINARY | DEFAULT)
  | UNION EQ? LPAREN (path (COMMA path)*)? RPAREN
  | (DATA | INDEX) IDENTIFIER EQ? text
  | (AUTO_INCREMENT | COMMENT | INSERT | STORAGE | COMPRESSION) EQ? optionValue
  | QUOTED_IDENTIFIER EQ optionValue
  | IDENTIFIER (EQ? optionValue)?
  ;
optionValue : signedNumber | identifier | text | DEFAULT | ON | NO | PARAMETER ;
moduleArgs : moduleArg (COMMA moduleArg)* ;
moduleArg : loose* ;
partitionBound : FOR VALUES (IN_ balanced | FROM balanced TO balanced | WITH balanced) | DEFAULT ;
