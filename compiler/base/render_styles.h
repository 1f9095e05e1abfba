#pragma once

#include <string>

#include "compiler/base/render.h"

// One function a style; render() chooses among them. Private to render*.cpp.
namespace sqlxc {

/// A diagnostic that is to be shown, with the severity that the user gave its kind.
struct Shown {
  const Diagnostic* diagnostic;
  Verdict verdict;
};

std::string render_text(const SourceMap& sources, const std::vector<Shown>& shown,
                        const RenderOptions& options);
std::string render_short(const SourceMap& sources, const std::vector<Shown>& shown);
std::string render_json(const SourceMap& sources, const std::vector<Shown>& shown);
std::string render_sarif(const SourceMap& sources, const std::vector<Shown>& shown,
                         const RenderOptions& options);

}  // namespace sqlxc
