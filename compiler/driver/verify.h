#pragma once

#include "compiler/base/diagnostic.h"
#include "compiler/base/source.h"

namespace sqlxc::driver {

/// Compares what was reported with the comments in the sources, `expected-error {{SX2104}}`: the
/// diagnostics that result are one for each expectation that was not met (SX8015) and for each
/// error or warning that none announced (SX8016).
Diagnostics verify(const SourceMap& sources, const Diagnostics& reported);

}  // namespace sqlxc::driver
