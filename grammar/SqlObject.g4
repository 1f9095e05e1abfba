// Everything else that is created, commented on and dropped.
parser grammar SqlObject;

createView : (CREATE | ALTER) (OR REPLACE)? viewModifier* MATERIALIZED? VIEW ifNotExists? path nameList?
             viewOption* AS query (WITH (NO? DATA | (LOCAL | IDENTIFIER)? CHECK_ IDENTIFIER))? ;
viewModifier : TEMP | TEMPORARY | RECURSIVE | LOCAL | GLOBAL | ALGORITHM EQ identifier | definer | SQL IDENTIFIER IDENTIFIER ;
definer : DEFINER EQ (identifier | text | NILADIC (LPAREN RPAREN)?) (PARAMETER | OTHER_CHAR (identifier | text))? ;
viewOption : USING identifier | WITH definitionList | TABLESPACE identifier ;

createIndex : CREATE (OR REPLACE)? UNIQUE? (FULLTEXT | SPATIAL | IDENTIFIER)? index CONCURRENTLY? ifNotExists? path? indexMethod?
              ON ONLY? path indexMethod? keyElements indexPart* ;
indexPart
  : INCLUDE keyElements
  | NOWAIT
  | nullsDistinct
  | WITH (definitionList | IDENTIFIER identifier)
  | TABLESPACE identifier
  | WHERE expr
  | USING identifier
  | COMMENT EQ? text
  | VISIBLE | INVISIBLE
  | (ALGORITHM | LOCK) EQ? (identifier | DEFAULT)
  | IDENTIFIER EQ? (NUMBER | identifier | text | DEFAULT)
  ;

createType : CREATE TYPE path (AS ( ENUM LPAREN (text (COMMA text)*)? RPAREN
                                  | RANGE definitionList
                                  | LPAREN (typeAttribute (COMMA typeAttribute)*)? RPAREN )
                              | definitionList)? ;
typeAttribute : identifier typeName (COLLATE collationName)? ;
alterType : ALTER TYPE path
  ( ADD IDENTIFIER ifNotExists? text ((BEFORE | AFTER) text)?
  | RENAME (IDENTIFIER text TO text | TO identifier | IDENTIFIER identifier TO identifier dropBehaviour?)
  | SET (SCHEMA identifier | balanced)
  | OWNER TO (identifier | NILADIC)
  | attributeAction (COMMA attributeAction)* ) ;
attributeAction
  : ADD ATTRIBUTE ifNotExists? typeAttribute dropBehaviour?
  | DROP ATTRIBUTE ifExists? identifier dropBehaviour?
  | ALTER ATTRIBUTE identifier (SET DATA)? TYPE typeName (COLLATE collationName)? dropBehaviour?
  ;

createDomain : CREATE DOMAIN_ path AS? typeName columnPart* ;
alterDomain : ALTER DOMAIN_ path
  ( SET (DEFAULT expr | NOT NULL_ | SCHEMA identifier)
  | DROP (DEFAULT | NOT NULL_ | CONSTRAINT ifExists? identifier dropBehaviour?)
  | ADD (CONSTRAINT identifier)? (CHECK_ LPAREN expr RPAREN | NOT NULL_) constraintPart*
  | RENAME (CONSTRAINT identifier TO identifier | TO identifier)
  | VALIDATE CONSTRAINT identifier
  | OWNER TO (identifier | NILADIC) ) ;

createSequence : (CREATE (OR REPLACE)? | ALTER) tableModifier* SEQUENCE (ifNotExists | ifExists)? path sequenceWords* ;
sequenceOptions : LPAREN sequenceWords* RPAREN ;
sequenceWords
  : AS typeName
  | OWNED BY path
  | OWNER TO (identifier | NILADIC)
  | SET (SCHEMA identifier | IDENTIFIER | UNLOGGED)
  | RENAME TO path
  | NO IDENTIFIER
  | SEQUENCE IDENTIFIER path
  | IDENTIFIER (BY | WITH | EQ)? signedNumber?
  ;

createSchema : CREATE (SCHEMA | DATABASE) ifNotExists? identifier? (AUTHORIZATION (identifier | NILADIC))?
               schemaOption* (createTable | createView | createIndex | createSequence | createTrigger)* ;
schemaOption : DEFAULT? (CHARSET | COLLATE) EQ? (identifier | text | BINARY | DEFAULT)
             | COMMENT EQ? text
             | IDENTIFIER EQ? (identifier | text | signedNumber | DEFAULT | NILADIC)
             | OWNER EQ? identifier | TABLESPACE EQ? identifier | WITH ;

createFunction : CREATE (OR REPLACE)? definer? AGGREGATE? (FUNCTION | PROCEDURE) ifNotExists? path
                 (LPAREN (parameter (COMMA parameter)*)? RPAREN)?
                 (RETURNS (TABLE LPAREN (typeAttribute (COMMA typeAttribute)*)? RPAREN | typeName collateTail?))?
                 functionRest ;
collateTail : COLLATE EQ? (identifier | text) ;
parameter : (IN_ | VARIADIC)? typeName VARIADIC? (typeName typeName?)? collateTail? ((DEFAULT | EQ | ASSIGN) expr)? ;
functionRest : (~(TYPE_TAIL | WITH_TZ | TYPE_PERCENT | LBRACKET | ARRAY | INTERVAL_FIELD | UNSIGNED | ZEROFILL | BINARY
                 | CHARSET | LPAREN | DOT | COLLATE) .*?)? ;

createTrigger : CREATE (OR REPLACE)? definer? (CONSTRAINT | TEMP | TEMPORARY)? TRIGGER ifNotExists? path
                (BEFORE | AFTER | INSTEAD OF)? triggerEvent (OR triggerEvent)* ON path
                triggerPrelude (TRIGGER_WHEN expr triggerBody)? ;
triggerEvent : INSERT | DELETE_ | UPDATE (OF identifier (COMMA identifier)*)? | IDENTIFIER ;
triggerPrelude : (~(TRIGGER_WHEN | DOT) (~TRIGGER_WHEN)*)? ;
triggerBody : (BEGIN_ | EXECUTE) .*? ;

commentOn : COMMENT ON commentTarget IS (text | NULL_) ;
commentTarget : (~IS)+ ;

dropStatement : DROP dropObject CONCURRENTLY? ifExists? dropName (COMMA dropName)* (ON path)? dropTail* ;
dropObject
  : TEMPORARY? TABLE | MATERIALIZED? VIEW | index | TYPE | DOMAIN_ | SEQUENCE | SCHEMA | DATABASE | FUNCTION | PROCEDURE
  | IDENTIFIER | AGGREGATE | TRIGGER | FOREIGN TABLE ;
dropName : path balanced? ;
dropTail : CASCADE | RESTRICT | (ALGORITHM | LOCK) EQ? (identifier | DEFAULT) | NO IDENTIFIER | IDENTIFIER NUMBER? ;
