#pragma once

#include "compiler/passes/pipeline.h"

// Every pass. What each does is said where it is defined, in the file of its name.
namespace sqlxc::passes {

void derive_keys(ir::Module& module, Context& context);
void derive_relations(ir::Module& module, Context& context);
void derive_junctions(ir::Module& module, Context& context);
void derive_representations(ir::Module& module, Context& context);
void derive_handlers(ir::Module& module, Context& context);
void derive_functions(ir::Module& module, Context& context);
void derive_queries(ir::Module& module, Context& context);
void derive_reads(ir::Module& module, Context& context);
void derive_rules(ir::Module& module, Context& context);
void check_rules(ir::Module& module, Context& context);
void legalize_rules(ir::Module& module, Context& context);
void simplify_rules(ir::Module& module, Context& context);
void derive_constraints(ir::Module& module, Context& context);
void derive_search(ir::Module& module, Context& context);
void derive_operations(ir::Module& module, Context& context);
void name_graphql(ir::Module& module, Context& context);
void check_service(ir::Module& module, Context& context);

}  // namespace sqlxc::passes
