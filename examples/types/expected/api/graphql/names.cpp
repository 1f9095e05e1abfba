#include <sqlxc/query/graphql_names.h>

#include "server/model.h"

// What everything is called in GraphQL, in the order of the model: the schema (schema.graphql, beside this) is
// printed from the same names.
namespace types {
namespace {

using namespace sqlxc::query;

namespace numbers {
constexpr std::string_view kFields[] = {
    "id",
    "small",
    "whole",
    "big",
    "money",
    "exact",
    "anySize",
    "single",
    "twice",
    "yesNo",
    "domained",
};
}  // namespace numbers

namespace texts {
constexpr std::string_view kFields[] = {
    "id",
    "free",
    "bounded",
    "fixed",
    "feeling",
    "postal",
    "raw",
    "document",
    "binaryDocument",
    "uniqueId",
};
}  // namespace texts

namespace moments {
constexpr std::string_view kFields[] = {
    "id",
    "day",
    "clock",
    "clockZone",
    "local",
    "instant",
    "precise",
    "span",
};
}  // namespace moments

namespace others {
constexpr std::string_view kFields[] = {
    "code",
    "numbers",
    "words",
    "network",
    "address",
    "period",
    "flags",
};
}  // namespace others

namespace cells {
constexpr std::string_view kFields[] = {
    "rowNumber",
    "columnNumber",
    "width",
    "height",
    "area",
    "parentRow",
    "parentColumn",
};
constexpr std::string_view kRelations[] = {
    "cell",
    "cellCells",
};
}  // namespace cells

constexpr GraphqlEntity kEntities[] = {
    {
        .type = "Number",
        .types = "Numbers",
        .one = "number",
        .many = "numbers",
        .fields = numbers::kFields,
    },
    {
        .type = "Text",
        .types = "Texts",
        .one = "text",
        .many = "texts",
        .fields = texts::kFields,
    },
    {
        .type = "Moment",
        .types = "Moments",
        .one = "moment",
        .many = "moments",
        .fields = moments::kFields,
    },
    {
        .type = "Other",
        .types = "Others",
        .one = "other",
        .many = "others",
        .fields = others::kFields,
    },
    {
        .type = "Cell",
        .types = "Cells",
        .one = "cell",
        .many = "cells",
        .fields = cells::kFields,
        .relations = cells::kRelations,
    },
};

}  // namespace

const GraphqlNames& graphql_names() {
  static const GraphqlNames kNames = {
      .sdl = graphql_schema(),
      .node_id = "nodeId",
      .entities = kEntities,
  };
  return kNames;
}

}  // namespace types
