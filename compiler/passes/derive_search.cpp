#include <algorithm>
#include <string>

#include "compiler/ir/lower_types.h"
#include "compiler/passes/passes.h"

// What a search of each table looks in: its columns with `@search`, each with the weight that a
// word has there.
namespace sqlxc::passes {
namespace {

// Why a search may not look in the column; empty where it may.
std::string refusal(const ir::Entity& entity, const ir::Field& field) {
  if (entity.is_view) return "it is a column of a view, and words are indexed in tables";
  if (field.type.kind != ir::TypeKind::text) {
    return "it is of type `" + field.type.sql + "`, and words are looked for in texts";
  }
  // Who searches learns of a text what stands in it.
  const bool is_kept_back =
      field.is_hidden || field.is_writeonly ||
      std::ranges::any_of(field.annotations,
                          [](const catalog::Annotation& one) { return one.name == "password"; });
  return is_kept_back ? "clients may not read it" : std::string();
}

// The letter of an annotation's weight, or nothing.
std::optional<char> weight_of(const catalog::Annotation& annotation) {
  if (annotation.args.empty()) return 'D';
  const std::string& text = annotation.args.front();
  if (text.size() != 1) return std::nullopt;
  const char letter = static_cast<char>(text[0] & ~0x20);
  return letter >= 'A' && letter <= 'D' ? std::optional(letter) : std::nullopt;
}

void add_field(ir::Entity& entity, std::uint16_t index, const catalog::Annotation& annotation,
               Diagnostics& diagnostics) {
  const ir::Field& field = entity.fields[index];
  if (const std::string why = refusal(entity, field); !why.empty()) {
    diagnostics.report<diag::SearchColumn>(annotation.range, entity.table + '.' + field.column,
                                           why);
    return;
  }
  const auto weight = weight_of(annotation);
  if (!weight) {
    diagnostics
        .report<diag::AnnotationValue>(annotation.range, annotation.name, "a weight A, B, C or D",
                                       annotation.args.front())
        .help("A counts most, and D is what stands for none");
    return;
  }
  entity.search.push_back({index, *weight});
}

}  // namespace

void derive_search(ir::Module& module, Context& context) {
  for (ir::Entity& entity : module.entities) {
    for (std::size_t i = 0; i < entity.fields.size(); ++i) {
      for (const catalog::Annotation& annotation : entity.fields[i].annotations) {
        if (annotation.name != "search") continue;
        add_field(entity, static_cast<std::uint16_t>(i), annotation, context.diagnostics);
      }
    }
  }
}

}  // namespace sqlxc::passes
