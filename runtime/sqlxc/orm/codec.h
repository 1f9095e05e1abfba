#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include <sqlxc/json/reader.h>
#include <sqlxc/json/writer.h>
#include <sqlxc/orm/json.h>
#include <sqlxc/orm/rows.h>
#include <sqlxc/query/model.h>

namespace sqlxc::orm {

/// What comes of a row of `Table`, from the JSON in which all faces have it and to it: the columns
/// in the order of the table, then what was loaded.
template <typename Table, typename... Loads>
struct Codec {
  using Item = typename ItemOf<Table, Loads...>::Type;

  /// Reads the object at whose first token the reader stands; names are passed over. False where a
  /// value is none of its column's type: another program wrote it, or the type in C++ is narrower
  /// (dates outside of the years 1 to 9999).
  static bool read(json::Reader& reader, Item& item) {
    if constexpr (sizeof...(Loads) == 0) {
      return read_columns(reader, item) && reader.next() == json::Token::end_object;
    } else {
      const auto read_all = [&](auto&... held) {
        return (LoadCodec<Loads>::read(reader, held) && ...);
      };
      return read_columns(reader, item.row) && std::apply(read_all, item.related) &&
             reader.next() == json::Token::end_object;
    }
  }

  static void write(std::string& out, const query::Model& model, const Item& item) {
    const query::Entity& entity = model.entities[Table::kEntity];
    if constexpr (sizeof...(Loads) == 0) {
      write_columns(out, entity, item);
    } else {
      write_columns(out, entity, item.row);
      const auto write_all = [&](const auto&... held) {
        (LoadCodec<Loads>::write(out, model, entity, held), ...);
      };
      std::apply(write_all, item.related);
    }
    out += '}';
  }

 private:
  template <typename Load>
  struct LoadCodec;

  template <typename Of, typename Target, typename... Inner>
  struct LoadCodec<Rows<Of, Target, Inner...>> {
    using Inside = Codec<Target, Inner...>;
    using One = std::optional<typename Inside::Item>;
    using Many = std::vector<typename Inside::Item>;

    static bool read(json::Reader& reader, One& held) {
      if (reader.next() != json::Token::key) return false;
      if (reader.next() == json::Token::null_value) return true;
      return Inside::read(reader, held.emplace());
    }
    static bool read(json::Reader& reader, Many& held) {
      if (reader.next() != json::Token::key) return false;
      if (reader.next() != json::Token::begin_array) return false;
      while (reader.next() != json::Token::end_array) {
        if (!Inside::read(reader, held.emplace_back())) return false;
      }
      return true;
    }

    static void write(std::string& out, const query::Model& model, const query::Entity& entity,
                      const auto& held) {
      write_key(out, entity.relations[Of::kRelation].name);
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(held)>, One>) {
        if (!held) {
          out += "null";
          return;
        }
        Inside::write(out, model, *held);
      } else {
        out += '[';
        for (std::size_t i = 0; i < held.size(); ++i) {
          if (i > 0) out += ',';
          Inside::write(out, model, held[i]);
        }
        out += ']';
      }
    }
  };

  static bool read_columns(json::Reader& reader, typename Table::Row& row) {
    bool is_good = reader.token() == json::Token::begin_object;
    Table::each_column(row, [&](auto& member) {
      is_good = is_good && reader.next() == json::Token::key;
      if (!is_good) return;
      reader.next();
      is_good = read_json(reader, member);
    });
    return is_good;
  }

  static void write_columns(std::string& out, const query::Entity& entity,
                            const typename Table::Row& row) {
    std::size_t field = 0;
    out += '{';
    Table::each_column(row, [&](const auto& member) {
      write_key(out, entity.fields[field++].name);
      append_json(out, member);
    });
  }

  static void write_key(std::string& out, std::string_view name) {
    if (out.back() != '{') out += ',';
    json::append_string(out, name);
    out += ':';
  }
};

}  // namespace sqlxc::orm
