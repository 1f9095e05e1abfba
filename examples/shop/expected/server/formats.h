#pragma once

#include <sqlxc/rules/functions.h>
#include <sqlxc/rules/regex.h>

// The formats that the schema asks of texts, as its JSON Schemas and its client have them, too.
namespace shop::validation {

using FormattedText = sqlxc::rules::Nullable<sqlxc::rules::Text>;

// RFC 5321, section 4.1.2, without quoted names and addresses in brackets; the domain has a dot.
inline sqlxc::rules::Tri is_email(const FormattedText& text) {
  static const sqlxc::rules::Regex kPattern("^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+([.][A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?[.])+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$");
  return matches(text, kPattern) && length(text) <= 254;
}

}  // namespace shop::validation
