#include <sqlxc/pg/result.h>

#include <sqlxc/core/text.h>
#include <sqlxc/pg/library.h>

namespace sqlxc::pg {

void Result::Clear::operator()(pg_result* result) const { pq().clear(result); }

int Result::rows() const { return pq().ntuples(result_.get()); }

int Result::columns() const { return pq().nfields(result_.get()); }

bool Result::is_null(int row, int column) const {
  return pq().getisnull(result_.get(), row, column) != 0;
}

std::string_view Result::text(int row, int column) const {
  return {pq().getvalue(result_.get(), row, column),
          static_cast<std::size_t>(pq().getlength(result_.get(), row, column))};
}

std::string_view Result::name(int column) const {
  const char* name = pq().fname(result_.get(), column);
  return name == nullptr ? std::string_view() : name;
}

std::uint32_t Result::type(int column) const { return pq().ftype(result_.get(), column); }

std::int64_t Result::affected() const {
  return parse_number<std::int64_t>(pq().cmdTuples(result_.get())).value_or(0);
}

std::string_view Result::tag() const { return pq().cmdStatus(result_.get()); }

}  // namespace sqlxc::pg
