#include <sqlxc/rules/numbers.h>

namespace sqlxc::rules::detail {

Nullable<Decimal> rounded(Decimal value, std::int64_t scale, Rounding rounding) {
  if (value.is_cut || scale < 0 || scale > 37) return Nullable<Decimal>::unknown();
  if (value.scale <= scale) return value;
  __int128 divisor = 1;
  for (std::int64_t i = scale; i < value.scale; ++i) divisor *= 10;
  __int128 units = value.units / divisor;
  const __int128 rest = value.units % divisor;
  const __int128 size = rest < 0 ? -rest : rest;
  const int away = value.units < 0 ? -1 : 1;
  switch (rounding) {
    case Rounding::nearest:
      if (size >= divisor - size) units += away;
      break;
    case Rounding::up:
      if (rest > 0) ++units;
      break;
    case Rounding::down:
      if (rest < 0) --units;
      break;
    case Rounding::to_zero:
      break;
  }
  return Decimal{.units = units, .scale = static_cast<int>(scale)};
}

}  // namespace sqlxc::rules::detail
