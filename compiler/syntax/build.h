#pragma once

#include "compiler/syntax/tree.h"

// Parse tree -> ast. One file a part of the language; each function takes the node of the rule that
// it is named for. Private to compiler/syntax.
namespace sqlxc::syntax::build {

// build_name.cpp
ast::Name name(Node identifier);
ast::Name name_of_token(const BuildContext& context, std::uint32_t token);
ast::Path path(Node path);
std::vector<ast::Name> names(Node name_list);
ast::TypeName type(Node type_name);
/// The value of a string token.
std::string string_value(Node text);
/// A word of an option: lower case, or the string's value.
std::string option_value(Node value);
ast::Options definitions(Node definition_list);
std::string collation(Node collation_name);

// build_expr.cpp
ast::Expr expr(Node expr);
ast::Expr default_value(Node value);
std::vector<ast::Expr> exprs(Node expr_list);
std::vector<ast::OrderItem> order_by(Node order_by);
ast::Window window(Node window_spec);

// build_call.cpp
ast::Expr primary(Node primary);

// build_query.cpp
ast::Query query(Node query);
ast::Query query_body(Node body);
std::vector<ast::CommonTable> with(Node with_clause, bool& is_recursive);
ast::FromItem from_item(Node from_item);
std::vector<ast::SelectItem> select_items(Node items);
std::string lock_text(Node tail);

// build_write.cpp
ast::Statement write(Node with_statement_or_write_body);

// build_table.cpp
ast::CreateTable create_table(Node node);
void table_option(Node option, ast::CreateTable& table);

// build_constraint.cpp
/// An empty one of a kind, at the place of the node.
ast::Constraint constraint(ast::Constraint::Kind kind, Node node);
ast::ColumnDef column(Node column_def);
std::vector<ast::Constraint> column_parts(const std::vector<Node>& parts, ast::ColumnDef* column);
std::vector<ast::Constraint> table_constraints(Node element);
ast::OrderItem index_element(Node element);
std::vector<ast::OrderItem> key_elements(Node key_elements);
/// The columns of INCLUDE (...); an expression, which no engine includes yet, is reported.
std::vector<ast::Name> included(Node key_elements);
void constraint_part(Node part, ast::Constraint& constraint);

// build_alter.cpp
ast::AlterTable alter_table(Node node);
ast::AlterType alter_type(Node node);
ast::AlterDomain alter_domain(Node node);
ast::RenameTable rename_table(Node node);

// build_object.cpp
ast::CreateView create_view(Node node);
ast::CreateIndex create_index(Node node);
ast::CreateType create_type(Node node);
ast::CreateDomain create_domain(Node node);
ast::Statement create_sequence(Node node);
ast::Options sequence_options(const std::vector<Node>& words, std::optional<ast::Path>* owned_by);
ast::CreateSchema create_schema(Node node);
ast::CreateFunction create_function(Node node);
ast::CreateTrigger create_trigger(Node node);
ast::CommentOn comment_on(Node node);
ast::Drop drop(Node node);

}  // namespace sqlxc::syntax::build
