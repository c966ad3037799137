#include <algorithm>
#include <cctype>

#include "random/compare.hpp"

namespace policygraph::testing {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::size_t word_end(const std::string& text, std::size_t at) {
  auto end = at + 1;
  if (text[at] == '\'') return text.find('\'', end) + 1;
  const bool is_number = std::isdigit(static_cast<unsigned char>(text[at])) != 0;
  if (is_word(text[at])) {
    while (end < text.size() && (is_word(text[end]) || (is_number && text[end] == '.' && std::isdigit(static_cast<unsigned char>(text[end + 1])) != 0))) ++end;
    return end;
  }
  for (const char* pair : {"..", "<=", ">=", "<>"}) {
    if (text.compare(at, 2, pair) == 0) return at + 2;
  }
  return end;
}

// ORDER BY up to LIMIT is one word: without a part of it the rows that are cut are others.
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> out;
  bool is_order = false;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    const auto end = word_end(text, at);
    const auto word = text.substr(at, end - at);
    if (word == "ORDER") out.emplace_back();
    is_order = (is_order || word == "ORDER") && word != "MATCH" && word != "OPTIONAL" && word != "WITH" && word != "UNWIND" && word != "RETURN" &&
               word != "WHERE" && word != "}";
    if (is_order) {
      out.back() += " " + word;
    } else {
      out.push_back(word);
    }
    at = end;
  }
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

class Shrinker {
 public:
  Shrinker(Reproduction from, const std::function<bool(const Reproduction&)>& differs) : best_(std::move(from)), differs_(differs) {}

  Reproduction run() {
    // Left-over lists may have lost what gave them an order.
    best_.query.is_bag.assign(16, true);
    best_.query.is_ordered = false;
    words_ = words_of(best_.query.text);
    if (!holds(best_.statements, words_)) return best_;
    for (bool is_better = true; is_better;) is_better = drop_words() || drop_pairs() || drop_statements();
    best_.query.text = joined(words_);
    return best_;
  }

 private:
  bool holds(const std::vector<std::string>& statements, const std::vector<std::string>& words) {
    Reproduction candidate = best_;
    candidate.statements = statements;
    candidate.query.text = joined(words);
    return differs_(candidate);
  }

  bool drop_words() {
    for (auto size = std::max<std::size_t>(words_.size() / 2, 1);; size /= 2) {
      for (std::size_t at = 0; at + size <= words_.size(); ++at) {
        auto fewer = words_;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(at), fewer.begin() + static_cast<std::ptrdiff_t>(at + size));
        if (!holds(best_.statements, fewer)) continue;
        words_ = fewer;
        return true;
      }
      if (size == 1) return false;
    }
  }

  // Two words at once: a pair of brackets, an operator with its operand elsewhere.
  bool drop_pairs() {
    for (std::size_t a = 0; a < words_.size(); ++a) {
      if (std::string("([{").find(words_[a]) == std::string::npos) continue;
      for (auto b = a + 1; b < words_.size(); ++b) {
        if (std::string(")]}").find(words_[b]) == std::string::npos) continue;
        auto fewer = words_;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(b));
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(a));
        if (!holds(best_.statements, fewer)) continue;
        words_ = fewer;
        return true;
      }
    }
    return false;
  }

  bool drop_statements() {
    for (std::size_t i = best_.statements.size(); i-- > 0;) {
      auto fewer = best_.statements;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      if (!holds(fewer, words_)) continue;
      best_.statements = fewer;
      return true;
    }
    return false;
  }

  Reproduction best_;
  const std::function<bool(const Reproduction&)>& differs_;
  std::vector<std::string> words_;
};

}  // namespace

Reproduction shrink(Reproduction from, const std::function<bool(const Reproduction&)>& differs) { return Shrinker(std::move(from), differs).run(); }

std::string to_text(const Reproduction& reproduction) {
  std::string out;
  for (const auto& statement : reproduction.statements) out += "    " + statement + ";\n";
  return out + "    " + reproduction.query.text + "\n";
}

}  // namespace policygraph::testing
