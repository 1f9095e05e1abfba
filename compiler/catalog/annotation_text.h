#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/diagnostic.h"
#include "compiler/catalog/catalog.h"

// `name(args)` as text: what stands after `--@` and inside comments. Where an annotation belongs is
// annotate.cpp's business.
namespace sqlxc::catalog {

/// A text that may hold annotations; `range` is where it stands. Ranges inside it are known only
/// where the source has it letter for letter (`is_verbatim`), as a comment has and a decoded string
/// has not.
struct AnnotationText {
  std::string_view text;
  SourceRange range;
  bool is_verbatim = false;
};

/// The annotations of a `--@` text, one after another; reports SX3005 for what is none.
std::vector<Annotation> read_annotations(const AnnotationText& text, Diagnostics& diagnostics);

/// Takes `@name(args)` out of a description, which keeps the rest. An `@word` that is no
/// annotation, resembles none and has no parentheses is prose.
std::vector<Annotation> extract_annotations(std::string& description, SourceRange range,
                                            Diagnostics& diagnostics);

/// Checks an annotation against stdlib/annotations: that it exists, may stand there and has the
/// arguments that it takes; reads SQL arguments. False where it was reported.
bool check_annotation(const SourceMap& sources, const Catalog& catalog, const Table* table,
                      bool is_on_column, Annotation& annotation, Diagnostics& diagnostics);

/// `name(args)`, as it would be written.
std::string print_annotation(const Annotation& annotation);

}  // namespace sqlxc::catalog
