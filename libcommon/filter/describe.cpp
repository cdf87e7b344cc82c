// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/filter/describe.hpp"

#include <algorithm>

namespace gtp::filter {

std::string_view type_name(FieldType type) noexcept {
  switch (type) {
    case FieldType::number:
      return "number";
    case FieldType::text:
      return "text";
    case FieldType::digits:
      return "digits";
    case FieldType::address:
      return "address or prefix";
    case FieldType::port:
      return "port";
    case FieldType::duration:
      return "duration";
    case FieldType::time:
      return "time";
    case FieldType::boolean:
      return "yes or no";
    case FieldType::enumeration:
      return "code or name";
  }
  return {};
}

void put_fields(TextBuffer& out, const Schema& schema) {
  std::size_t names = 0;
  std::size_t examples = 0;
  for (const FieldDef& field : schema.fields()) {
    names = std::max(names, field.name.size());
    examples = std::max(examples, field.example.size());
  }
  for (const FieldDef& field : schema.fields()) {
    out.put("  ");
    out.put(field.name);
    out.fill(' ', names - field.name.size() + 2);
    out.put(field.example);
    out.fill(' ', examples - field.example.size() + 2);
    out.put(field.doc);
    if (!field.aliases.empty()) {
      out.put(" (also: ");
      out.put(field.aliases);
      out.put(')');
    }
    out.put('\n');
  }
}

void put_manual(TextBuffer& out, const Schema& schema) {
  out.put(".Bl -tag -width Ds\n");
  for (const FieldDef& field : schema.fields()) {
    out.put(".It Cm ");
    out.put(field.name);
    // Punctuation must stand alone on a macro line, or mdoc sets it in the face of the word.
    for (std::string_view aliases = field.aliases; !aliases.empty();) {
      const std::size_t end = std::min(aliases.find(' '), aliases.size());
      out.put(" , ");
      out.put(aliases.substr(0, end));
      aliases.remove_prefix(std::min(end + 1, aliases.size()));
    }
    out.put(" Pq ");
    out.put(type_name(field.type));
    out.put('\n');
    out.put(field.doc);
    out.put(".\nExample:\n.Ql ");
    out.put(field.example);
    out.put("\n");
  }
  out.put(".El\n");
}

}  // namespace gtp::filter
