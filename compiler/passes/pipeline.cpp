#include "compiler/passes/pipeline.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "compiler/ir/verify.h"
#include "compiler/passes/passes.h"

namespace sqlxc::passes {
namespace {

constexpr Pass kPasses[] = {
    {"derive-keys", derive_keys},                        // what rows are addressed and ordered by
    {"derive-relations", derive_relations},              // foreign keys, both ways
    {"derive-junctions", derive_junctions},              // many to many, through a table of pairs
    {"derive-representations", derive_representations},  // casts between domains and json
    {"derive-handlers", derive_handlers},    // aggregates that give rows in a media type
    {"derive-functions", derive_functions},  // what can be called, and functions of a row
    {"derive-queries", derive_queries},      // named queries, beside the functions
    {"derive-reads", derive_reads},          // what the answers of views and queries are made of
    {"derive-rules", derive_rules},  // CHECKs, domains and annotations, in the words of the schema
    {"check-rules", check_rules},    // those that contradict or repeat each other
    {"legalize-rules", legalize_rules},          // what of them the service can tell by itself
    {"simplify-rules", simplify_rules},          // without those that say nothing new
    {"derive-constraints", derive_constraints},  // the others: types, keys, exclusions
    {"derive-search", derive_search},            // the columns that a search looks in
    {"derive-operations", derive_operations},    // what can be asked of each entity
    {"name-graphql", name_graphql},              // types, fields and root fields of GraphQL
    {"check-service", check_service},            // names and fields that a service cannot serve
};

}  // namespace

std::span<const Pass> all() { return kPasses; }

ir::Module run(ir::Module module, const Options& options, Context context) {
  if (options.verify) ir::verify(module, "lower");
  for (const Pass& pass : kPasses) {
    if (std::ranges::find(options.skip, pass.name) != options.skip.end()) continue;
    const auto start = std::chrono::steady_clock::now();
    pass.run(module, context);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    if (options.after) options.after(pass.name, module, took.count());
    if (context.diagnostics.has_errors()) break;
    if (options.verify) ir::verify(module, pass.name);
  }
  return module;
}

}  // namespace sqlxc::passes
