#pragma once

#include <concepts>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace sqlxc::emit {

/// The members of a JSON object in the order in which they came: nlohmann::ordered_map, whose names
/// are const and so are copied, with all that is beneath them, whenever an object grows. Here they
/// move.
template <class Key, class Value, class /*Less*/, class /*Allocator*/>
class Members : public std::vector<std::pair<Key, Value>> {
  using Base = std::vector<std::pair<Key, Value>>;

 public:
  using key_type = Key;
  using mapped_type = Value;
  using key_compare = std::equal_to<>;
  using Base::Base;
  using Base::erase;
  using Base::insert;
  using typename Base::const_iterator;
  using typename Base::iterator;
  using typename Base::size_type;
  using typename Base::value_type;

  template <class Name>
  std::pair<iterator, bool> emplace(Name&& name, Value value) {
    if (const auto at = find(name); at != this->end()) return {at, false};
    Base::emplace_back(std::forward<Name>(name), std::move(value));
    return {std::prev(this->end()), true};
  }
  std::pair<iterator, bool> insert(value_type member) {
    return emplace(std::move(member.first), std::move(member.second));
  }
  template <class Name>
    requires std::convertible_to<const Name&, std::string_view>
  size_type erase(const Name& name) {
    const auto at = find(name);
    if (at == this->end()) return 0;
    Base::erase(at);
    return 1;
  }

  template <class Name>
  Value& operator[](Name&& name) {
    return emplace(std::forward<Name>(name), Value()).first->second;
  }
  Value& at(std::string_view name) { return find_or_throw(*this, name).second; }
  const Value& at(std::string_view name) const { return find_or_throw(*this, name).second; }

  iterator find(std::string_view name) { return find_in(*this, name); }
  const_iterator find(std::string_view name) const { return find_in(*this, name); }
  size_type count(std::string_view name) const { return find(name) == this->end() ? 0 : 1; }

 private:
  template <class Self>
  static auto find_in(Self& self, std::string_view name) {
    auto at = self.begin();
    while (at != self.end() && at->first != name) ++at;
    return at;
  }
  template <class Self>
  static auto& find_or_throw(Self& self, std::string_view name) {
    const auto at = find_in(self, name);
    if (at == self.end()) throw std::out_of_range("key not found");
    return *at;
  }
};

using Json = nlohmann::basic_json<Members>;

}  // namespace sqlxc::emit
