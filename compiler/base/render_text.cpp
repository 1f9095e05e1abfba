#include <algorithm>

#include "compiler/base/render_styles.h"
#include "compiler/base/utf8.h"

// The text style: the message, the lines it speaks of with carets and labels, and the mended line.
namespace sqlxc {
namespace {

constexpr std::size_t kWidth =
    140;  // of a shown line, in columns; longer lines are clipped round their first mark

constexpr std::string_view kReset = "\x1b[0m";
constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kBlue = "\x1b[1;34m";
constexpr std::string_view kGreen = "\x1b[1;32m";

std::string_view color_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::error:
      return "\x1b[1;31m";
    case Verdict::warning:
      return "\x1b[1;33m";
    case Verdict::note:
    case Verdict::hide:
      return "\x1b[1;36m";
  }
  return "";
}

// A line as a terminal shows it: tabs as blanks, no control characters, a known column for every
// byte.
struct ShownLine {
  std::string text;
  std::vector<std::size_t> columns;  // of each byte of the source line, and of its end
  std::vector<std::size_t> offsets;  // into text, the same way
};

// Columns that a character takes in a terminal: two for the blocks of East Asian Wide (UAX 11) and
// emoji.
std::size_t width_of(std::string_view character) {
  if (character.size() < 3) return 1;
  std::uint32_t code =
      static_cast<unsigned char>(character[0]) & (character.size() == 3 ? 0xFU : 0x7U);
  for (const char c : character.substr(1))
    code = code << 6U | (static_cast<unsigned char>(c) & 0x3FU);
  const bool wide = (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
                    (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
                    (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
                    (code >= 0x1F300 && code <= 0x1FAFF) || (code >= 0x20000 && code <= 0x3FFFD);
  return wide ? 2 : 1;
}

ShownLine shown_line(std::string_view line) {
  ShownLine out;
  std::size_t column = 0;
  while (!line.empty()) {
    const std::size_t length = std::max<std::size_t>(utf8_length(line), 1);
    const std::string_view character = line.substr(0, length);
    for (std::size_t i = 0; i < length; ++i) {
      out.columns.push_back(column);
      out.offsets.push_back(out.text.size());
    }
    if (character == "\t") {
      out.text.append(4, ' ');
      column += 4;
    } else if (utf8_length(line) == 0 || static_cast<unsigned char>(character[0]) < 0x20 ||
               character == "\x7f") {
      out.text += "\xEF\xBF\xBD";
      ++column;
    } else {
      out.text += character;
      column += width_of(character);
    }
    line.remove_prefix(length);
  }
  out.columns.push_back(column);
  out.offsets.push_back(out.text.size());
  return out;
}

// Bytes [begin, end) of one line that are underlined.
struct Mark {
  std::uint32_t line;
  std::size_t begin;
  std::size_t end;
  char sign;
  std::string_view text;
};

class TextRenderer {
 public:
  TextRenderer(const SourceMap& sources, bool color) : sources_(sources), color_(color) {}

  std::string render(const Shown& one) {
    const Diagnostic& diagnostic = *one.diagnostic;
    verdict_ = one.verdict;
    gutter_ = digits_of_last_line(diagnostic);
    paint(color_of(verdict_),
          std::string(name_of(verdict_)) + "[" + code_of(*diagnostic.kind) + "]");
    paint(kBold, ": " + diagnostic.message);
    out_ += '\n';
    if (diagnostic.range.is_known()) snippets(diagnostic);
    if (!diagnostic.hint.empty()) {
      paint(kGreen, "hint");
      out_ += ": " + diagnostic.hint + "\n";
    }
    for (const FixIt& fix : diagnostic.fixes) show_fix(fix);
    return std::move(out_);
  }

 private:
  void paint(std::string_view color, std::string_view text) {
    if (color_) out_ += color;
    out_ += text;
    if (color_) out_ += kReset;
  }

  std::size_t digits_of_last_line(const Diagnostic& diagnostic) const {
    std::uint32_t last = 1;
    const auto count = [&](SourceRange range) {
      if (range.is_known())
        last = std::max(last, sources_.position(range.source, range.begin).line);
    };
    count(diagnostic.range);
    for (const Label& label : diagnostic.labels) count(label.range);
    for (const FixIt& fix : diagnostic.fixes) count(fix.range);
    return std::to_string(last).size();
  }

  Mark mark_of(SourceRange range, char sign, std::string_view text) const {
    const LineColumn at = sources_.position(range.source, range.begin);
    const std::string_view line = sources_.line(range.source, at.line);
    const auto start = static_cast<std::size_t>(line.data() - sources_.text(range.source).data());
    const std::size_t begin =
        std::min(range.begin - std::min<std::size_t>(start, range.begin), line.size());
    const std::size_t end = std::clamp<std::size_t>(
        range.end - std::min<std::size_t>(start, range.end), begin, line.size());
    return {at.line, begin, end, sign, text};
  }

  void snippets(const Diagnostic& diagnostic) {
    // The place of the message comes first, then every other source that a label speaks of.
    std::vector<SourceId> shown = {diagnostic.range.source};
    for (const Label& label : diagnostic.labels) {
      if (label.range.is_known() && std::ranges::find(shown, label.range.source) == shown.end()) {
        shown.push_back(label.range.source);
      }
    }
    for (const SourceId source : shown) {
      std::vector<Mark> marks;
      const bool is_first = source == diagnostic.range.source;
      if (is_first) marks.push_back(mark_of(diagnostic.range, '^', {}));
      SourceRange place = diagnostic.range;
      for (const Label& label : diagnostic.labels) {
        if (label.range.source != source) continue;
        if (!is_first && marks.empty()) place = label.range;
        marks.push_back(mark_of(label.range, '-', label.text));
      }
      snippet(place, is_first ? "-->" : ":::", std::move(marks));
    }
    if (!diagnostic.hint.empty() || !diagnostic.fixes.empty()) empty_gutter();
  }

  void snippet(SourceRange place, std::string_view arrow, std::vector<Mark> marks) {
    const LineColumn at = sources_.position(place.source, place.begin);
    out_.append(gutter_, ' ');
    paint(kBlue, arrow);
    out_ += " " + std::string(sources_.name(place.source)) + ":" + std::to_string(at.line) + ":" +
            std::to_string(at.column) + "\n";
    empty_gutter();
    std::ranges::stable_sort(marks, {}, &Mark::line);
    std::uint32_t before = 0;
    for (auto mark = marks.begin(); mark != marks.end();) {
      const std::uint32_t line = mark->line;
      const auto next =
          std::find_if(mark, marks.end(), [&](const Mark& m) { return m.line != line; });
      if (before != 0 && line == before + 2) {
        numbered_line(place.source, before + 1, 0);
      } else if (before != 0 && line > before + 1) {
        paint(kBlue, "...");
        out_ += '\n';
      }
      marked_line(place.source, line, {mark, next});
      before = line;
      mark = next;
    }
  }

  void empty_gutter() {
    out_.append(gutter_ + 1, ' ');
    paint(kBlue, "|");
    out_ += '\n';
  }

  void gutter(std::string_view number) {
    std::string head(gutter_ - std::min(gutter_, number.size()), ' ');
    head += number;
    paint(kBlue, head + " |");
  }

  // Shows the line from the column on that `clip_from` tells.
  void numbered_line(SourceId source, std::uint32_t number, std::size_t mark_byte) {
    show_line(std::to_string(number), shown_line(sources_.line(source, number)), mark_byte);
  }

  // Prints the line, clipped round byte `mark_byte` if it is long; returns the column that stands
  // leftmost.
  std::size_t show_line(std::string_view number, const ShownLine& line, std::size_t mark_byte) {
    gutter(number);
    std::size_t first = 0;
    std::size_t last = line.offsets.size() - 1;
    if (line.columns.back() > kWidth) {
      const std::size_t middle = line.columns[std::min(mark_byte, line.columns.size() - 1)];
      const std::size_t from = middle > kWidth / 2 ? middle - kWidth / 2 : 0;
      const auto byte_at = [&](std::size_t column) {
        return static_cast<std::size_t>(std::ranges::lower_bound(line.columns, column) -
                                        line.columns.begin());
      };
      first = byte_at(from);
      last = std::min(byte_at(from + kWidth), last);
    }
    std::string text =
        line.text.substr(line.offsets[first], line.offsets[last] - line.offsets[first]);
    if (first > 0) text = "..." + text;
    if (last < line.offsets.size() - 1) text += "...";
    text.erase(text.find_last_not_of(' ') + 1);
    if (!text.empty()) out_ += " " + text;
    out_ += '\n';
    // The dots at the front push everything three columns to the right.
    clip_shift_ = first > 0 ? 3 : 0;
    return line.columns[first];
  }

  void marked_line(SourceId source, std::uint32_t number, std::vector<Mark> marks) {
    const ShownLine line = shown_line(sources_.line(source, number));
    std::size_t anchor = marks.front().begin;
    for (const Mark& mark : marks) {
      if (mark.sign == '^') anchor = mark.begin;
    }
    const std::size_t left = show_line(std::to_string(number), line, anchor);
    underline(line, left, marks, color_of(verdict_));
  }

  std::size_t column_of(const ShownLine& line, std::size_t left, std::size_t byte) const {
    const std::size_t column = line.columns[std::min(byte, line.columns.size() - 1)];
    return (column > left ? column - left : 0) + clip_shift_;
  }

  void underline(const ShownLine& line, std::size_t left, std::vector<Mark>& marks,
                 std::string_view color) {
    std::string signs;
    for (const Mark& mark : marks) {
      const std::size_t begin = column_of(line, left, mark.begin);
      const std::size_t end =
          std::min(std::max(column_of(line, left, mark.end), begin + 1), kWidth + 6);
      if (end > signs.size()) signs.resize(end, ' ');
      for (std::size_t i = begin; i < end; ++i) {
        if (signs[i] != '^') signs[i] = mark.sign;
      }
    }
    std::ranges::stable_sort(marks, std::ranges::greater(), &Mark::begin);
    gutter("");
    out_ += ' ';
    std::string row = signs;
    bool is_first = true;
    for (const Mark& mark : marks) {
      if (mark.text.empty()) continue;
      // The rightmost text stands on the row of the signs, the others below their mark.
      if (is_first && mark.begin == marks.front().begin) {
        row += " " + std::string(mark.text);
      } else {
        rows_.push_back(std::string(column_of(line, left, mark.begin), ' ') +
                        std::string(mark.text));
      }
      is_first = false;
    }
    paint(color, row);
    out_ += '\n';
    for (const std::string& text : rows_) {
      gutter("");
      out_ += " " + text + "\n";
    }
    rows_.clear();
  }

  void show_fix(const FixIt& fix) {
    paint(kGreen, "fix");
    out_ += ": " + fix.text + "\n";
    if (!fix.range.is_known()) return;
    const Mark where = mark_of(fix.range, '~', {});
    const std::string_view line = sources_.line(fix.range.source, where.line);
    const std::string mended = std::string(line.substr(0, where.begin)) + fix.replacement +
                               std::string(line.substr(where.end));
    empty_gutter();
    // A replacement of several lines is shown whole; its first line carries the mark.
    std::string_view rest = mended;
    std::uint32_t number = where.line;
    bool is_first = true;
    while (true) {
      const std::string_view one = rest.substr(0, rest.find('\n'));
      const ShownLine shown = shown_line(one);
      const std::size_t left =
          show_line(is_first ? std::to_string(number) : "+", shown, where.begin);
      if (is_first) {
        const std::size_t first_line = std::min(fix.replacement.find('\n'), fix.replacement.size());
        std::vector<Mark> marks = {{number, where.begin, where.begin + first_line, '~', {}}};
        underline(shown, left, marks, kGreen);
      }
      is_first = false;
      if (one.size() == rest.size()) break;
      rest.remove_prefix(one.size() + 1);
    }
  }

  const SourceMap& sources_;
  bool color_;
  Verdict verdict_ = Verdict::error;
  std::size_t gutter_ = 1;
  std::size_t clip_shift_ = 0;
  std::vector<std::string> rows_;
  std::string out_;
};

}  // namespace

std::string render_text(const SourceMap& sources, const std::vector<Shown>& shown,
                        const RenderOptions& options) {
  std::string out;
  for (const Shown& one : shown) {
    if (!out.empty()) out += '\n';
    out += TextRenderer(sources, options.color).render(one);
  }
  return out;
}

}  // namespace sqlxc
