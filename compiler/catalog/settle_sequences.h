#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/catalog/fold.h"

// What defaults read by nextval, once every statement is applied: who reads a sequence decides
// whether CREATE TABLE's `serial` may stand for it.
namespace sqlxc::catalog {

/// The names in nextval's argument as PostgreSQL reads them: 'app.ids', '"Ids"', 'IDS'.
std::vector<std::string> regclass_names(std::string_view text);

/// A sequence that more than its own column reads is no `serial` of that column; one that no
/// statement makes is made, with a warning; a default that reads a dropped one goes with it.
void settle_sequences(Fold& fold);

}  // namespace sqlxc::catalog
