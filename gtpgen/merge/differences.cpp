// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/merge/differences.hpp"

#include <algorithm>
#include <array>

namespace gtp::gen {
namespace {

// Those below them as well.
constexpr std::array<std::string_view, 8> kOwn = {"target",       "source",          "gateway",      "tunnels",
                                                  "sending.cpus", "sending.threads", "sending.seed", "expect.via"};

std::string shown(const JsonValue* value) {
  if (value == nullptr) return "not said";
  switch (value->type()) {
    case JsonValue::Type::null:
      return "null";
    case JsonValue::Type::boolean:
      return value->boolean() == true ? "true" : "false";
    case JsonValue::Type::number:
      return std::to_string(*value->number());
    case JsonValue::Type::other_number:
      return std::to_string(*value->decimal());
    case JsonValue::Type::string:
      return *value->text();
    case JsonValue::Type::array:
      return "a list of " + std::to_string(value->elements().size());
    case JsonValue::Type::object:
      return "an object";
  }
  return {};
}

class Comparison {
 public:
  Comparison(const std::string& a_name, const std::string& b_name) : a_name_(a_name), b_name_(b_name) {}

  // Depth is bounded: JsonValue has a limit.
  void compare(const JsonValue* a, const JsonValue* b, const std::string& path) {
    if (std::ranges::find(kOwn, path) != kOwn.end() || found_.size() >= kMostDifferences) return;
    if (a != nullptr && b != nullptr) {
      if (*a == *b) return;
      if (a->type() == b->type() && a->type() == JsonValue::Type::object) return objects(*a, *b, path);
      if (a->type() == b->type() && a->type() == JsonValue::Type::array &&
          a->elements().size() == b->elements().size()) {
        for (std::size_t i = 0; i < a->elements().size(); ++i) {
          compare(&a->elements()[i], &b->elements()[i], path + "[" + std::to_string(i) + "]");
        }
        return;
      }
    }
    found_.push_back(path + " is " + shown(a) + " in " + a_name_ + ", " + shown(b) + " in " + b_name_);
  }

  std::vector<std::string> take() { return std::move(found_); }

 private:
  void objects(const JsonValue& a, const JsonValue& b, const std::string& path) {
    const std::string prefix = path.empty() ? "" : path + ".";
    for (const std::string& key : a.keys()) compare(a.find(key), b.find(key), prefix + key);
    for (const std::string& key : b.keys()) {
      if (a.find(key) == nullptr) compare(nullptr, b.find(key), prefix + key);
    }
  }

  const std::string& a_name_;
  const std::string& b_name_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> config_differences(const JsonValue& a, const std::string& a_name, const JsonValue& b,
                                            const std::string& b_name) {
  Comparison comparison(a_name, b_name);
  comparison.compare(&a, &b, {});
  return comparison.take();
}

}  // namespace gtp::gen
