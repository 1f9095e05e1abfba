#pragma once

#include <vector>

#include <sqlxc/graph/compile.h>
#include <sqlxc/rest/write.h>

// A root field that writes, as the jobs that REST's writes are: read, checked by the same rules,
// answered by the same errors.
namespace sqlxc::graph {

struct Mutation {
  std::vector<rest::WriteJob> jobs;  // of one transaction
  std::size_t shown = 0;             // the job whose rows are the field's
  Compiled::Shape shape = Compiled::Shape::one;
  std::vector<Node> members;
};

Read<Mutation> compile_mutation(const Compiler& compiler, const Root& root,
                                const graphql::Selected& field);

}  // namespace sqlxc::graph
