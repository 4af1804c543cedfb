#include "bench/extract/corpus.hpp"

#include <algorithm>
#include <array>

#include "ovillo/base/file.hpp"
#include "ovillo/base/utf8.hpp"

namespace ovillo::bench {

namespace {

constexpr std::size_t kHeldOutEvery = 3;

std::vector<std::string_view> cut(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

// Takes "{kind:canonical|raw}" out of a row and resolves "\n" and "\u{200B}".
class Reader {
 public:
  explicit Reader(std::string_view row) : row_(row) {}

  bool read(Labelled& out) {
    while (at_ < row_.size()) {
      if (row_[at_] == '\\') {
        if (!escape(out.text)) return false;
      } else if (row_[at_] == '{') {
        if (!open(out)) return false;
      } else if (row_[at_] == '}') {
        if (!is_open_) return false;
        out.expected.back().span.end = static_cast<std::uint32_t>(out.text.size());
        is_open_ = false;
        ++at_;
      } else {
        out.text.push_back(row_[at_++]);
      }
    }
    return !is_open_;
  }

 private:
  bool open(Labelled& out) {
    const std::size_t colon = row_.find(':', at_);
    const std::size_t bar = row_.find('|', at_);
    if (is_open_ || colon > bar || bar == std::string_view::npos) return false;
    const auto kind = from_name<FindKind>(row_.substr(at_ + 1, colon - at_ - 1));
    if (!kind) return false;
    const auto begin = static_cast<std::uint32_t>(out.text.size());
    out.expected.push_back(
        {*kind, {begin, begin}, std::string(row_.substr(colon + 1, bar - colon - 1))});
    is_open_ = true;
    at_ = bar + 1;
    return true;
  }

  bool escape(std::string& text) {
    if (row_.substr(at_, 2) == "\\n") {
      text.push_back('\n');
      at_ += 2;
      return true;
    }
    const std::size_t end = row_.find('}', at_);
    if (row_.substr(at_, 3) != "\\u{" || end == std::string_view::npos) return false;
    char32_t code_point = 0;
    for (const char c : row_.substr(at_ + 3, end - at_ - 3)) {
      constexpr std::string_view kHex = "0123456789ABCDEF";
      const std::size_t digit = kHex.find(c);
      if (digit == std::string_view::npos) return false;
      code_point = code_point * 16 + static_cast<char32_t>(digit);
    }
    append_utf8(text, code_point);
    at_ = end + 1;
    return true;
  }

  std::string_view row_;
  std::size_t at_ = 0;
  bool is_open_ = false;
};

double share(std::size_t part, std::size_t rest) {
  return part + rest == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(part + rest);
}

bool overlap(const Span& a, const Span& b) { return a.begin < b.end && b.begin < a.end; }

}  // namespace

Result<std::vector<Labelled>> read_corpus(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".tsv") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Labelled> corpus;
  for (const auto& file : files) {
    OVILLO_TRY(const std::string bytes, read_file(file));
    std::size_t n_rows = 0;
    for (const std::string_view line : cut(bytes, '\n')) {
      if (line.empty() || line.front() == '#') continue;
      const auto cells = cut(line, '\t');
      Labelled labelled;
      if (cells.size() != 3 || !Reader(cells[2]).read(labelled))
        return Error(ErrorCode::base_bad_data_file, std::string(line),
                     {file.filename().string(), {}, {}, {}, {}});
      labelled.language = file.stem().string();
      labelled.tag = std::string(cells[0]);
      labelled.region = std::string(cells[1]);
      labelled.held_out = ++n_rows % kHeldOutEvery == 0;
      corpus.push_back(std::move(labelled));
    }
  }
  return corpus;
}

double Score::precision() const { return share(n_right, n_wrong); }
double Score::recall() const { return share(n_right, n_missed); }
double Score::f1() const {
  const double sum = precision() + recall();
  return sum == 0 ? 0 : 2 * precision() * recall() / sum;
}
Score& Score::operator+=(const Score& other) {
  n_right += other.n_right;
  n_wrong += other.n_wrong;
  n_missed += other.n_missed;
  n_exact += other.n_exact;
  return *this;
}

std::map<FindKind, Score> score(const Labelled& labelled, const std::vector<Find>& finds) {
  constexpr std::array kUnlabelled = {FindKind::language, FindKind::voice};
  std::map<FindKind, Score> scores;
  std::vector<bool> met(labelled.expected.size());
  for (const Find& find : finds) {
    if (std::find(kUnlabelled.begin(), kUnlabelled.end(), find.kind) != kUnlabelled.end()) continue;
    Score& of_kind = scores[find.kind];
    bool right = false;
    for (std::size_t i = 0; i < met.size() && !right; ++i) {
      const Expected& label = labelled.expected[i];
      if (met[i] || label.kind != find.kind || label.canonical != find.canonical) continue;
      if (!overlap(label.span, find.span)) continue;
      right = met[i] = true;
      of_kind.n_exact += label.span == find.span ? 1 : 0;
    }
    ++(right ? of_kind.n_right : of_kind.n_wrong);
  }
  for (std::size_t i = 0; i < met.size(); ++i)
    if (!met[i]) ++scores[labelled.expected[i].kind].n_missed;
  return scores;
}

bool has_no_phone(const Labelled& labelled) {
  return std::none_of(labelled.expected.begin(), labelled.expected.end(),
                      [](const Expected& label) { return label.kind == FindKind::phone; });
}

}  // namespace ovillo::bench
