// ALTER TABLE and the other ALTERs that know its actions.
parser grammar SqlAlter;

alterTable : ALTER IDENTIFIER* (FOREIGN? TABLE | MATERIALIZED? VIEW | index | SEQUENCE) ifExists?
             (ONLY LPAREN path RPAREN | ONLY? path STAR?) (alterAction (COMMA alterAction)*)? ;
alterAction
  : ADD ( COLUMN? ifNotExists? (columnDef | LPAREN tableElements RPAREN)
        | tableConstraint
        | PARTITION_M loose* | PERIOD FOR identifier nameList )
  | DROP ( COLUMN? ifExists? identifier dropBehaviour?
         | CONSTRAINT ifExists? identifier dropBehaviour?
         | PRIMARY key | FOREIGN key ifExists? (identifier DOT)* identifier | (INDEX | KEY) ifExists? identifier
         | CHECK_ identifier | PARTITION_M loose* (COMMA identifier)* )
  | ALTER ( COLUMN? ifExists? (identifier | NUMBER) alterColumn
          | CONSTRAINT identifier constraintPart*
          | (INDEX | KEY | CHECK_) ifExists? identifier (VISIBLE | INVISIBLE | NOT? (ENFORCED | IDENTIFIER)) )
  | MODIFY COLUMN? ifExists? columnDef
  | CHANGE COLUMN? ifExists? identifier columnDef
  | RENAME ( (TO | AS | EQ)? path (TO path)?
           | COLUMN ifExists? identifier TO identifier
           | CONSTRAINT identifier TO identifier
           | (INDEX | KEY) ifExists? identifier TO identifier )
  | SET ( SCHEMA identifier | balanced | loose+ )
  | RESET balanced
  | OWNER TO (identifier | NILADIC)
  | VALIDATE CONSTRAINT identifier
  | ATTACH PARTITION path partitionBound?
  | DETACH PARTITION path (CONCURRENTLY | IDENTIFIER)*
  | INHERIT path
  | NO (INHERIT path | IDENTIFIER loose*)
  | NOT OF
  | OF path
  | CONVERT TO CHARSET (identifier | text | BINARY | DEFAULT) (COLLATE EQ? (identifier | text))?
  | ORDER BY indexElement
  | DEFAULT? (CHARSET | COLLATE) EQ? (identifier | text | BINARY | DEFAULT) alterMore*
  | (ALGORITHM | LOCK) EQ? (identifier | DEFAULT)
  | (AUTO_INCREMENT | COMMENT | COMPRESSION | STORAGE) EQ? optionValue alterMore*
  | UNION EQ? balanced
  | PARTITION_M BY loose+ (COMMA loose+)*
  | FORCE loose*
  | (TABLESPACE | DATA | INDEX | INSERT | OPTIONS | WITH | WITHOUT | COLUMN_FORMAT) loose+
  | IDENTIFIER loose*
  ;
// Table options that follow one another without a comma.
alterMore : DEFAULT? (CHARSET | COLLATE) EQ? (identifier | text | BINARY | DEFAULT)
          | (AUTO_INCREMENT | COMMENT | COMPRESSION | STORAGE) EQ? optionValue
          | TABLESPACE EQ? identifier
          | IDENTIFIER EQ? optionValue ;
dropBehaviour : CASCADE | RESTRICT ;
alterColumn
  : TYPE typeName (COLLATE collationName)? (USING expr)? dropBehaviour?
  | SET ( IDENTIFIER TYPE typeName (COLLATE collationName)? (USING expr)?
        | DATA TYPE typeName (COLLATE collationName)? (USING expr)?
        | DEFAULT expr
        | NOT NULL_
        | STORAGE (identifier | DEFAULT)
        | COMPRESSION (identifier | DEFAULT)
        | identityChange+ 
        | VISIBLE | INVISIBLE
        | balanced
        | IDENTIFIER (signedNumber | DEFAULT | AS LPAREN expr RPAREN) )
  | DROP (DEFAULT | NOT NULL_ | IDENTITY ifExists? | IDENTIFIER ifExists?)
  | ADD GENERATED (ALWAYS | BY DEFAULT) AS IDENTITY sequenceOptions?
  | RESET balanced
  | OPTIONS balanced
  | IDENTIFIER loose*
  ;
identityChange : SET? (GENERATED (ALWAYS | BY DEFAULT) | sequenceWords) ;

renameTable : RENAME (TABLE | identifier) ifExists? renamePair (COMMA renamePair)* ;
renamePair : path (IDENTIFIER NUMBER?)? TO path ;
