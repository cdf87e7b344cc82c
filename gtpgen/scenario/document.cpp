// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/scenario/document.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

namespace gtp::gen {
namespace {

// Thrown through the library's parser, and caught below.
struct Refusal {
  YamlPlace place;
  std::string what;
};

YamlPlace place_of(const YAML::Mark& mark) { return {mark.line + 1, mark.column + 1}; }

class TreeBuilder final : public YAML::EventHandler {
 public:
  YamlNode take_root() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    leaf({YamlNode::Kind::null, place_of(mark), {}, {}, {}});
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    throw Refusal{place_of(mark), "aliases are not supported"};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    if (wants_key()) return key(mark, value);
    leaf({YamlNode::Kind::scalar, place_of(mark), value, {}, {}});
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, YamlNode::Kind::list);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, YamlNode::Kind::map);
  }
  void OnMapEnd() override { close(); }

 private:
  // A list or map that is not complete, and the key whose value is awaited.
  struct Level {
    YamlNode node;
    bool has_key = false;
    std::string key;
    YamlPlace key_place;
  };

  static void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) throw Refusal{place_of(mark), "anchors are not supported"};
  }
  // "?" is what the library says for "no tag", "!" for a quoted scalar without one.
  static void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!") throw Refusal{place_of(mark), "tags are not supported"};
  }

  bool wants_key() const {
    return !levels_.empty() && levels_.back().node.kind == YamlNode::Kind::map && !levels_.back().has_key;
  }

  void key(const YAML::Mark& mark, const std::string& text) {
    Level& level = levels_.back();
    const auto& entries = level.node.entries;
    const auto before =
        std::find_if(entries.begin(), entries.end(), [&](const YamlNode::Entry& entry) { return entry.key == text; });
    if (before != entries.end()) {
      throw Refusal{place_of(mark),
                    "\"" + text + "\" is given twice, first in line " + std::to_string(before->place.line)};
    }
    level.has_key = true;
    level.key = text;
    level.key_place = place_of(mark);
  }

  void leaf(YamlNode node) {
    if (wants_key()) throw Refusal{node.place, "a key must be text"};
    if (levels_.empty()) {
      root_ = std::move(node);
      return;
    }
    Level& level = levels_.back();
    if (level.node.kind == YamlNode::Kind::list) {
      level.node.items.push_back(std::move(node));
      return;
    }
    level.has_key = false;
    level.node.entries.push_back({std::move(level.key), level.key_place, std::move(node)});
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YamlNode::Kind kind) {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    if (wants_key()) throw Refusal{place_of(mark), "a key must be text"};
    if (levels_.size() >= kMaxYamlDepth) throw Refusal{place_of(mark), "nested too deeply"};
    levels_.push_back({{kind, place_of(mark), {}, {}, {}}, false, {}, {}});
  }

  void close() {
    YamlNode node = std::move(levels_.back().node);
    levels_.pop_back();
    leaf(std::move(node));
  }

  YamlNode root_;
  std::vector<Level> levels_;
};

}  // namespace

Error yaml_error(std::string_view name, YamlPlace place, std::string what, std::string hint) {
  return {ErrorCode::usage, 0,
          std::string(name) + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " +
              std::move(what),
          std::move(hint)};
}

Result<YamlNode> parse_yaml(const std::string& text, std::string_view name) {
  try {
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    TreeBuilder tree;
    if (!parser.HandleNextDocument(tree)) return YamlNode{};
    TreeBuilder rest;
    if (parser.HandleNextDocument(rest)) return yaml_error(name, rest.take_root().place, "a second document");
    return tree.take_root();
  } catch (const Refusal& refusal) {
    return yaml_error(name, refusal.place, refusal.what);
  } catch (const YAML::Exception& error) {
    return yaml_error(name, place_of(error.mark), error.msg);
  }
}

}  // namespace gtp::gen
