// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/filter/parser.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libcommon/filter/filter.hpp"
#include "libcommon/filter/lexer.hpp"
#include "libcommon/filter/operand.hpp"

namespace gtp::filter {
namespace {

// An exit of a test whose target is not known yet.
struct Exit {
  std::uint32_t test;
  bool taken_when;
};
using Exits = std::vector<Exit>;

// A piece of the program: where it starts and which of its exits mean true and false.
struct Fragment {
  std::uint32_t first = 0;
  Exits when_true;
  Exits when_false;
};

void append(Exits& to, Exits&& from) { to.insert(to.end(), from.begin(), from.end()); }

bool is_operator(TokenKind kind) noexcept { return kind >= TokenKind::equal && kind <= TokenKind::greater_equal; }
bool is_value(const Token& token) noexcept { return token.kind == TokenKind::word || token.kind == TokenKind::quoted; }

// The expression and a caret under [offset]; of a long one only the surroundings. Columns are octets, so what is not
// printable ASCII is shown as one `?` per octet.
std::string show(std::string_view text, std::size_t offset) {
  constexpr std::size_t kBefore = 60;
  constexpr std::size_t kShown = 100;
  const std::size_t from = offset > kBefore ? offset - kBefore : 0;
  std::string out = "\n  ";
  for (const char c : text.substr(from, kShown)) out += c >= ' ' && c <= '~' ? c : c == '\t' || c == '\n' ? ' ' : '?';
  out += "\n  " + std::string(offset - from, ' ') + "^";
  return out;
}

class Parser {
 public:
  Parser(std::string_view text, const Schema& schema) : text_(text), schema_(schema), lexer_(text) { advance(); }

  Result<Program> run() {
    Result<Fragment> whole = expression(0);
    if (!whole) return std::move(whole).error();
    if (token_.kind == TokenKind::close) return error(token_, "there is no ( for this )");
    if (token_.kind != TokenKind::end) return error(token_, "expected `and` or `or`");
    patch(whole->when_true, kAccept);
    patch(whole->when_false, kReject);
    for (Test& test : program_.tests) {
      test.numbers.finish();
      test.addresses.finish();
      test.digits.finish();
    }
    return std::move(program_);
  }

 private:
  // True for `kind` only; moves on.
  bool accept(TokenKind kind) {
    if (token_.kind != kind) return false;
    advance();
    return true;
  }
  void advance() { token_ = lexer_.next(); }

  Error error(const Token& at, std::string what, std::string hint = {}) const {
    if (at.kind == TokenKind::invalid) {
      what = at.text.front() == '"' ? "this quote is not closed"
                                    : "did you mean `" + std::string(at.text) + std::string(at.text) + "`?";
    }
    return {ErrorCode::usage, 0, "column " + std::to_string(at.offset + 1) + ": " + what + show(text_, at.offset),
            std::move(hint)};
  }

  void patch(const Exits& exits, std::uint32_t target) {
    for (const Exit exit : exits) {
      Test& test = program_.tests[exit.test];
      (exit.taken_when ? test.on_true : test.on_false) = target;
    }
  }

  Result<Fragment> expression(int depth) {
    Result<Fragment> left = conjunction(depth);
    while (left && accept(TokenKind::or_sign)) {
      Result<Fragment> right = conjunction(depth);
      if (!right) return right;
      patch(left->when_false, right->first);
      append(left->when_true, std::move(right->when_true));
      left->when_false = std::move(right->when_false);
    }
    return left;
  }

  Result<Fragment> conjunction(int depth) {
    Result<Fragment> left = term(depth);
    while (left && accept(TokenKind::and_sign)) {
      Result<Fragment> right = term(depth);
      if (!right) return right;
      patch(left->when_true, right->first);
      append(left->when_false, std::move(right->when_false));
      left->when_true = std::move(right->when_true);
    }
    return left;
  }

  Result<Fragment> term(int depth) {
    bool negated = false;
    while (accept(TokenKind::not_sign)) negated = !negated;

    const Token start = token_;
    Result<Fragment> inner = Fragment{};
    if (accept(TokenKind::open)) {
      if (depth == Filter::kMaxNesting) {
        return error(start, "more than " + std::to_string(Filter::kMaxNesting) + " parentheses inside each other");
      }
      inner = expression(depth + 1);
      if (inner && !accept(TokenKind::close)) {
        return error(token_, token_.kind == TokenKind::end ? "a ) is missing" : "expected `and`, `or` or )");
      }
    } else {
      inner = test();
    }
    if (inner && negated) std::swap(inner->when_true, inner->when_false);
    return inner;
  }

  Result<Fragment> test() {
    const Token name = token_;
    if (name.kind != TokenKind::word) {
      return error(name, name.kind == TokenKind::end ? "a field is missing here" : "expected a field");
    }
    const std::optional<FieldId> field = schema_.find(name.text);
    if (!field) return no_field(name);
    advance();

    const FieldDef& def = schema_[*field];
    Test test;
    test.field = *field;
    TokenKind operation = TokenKind::equal;
    const bool has_operator = is_operator(token_.kind);
    if (has_operator) {
      operation = token_.kind;
      advance();
    }
    // Behind a boolean field, a word that is neither yes nor no is the start of something else.
    const bool boolean_alone = def.type == FieldType::boolean && !is_boolean(token_.text);
    const bool has_operand = token_.kind == TokenKind::open_list || (is_value(token_) && !boolean_alone);
    if (has_operator || has_operand) {
      if (std::optional<Error> wrong = operand(def, operation, test)) return std::move(*wrong);
    } else if (def.type == FieldType::boolean) {
      test.numbers.add(1, 1);
    } else {
      test.presence = true;
    }
    return emit(std::move(test), operation == TokenKind::not_equal);
  }

  Error no_field(const Token& name) const {
    std::string what = "no field `" + std::string(name.text) + "`";
    const std::string_view nearest = schema_.nearest(name.text);
    if (nearest.empty()) return error(name, std::move(what));
    what += "; nearest: " + std::string(nearest);
    return error(name, std::move(what));
  }

  // One item or a list of them.
  std::optional<Error> operand(const FieldDef& def, TokenKind operation, Test& test) {
    const Token start = token_;
    if (!accept(TokenKind::open_list)) return item(def, operation, test);
    if (operation != TokenKind::equal && operation != TokenKind::not_equal) {
      return error(start, "a list goes with = and != only");
    }
    do {
      if (std::optional<Error> wrong = item(def, operation, test)) return wrong;
    } while (accept(TokenKind::comma));
    if (!accept(TokenKind::close_list)) {
      return error(token_, token_.kind == TokenKind::end ? "a } is missing" : "expected , or }");
    }
    return std::nullopt;
  }

  std::optional<Error> item(const FieldDef& def, TokenKind operation, Test& test) {
    const Token low = token_;
    if (!is_value(low)) return error(low, "a value for `" + std::string(def.name) + "` is missing here", example(def));
    advance();
    std::optional<Token> high;
    const Token dots = token_;
    if (accept(TokenKind::dots)) {
      if (operation != TokenKind::equal && operation != TokenKind::not_equal) {
        return error(dots, "a range goes with = and != only");
      }
      if (!is_value(token_)) return error(token_, "the end of the range is missing");
      high = token_;
      advance();
    }
    std::optional<Complaint> complaint = add_operand(def, operation, low, high, test);
    if (!complaint) return std::nullopt;
    return error(complaint->at, std::move(complaint->what), example(def));
  }

  static std::string example(const FieldDef& def) { return std::string(def.example); }

  Fragment emit(Test&& test, bool negated) {
    const auto index = static_cast<std::uint32_t>(program_.tests.size());
    program_.tests.push_back(std::move(test));
    return {index, {{index, !negated}}, {{index, negated}}};
  }

  std::string_view text_;
  const Schema& schema_;
  Lexer lexer_;
  Token token_;
  Program program_;
};

}  // namespace

Result<Program> parse(std::string_view text, const Schema& schema) { return Parser(text, schema).run(); }

}  // namespace gtp::filter
