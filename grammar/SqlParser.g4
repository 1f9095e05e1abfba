// The union of PostgreSQL's, MySQL's and SQLite's SQL, one statement at a time. What differs between them is settled
// before: compiler/syntax/retag.cpp chooses the kind of each word by its dialect and neighbours, so that nearly every
// decision here is made by one token and no automaton has to be warmed up. Operators are read as a flat list
// (SqlExpression.g4); their precedence, which differs by dialect, is the builder's.
parser grammar SqlParser;

import SqlExpression, SqlQuery, SqlWrite, SqlTable, SqlAlter, SqlObject;

tokens {
  // Shapes.
  IDENTIFIER, QUOTED_IDENTIFIER, STRING, STRING_ALIAS, BIT_STRING, NUMBER, PARAMETER, NILADIC,
  LPAREN, LPAREN_Q, RPAREN, LBRACKET, RBRACKET, COMMA, DOT, SEMICOLON, COLON, TYPECAST, ASSIGN, ARROW, EQ, STAR, PLUS,
  MINUS, OP, OTHER_CHAR,
  // Words that stand for what their neighbours make of them.
  ARG_NAME, TYPE_TAIL, TYPE_PERCENT, WITH_TZ, WITH_ROLLUP, WITH_ORDINALITY, NULLS_LA, NOT_OP, BETWEEN_AND, QUANTIFIER,
  IN_MODE, IN_POSITION, ON_CONFLICT, ON_DUPLICATE, INTERVAL_M, INTERVAL_FIELD, VALUES_FN, TRIGGER_WHEN, CHARSET,
  PARTITION_M, IF_LA, TRIM_SIDE, IGNORE_NULLS, ROW_AS, OPAQUE_CALL, FIELD_DOT, DOT_STAR, ATTRIBUTE, SERVER,
  // Words.
  ACTION, ADD, AFTER, AGAINST, AGGREGATE, ALGORITHM, ALL, ALTER, ALWAYS, AND, ANY, ARRAY, AS, ASC, ASYMMETRIC, AT,
  ATTACH, AUTHORIZATION, AUTOINCREMENT, AUTO_INCREMENT, BEFORE, BEGIN_, BETWEEN, BINARY, BY, CASCADE, CASE, CAST, CHANGE,
  CHECK_, COLLATE, COLUMN, COLUMN_FORMAT, COMMENT, COMPRESSED, COMPRESSION, CONCURRENTLY, CONFLICT, CONSTRAINT, CONVERT,
  CREATE, CROSS, CURRENT, DATABASE, DATA, DEFAULT, DEFERRABLE, DEFERRED, DEFINER, DELAYED, DELETE_, DESC, DETACH,
  DISTINCT, DIV, DO, DOMAIN_, DROP, DUPLICATE, EACH, ELSE, END, ENFORCED, ENUM, ESCAPE, EXCEPT, EXCLUDE, EXECUTE, EXISTS,
  EXTRACT, FALSE_, FETCH, FILTER, FIRST, FOR, FORCE, FOREIGN, FROM, FULL, FULLTEXT, FUNCTION, GENERATED, GLOB, GROUP,
  HAVING, IDENTITY, IGNORE, ILIKE, IMMEDIATE, IN_, INCLUDE, INDEX, INDEX_S, INDEXED, INHERIT, INHERITS, INITIALLY, INNER,
  INSERT, INSTEAD, INTERSECT, INTO, INVISIBLE, IS, ISNULL, JOIN, KEY, KEY_S, LAST, LATERAL, LEFT, LIKE, LIMIT, LOCAL,
  GLOBAL, LOCK, LOW_PRIORITY, MATCH, MATCH_OP, MATERIALIZED, MEMBER, MODIFY, MOD, NATURAL, NO, NOT, NOTNULL, NOWAIT, NULL_,
  NULLS, OF, OFFSET, ON, ONLY, OPERATOR, OPTIONS, OR, ORDER, OUTER, OVER, OVERLAPS, OVERLAY, OVERRIDING, OWNED, OWNER,
  PARTITION, PERIOD, PERSISTENT, PLACING, POSITION, PRIMARY, PROCEDURE, RAISE, RANGE, RECURSIVE, REFERENCES, REGEXP,
  RENAME, REPLACE, RESET, RESTRICT, RETURNING, RETURNS, RIGHT, RLIKE, ROW, ROWS_FROM, SCHEMA, SELECT, SEPARATOR,
  SEQUENCE, SERIAL_DEFAULT, SET, SETOF, SIMILAR, SOME, SOUNDS, SPATIAL, SQL, SRID, STORAGE, STORED, STRAIGHT_JOIN,
  SUBSTRING, SYMMETRIC, TABLE, TABLESAMPLE, TABLESPACE, TEMP, TEMPORARY, THEN, TIES, TIME, TO, TRIGGER, TRIM, TRUE_,
  TYPE, UNION, UNIQUE, UNLOGGED, UNSIGNED, UPDATE, USE, USING, VALID, VALIDATE, VALUES, VARIADIC, VIEW, VIRTUAL,
  VISIBLE, WHEN, WHERE, WINDOW, WITH, WITHIN, WITHOUT, XOR, ZEROFILL, ZONE
}

// Entries, one a class of statement.
createTableEntry : createTable EOF ;
alterTableEntry : alterTable EOF ;
createViewEntry : createView EOF ;
createIndexEntry : createIndex EOF ;
createTypeEntry : createType EOF ;
alterTypeEntry : alterType EOF ;
createDomainEntry : createDomain EOF ;
alterDomainEntry : alterDomain EOF ;
createSequenceEntry : createSequence EOF ;
createSchemaEntry : createSchema EOF ;
createFunctionEntry : createFunction EOF ;
createTriggerEntry : createTrigger EOF ;
commentOnEntry : commentOn EOF ;
dropEntry : dropStatement EOF ;
renameTableEntry : renameTable EOF ;
withEntry : withStatement EOF ;
expressionEntry : expr EOF ;

// Names.
identifier : IDENTIFIER | QUOTED_IDENTIFIER | softKeyword ;
softKeyword
  : ACTION | ADD | AGGREGATE | ALGORITHM | ALWAYS | AUTHORIZATION | BEGIN_ | CASCADE | CHANGE | DATA | DATABASE | DEFERRED
  | DOMAIN_ | EXECUTE | FUNCTION | GLOBAL | IMMEDIATE | INDEX_S | KEY_S | LOCAL | MATERIALIZED | MODIFY | PROCEDURE | RENAME
  | REPLACE | RESET | RESTRICT | RETURNS | SCHEMA | SEQUENCE | TEMP | TEMPORARY | TIES | TRIGGER | TYPE | UNLOGGED
  | VALIDATE | VIEW
  ;
path : identifier (DOT identifier)* ;
nameList : LPAREN identifier (COMMA identifier)* RPAREN ;
ifNotExists : IF_LA NOT EXISTS ;
ifExists : IF_LA EXISTS ;
key : KEY | KEY_S ;
index : INDEX | INDEX_S ;
text : STRING | STRING_ALIAS ;
signedNumber : (PLUS | MINUS)? NUMBER ;

// Anything with balanced parentheses: what is kept as text. `loose` stops at a comma.
loose : ~(LPAREN | LPAREN_Q | RPAREN | COMMA | SEMICOLON) | balanced ;
balanced : (LPAREN | LPAREN_Q) (loose | COMMA | SEMICOLON)* RPAREN ;

// name = value of WITH (...), OPTIONS (...), CREATE TYPE (...).
definitionList : LPAREN (definition (COMMA definition)*)? RPAREN ;
definition : loose+ ;
