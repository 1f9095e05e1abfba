#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <sqlxc/core/text.h>
#include <sqlxc/graphql/parser.h>
#include <sqlxc/graphql/utf8.h>
#include <sqlxc/graphql/validate.h>
#include <sqlxc/json/reader.h>

// The syntax and validation cases of graphql-js, kept outside of the repository: each says which
// rule it is about, and whether the rule has something to say.
namespace sqlxc::graphql {
namespace {

const std::map<std::string, Rule> kRules = {
    {"ExecutableDefinitionsRule", Rule::executable_definitions},
    {"UniqueOperationNamesRule", Rule::unique_operation_names},
    {"LoneAnonymousOperationRule", Rule::lone_anonymous_operation},
    {"SingleFieldSubscriptionsRule", Rule::single_field_subscriptions},
    {"KnownTypeNamesRule", Rule::known_type_names},
    {"FragmentsOnCompositeTypesRule", Rule::fragments_on_composite_types},
    {"VariablesAreInputTypesRule", Rule::variables_are_input_types},
    {"ScalarLeafsRule", Rule::scalar_leafs},
    {"FieldsOnCorrectTypeRule", Rule::fields_on_correct_type},
    {"UniqueFragmentNamesRule", Rule::unique_fragment_names},
    {"KnownFragmentNamesRule", Rule::known_fragment_names},
    {"NoUnusedFragmentsRule", Rule::no_unused_fragments},
    {"PossibleFragmentSpreadsRule", Rule::possible_fragment_spreads},
    {"NoFragmentCyclesRule", Rule::no_fragment_cycles},
    {"UniqueVariableNamesRule", Rule::unique_variable_names},
    {"NoUndefinedVariablesRule", Rule::no_undefined_variables},
    {"NoUnusedVariablesRule", Rule::no_unused_variables},
    {"KnownDirectivesRule", Rule::known_directives},
    {"UniqueDirectivesPerLocationRule", Rule::unique_directives_per_location},
    {"KnownArgumentNamesRule", Rule::known_argument_names},
    {"UniqueArgumentNamesRule", Rule::unique_argument_names},
    {"ValuesOfCorrectTypeRule", Rule::values_of_correct_type},
    {"ProvidedRequiredArgumentsRule", Rule::provided_required_arguments},
    {"VariablesInAllowedPositionRule", Rule::variables_in_allowed_position},
    {"OverlappingFieldsCanBeMergedRule", Rule::overlapping_fields_can_be_merged},
    {"UniqueInputFieldNamesRule", Rule::unique_input_field_names},
    {"MaxIntrospectionDepthRule", Rule::max_introspection_depth},
    {"NoDeprecatedCustomRule", Rule::no_deprecated},
    {"NoSchemaIntrospectionCustomRule", Rule::no_schema_introspection},
};

// Some rules' cases are about types and directives beside those of harness.graphql.
constexpr std::string_view kBeside = R"(
extend schema { subscription: SubscriptionRoot }
type SubscriptionRoot {
  importantEmails: [String] notImportantEmails: [String] moreImportantEmails: [String]
  spamEmails: [String] deletedEmails: [String] newMessage: Message
}
type Message { body: String sender: String }

interface SomeBox { deepBox: SomeBox unrelatedField: String }
type StringBox implements SomeBox {
  scalar: String deepBox: StringBox unrelatedField: String
  listStringBox: [StringBox] stringBox: StringBox intBox: IntBox
}
type IntBox implements SomeBox {
  scalar: Int deepBox: IntBox unrelatedField: String
  listStringBox: [StringBox] stringBox: StringBox intBox: IntBox
}
interface NonNullStringBox1 { scalar: String! }
type NonNullStringBox1Impl implements SomeBox & NonNullStringBox1 {
  scalar: String! unrelatedField: String deepBox: SomeBox
}
interface NonNullStringBox2 { scalar: String! }
type NonNullStringBox2Impl implements SomeBox & NonNullStringBox2 {
  scalar: String! unrelatedField: String deepBox: SomeBox
}
type Connection { edges: [Edge] }
type Edge { node: Node }
type Node { id: ID name: String }

input InputType { normalField: String deprecatedField: String @deprecated(reason: "Reason.") }
enum EnumType { NORMAL_VALUE DEPRECATED_VALUE @deprecated(reason: "Reason.") }
type SomeType { someField: String introspectionField: __EnumValue }
scalar Any
extend type QueryRoot {
  someBox: SomeBox connection: Connection
  normalField: String deprecatedField: String @deprecated(reason: "Reason.")
  someField(normalArg: String, deprecatedArg: String @deprecated(reason: "Reason."),
            someArg: InputType, enumArg: EnumType): String
  someQuery: SomeType anyArg(arg: Any): String
}
directive @someDirective(normalArg: String, deprecatedArg: String @deprecated(reason: "Reason."),
                         someArg: InputType) on FIELD
)";

constexpr std::string_view kDirectives = R"(
directive @onQuery on QUERY
directive @onMutation on MUTATION
directive @onSubscription on SUBSCRIPTION
directive @onFragmentDefinition on FRAGMENT_DEFINITION
directive @onFragmentSpread on FRAGMENT_SPREAD
directive @onInlineFragment on INLINE_FRAGMENT
directive @onVariableDefinition on VARIABLE_DEFINITION
directive @directive on FIELD | FRAGMENT_DEFINITION
directive @directiveA on FIELD | FRAGMENT_DEFINITION
directive @directiveB on FIELD | FRAGMENT_DEFINITION
directive @repeatable repeatable on FIELD | FRAGMENT_DEFINITION
)";

// Of the rules about fragments and fields, whose animals are other ones.
constexpr std::string_view kBeings = R"(
interface Being { name: String }
interface Pet implements Being { name: String }
type Dog implements Being & Pet { name: String nickname: String barkVolume: Int }
type Cat implements Being & Pet { name: String nickname: String meowVolume: Int }
union CatOrDog = Cat | Dog
interface Intelligent { iq: Int }
type Human implements Being & Intelligent { name: String pets: [Pet] iq: Int }
type Alien implements Being & Intelligent { name: String iq: Int }
union DogOrHuman = Dog | Human
union HumanOrAlien = Human | Alien
type Query { human: Human catOrDog: CatOrDog dogOrHuman: DogOrHuman humanOrAlien: HumanOrAlien }
)";

std::string corpus() {
  const char* set = std::getenv("SQLXC_CORPUS");
  return std::string(set != nullptr ? set : SQLXC_CORPUS_DIR) + "/graphql/";
}

std::string read(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

constexpr std::uint32_t kStandIn = 0xE000 - 0xD800;  // what lone surrogates are shifted by

// JSON cannot hold a lone surrogate, the cases can: they pass the reader as private characters.
std::string shift_surrogates(const std::string& line) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    out += line[i];
    if (line[i] != '\\') continue;
    out += line[++i];
    const auto code_at = [&](std::size_t at) {
      return static_cast<std::uint32_t>(std::strtoul(line.substr(at, 4).c_str(), nullptr, 16));
    };
    if (line[i] != 'u' || code_at(i + 1) < 0xD800 || code_at(i + 1) > 0xDFFF) continue;
    const bool is_pair = line.compare(i + 5, 2, "\\u") == 0 && code_at(i + 7) >= 0xDC00 &&
                         code_at(i + 7) <= 0xDFFF && code_at(i + 1) < 0xDC00;
    if (is_pair) {
      out += line.substr(i + 1, 10);
      i += 10;
    } else {
      append_hex(out, code_at(i + 1) + kStandIn, 4);
      i += 4;
    }
  }
  return out;
}

std::string unshift_surrogates(const std::string& text) {
  std::string out;
  for (std::string_view rest = text; !rest.empty();) {
    const Character character = character_of(rest);
    const bool stands_in = character.code >= 0xE000 && character.code <= 0xE7FF;
    append_utf8(out, stands_in ? character.code - kStandIn : character.code);
    rest.remove_prefix(character.size);
  }
  return out;
}

std::map<std::string, std::string> read_case(const std::string& line) {
  std::map<std::string, std::string> members;
  const std::string json = shift_surrogates(line);
  json::Reader reader(json);
  REQUIRE(reader.next() == json::Token::begin_object);
  while (reader.next() == json::Token::key) {
    const std::string key(reader.text());
    const json::Token token = reader.next();
    members[key] = token == json::Token::true_value ? "true" : std::string(reader.text());
  }
  REQUIRE(reader.token() == json::Token::end_object);
  members["doc"] = unshift_surrogates(members["doc"]);
  return members;
}

const Schema& schema_of(const std::string& rule, const std::string& harness) {
  static const Schema kAnimals = build_schema(harness + std::string(kBeside)).value();
  static const Schema kWithDirectives =
      build_schema(harness + std::string(kBeside) + std::string(kDirectives)).value();
  static const Schema kOfBeings = build_schema(kBeings).value();
  if (rule == "PossibleFragmentSpreadsRule" || rule == "FieldsOnCorrectTypeRule") return kOfBeings;
  if (rule == "UniqueDirectivesPerLocationRule" || rule == "KnownDirectivesRule")
    return kWithDirectives;
  return kAnimals;
}

TEST_CASE("every syntax and validation case of graphql-js is judged as graphql-js judges it") {
  const std::string harness = read(corpus() + "harness.graphql");
  if (harness.empty()) {
    WARN("skipped: there is no corpus at " << corpus());
    return;
  }
  std::istringstream lines(read(corpus() + "graphql_js.jsonl"));
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    std::map<std::string, std::string> test = read_case(line);
    INFO(test["file"] << ":" << test["line"] << " " << test["rule"] << "\n" << test["doc"]);
    const bool is_valid = test["valid"] == "true";
    const auto document = parse(test["doc"]);
    if (test["suite"] == "syntax") {
      CHECK(document.has_value() == is_valid);
      if (!document && test.contains("error")) CHECK(document.error().message == test["error"]);
      continue;
    }
    REQUIRE(document.has_value());
    const auto rule = kRules.find(test["rule"]);
    REQUIRE(rule != kRules.end());
    const Errors errors = validate(schema_of(rule->first, harness), *document, {rule->second});
    CHECK(errors.empty() == is_valid);
  }
  CHECK(count > 100);
}

}  // namespace
}  // namespace sqlxc::graphql
