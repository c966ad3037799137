#include "policygraph/query/procedure.hpp"

#include <array>
#include <utility>

#include "policygraph/base/error.hpp"

namespace policygraph::inline v0 {
namespace {

struct TypeName {
  std::string_view text;
  ProcedureType type;
};
constexpr auto kTypeNames = std::to_array<TypeName>({
    {"ANY", ProcedureType::any},
    {"BOOLEAN", ProcedureType::boolean},
    {"INTEGER", ProcedureType::integer},
    {"FLOAT", ProcedureType::floating},
    {"NUMBER", ProcedureType::number},
    {"STRING", ProcedureType::string},
    {"LIST", ProcedureType::list},
    {"MAP", ProcedureType::map},
    {"NODE", ProcedureType::node},
    {"RELATIONSHIP", ProcedureType::edge},
    {"PATH", ProcedureType::path},
});

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

// name.of.it(argument :: TYPE?, ...) :: (result :: TYPE?, ...)
class SignatureReader {
 public:
  explicit SignatureReader(std::string_view text) : text_(text) {}

  void run(std::string& name, std::vector<ProcedureField>& arguments, std::vector<ProcedureField>& results) {
    name = read_word("the name of a procedure");
    while (take(".")) name += "." + read_word("a name");
    arguments = read_fields();
    expect("::");
    results = read_fields();
    if (skip(); at_ != text_.size()) fail("the end of the signature");
  }

 private:
  std::vector<ProcedureField> read_fields() {
    std::vector<ProcedureField> out;
    expect("(");
    while (!take(")")) {
      if (!out.empty()) expect(",");
      ProcedureField field;
      field.name = read_word("a name");
      for (const auto& other : out) {
        if (other.name == field.name) fail("a name other than '" + field.name + "', which stands twice");
      }
      if (take("=")) field.otherwise = read_literal();
      if (!field.otherwise && !out.empty() && out.back().otherwise) fail("'=', as after '" + out.back().name + "'");
      expect("::");
      field.type = read_type();
      field.is_nullable = take("?");
      out.push_back(std::move(field));
    }
    return out;
  }

  Value read_literal() {
    if (take("'")) {
      const auto start = at_;
      while (at_ < text_.size() && text_[at_] != '\'') ++at_;
      auto text = std::string(text_.substr(start, at_ - start));
      expect("'");
      return Value(std::move(text));
    }
    const bool is_negative = take("-");
    const auto word = read_word("null, true, false, an integer or a text");
    if (!is_negative && word == "null") return {};
    if (!is_negative && (word == "true" || word == "false")) return Value(word == "true");
    const auto number = Decimal::try_parse((is_negative ? "-" : "") + word);
    if (!number || !number->to_int64()) fail("null, true, false, an integer or a text, not '" + word + "'");
    return Value(*number->to_int64());
  }

  ProcedureType read_type() {
    skip();
    const auto start = at_;
    const auto word = read_word("a type");
    for (const auto& [text, type] : kTypeNames) {
      if (text == word) return type;
    }
    at_ = start;
    fail("a type: ANY, BOOLEAN, INTEGER, FLOAT, NUMBER, STRING, LIST, MAP, NODE, RELATIONSHIP or PATH");
  }

  std::string read_word(std::string_view what) {
    skip();
    const auto start = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    if (at_ == start) fail(what);
    return std::string(text_.substr(start, at_ - start));
  }

  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t')) ++at_;
  }
  bool take(std::string_view symbol) {
    skip();
    if (!text_.substr(at_).starts_with(symbol)) return false;
    at_ += symbol.size();
    return true;
  }
  void expect(std::string_view symbol) {
    if (!take(symbol)) fail("'" + std::string(symbol) + "'");
  }
  [[noreturn]] void fail(std::string_view wanted) const {
    throw Error(ErrorCode::format, "signature of a procedure: expected " + std::string(wanted), place_in(text_, at_));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string text_of(const std::vector<ProcedureField>& fields) {
  std::string out;
  for (const auto& field : fields) {
    out += (out.empty() ? "" : ", ") + field.name + (field.otherwise ? " = " + field.otherwise->to_string() : "") + " :: " + std::string(kTypeNames[static_cast<std::size_t>(field.type)].text) +
           (field.is_nullable ? "?" : "");
  }
  return "(" + out + ")";
}

}  // namespace

Procedure::Procedure(std::string_view signature, ProcedureBody body) : body_(std::move(body)) {
  SignatureReader(signature).run(name_, arguments_, results_);
  if (!body_) throw Error(ErrorCode::invalid_argument, "procedure '" + name_ + "' has no body");
}

std::string Procedure::signature() const { return name_ + text_of(arguments_) + " :: " + text_of(results_); }

void Procedures::add(Procedure procedure) {
  const auto name = procedure.name();
  if (!by_name_.emplace(name, std::move(procedure)).second) {
    throw Error(ErrorCode::conflict, "procedure '" + name + "' is there already; give this one another name");
  }
}

const Procedure* Procedures::find(std::string_view name) const noexcept {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &found->second;
}

std::vector<const Procedure*> Procedures::all() const {
  std::vector<const Procedure*> out;
  for (const auto& [name, procedure] : by_name_) out.push_back(&procedure);
  return out;
}

}  // namespace policygraph::inline v0
