// SPDX-License-Identifier: GPL-2.0-or-later
//
// Prints the tables of gtptop(8) as mdoc, from the rows that the program works with: "screen", "columns_VIEW",
// "findings", "gtptop_fields".
#include <cstdio>

#include "gtptop/check/finding.hpp"
#include "gtptop/model/columns.hpp"
#include "gtptop/model/fields.hpp"
#include "libcommon/util/text_buffer.hpp"
#include "tests/screens/scene.hpp"

namespace gtp::top::test {
namespace {

// Text as roff input that prints exactly this.
void put_escaped(TextBuffer& out, std::string_view text) {
  if (text.starts_with('.') || text.starts_with('\'')) out.put("\\&");
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with("…")) {
      out.put("...");
      at += std::string_view("…").size() - 1;
    } else if (text[at] == '\\') {
      out.put("\\e");
    } else if (text[at] == '-') {
      out.put("\\-");
    } else if (text[at] == '\'') {
      out.put("\\(aq");
    } else if (text[at] == '`') {
      out.put("\\(ga");
    } else {
      out.put(text[at]);
    }
  }
}

void put_sentence(TextBuffer& out, std::string_view text) {
  out.put("\\&");
  out.put(static_cast<char>(text.front() >= 'a' && text.front() <= 'z' ? text.front() - 'a' + 'A' : text.front()));
  put_escaped(out, text.substr(1));
  out.put(text.ends_with('.') ? "\n" : ".\n");
}

std::string_view source_of(Needs needs) {
  switch (needs) {
    case Needs::traffic:
      return "From the module or the tap.";
    case Needs::drops:
    case Needs::seen:
    case Needs::created:
      return "From the module.";
    case Needs::sockets:
      return "With one link in the namespace.";
    case Needs::echo:
      return "When Echo Requests were sent.";
    case Needs::nothing:
      break;
  }
  return "";
}

void put_columns(TextBuffer& out, View view) {
  out.put(".Bl -tag -width Ds\n");
  for (const Column& column : columns(view)) {
    out.put(".It Cm ");
    out.put(column.name);
    out.put(" Pq ");
    put_escaped(out, column.wide.empty() ? column.heading : column.wide);
    if (column.form != Form::history) {
      out.put("; Va ");
      out.put(column.key);
      if (!column.unit.empty()) {
        out.put(" , ");
        out.put(column.unit);
      }
    }
    out.put('\n');
    put_sentence(out, column.doc);
    const std::string_view source = source_of(column.needs);
    if (!source.empty()) {
      out.put(source);
      out.put('\n');
    }
  }
  out.put(".El\n");
}

void put_findings(TextBuffer& out) {
  out.put(".Bl -tag -width Ds\n");
  for (const FindingInfo& info : finding_catalogue()) {
    out.put(".It Li ");
    out.put(finding_name(info.id));
    out.put(" Pq ");
    out.put(severity_name(info.severity));
    out.put(" , ");
    put_escaped(out, info.title);
    out.put('\n');
    put_sentence(out, info.meaning);
  }
  out.put(".El\n");
}

void put_fields(TextBuffer& out) {
  out.put(".Bl -tag -width Ds\n");
  for (const View view : {View::tunnels, View::peers, View::links, View::events, View::findings}) {
    out.put(".It Cm ");
    out.put(view_name(view));
    out.put('\n');
    const auto fields = schema(view).fields();
    for (const filter::FieldDef& field : fields) {
      out.put(field.name);
      out.put(&field == &fields.back() ? ".\n" : ",\n");
    }
  }
  out.put(".El\n");
}

void put_screen(TextBuffer& out) {
  FakeNetwork network;
  network.tunnels = 40'000;
  Scene scene(network);
  scene.resize(73, 22);
  scene.tick(30);
  scene.type("jj");
  out.put(".Bd -literal\n");
  const std::string screen = scene.draw({false, false}).text();
  for (std::string_view rest = screen; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    put_escaped(out, rest.substr(0, end));
    out.put('\n');
    rest.remove_prefix(end + 1);
  }
  out.put(".Ed\n");
}

// False: there is no such table.
bool put_table(TextBuffer& out, std::string_view table) {
  constexpr std::string_view kColumns = "columns_";
  if (table == "screen") {
    put_screen(out);
  } else if (table == "findings") {
    put_findings(out);
  } else if (table == "gtptop_fields") {
    put_fields(out);
  } else if (const auto view = table.starts_with(kColumns) ? find_view(table.substr(kColumns.size())) : std::nullopt) {
    put_columns(out, *view);
  } else {
    return false;
  }
  return true;
}

}  // namespace
}  // namespace gtp::top::test

int main(int argc, char** argv) {
  gtp::TextBuffer out;
  if (argc != 2 || !gtp::top::test::put_table(out, argv[1])) {
    std::fputs("usage: gtptop_tables screen|columns_VIEW|findings|gtptop_fields\n", stderr);
    return 2;
  }
  return std::fwrite(out.view().data(), 1, out.size(), stdout) == out.size() && std::fflush(stdout) == 0 ? 0 : 1;
}
