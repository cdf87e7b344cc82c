// SPDX-License-Identifier: GPL-2.0-or-later
//
// The tables against themselves (sorted, unique, well-formed names), against `tshark -G values` where tshark is
// installed, and against the project's tab-separated tables where their directory is named by GTP_TABLES.
#include "libcommon/wire/table/tables.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "libcommon/wire/extension_header.hpp"

using namespace gtp::wire;

namespace {

constexpr std::array kProtocols{Protocol::gtpv0,   Protocol::gtpv1_c,   Protocol::gtpv1_u,
                                Protocol::gtpv2_c, Protocol::gtp_prime, Protocol::pfcp};

bool snake_case(std::string_view key) {
  for (const char c : key) {
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_') return false;
  }
  return !key.empty();
}

// Letters and digits in lower case: spelling without case, hyphens and brackets.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  return out;
}

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> out(1);
  for (const char c : line) {
    if (c == '\t') {
      out.emplace_back();
    } else if (c != '\n' && c != '\r') {
      out.back() += c;
    }
  }
  return out;
}

// field abbreviation -> value -> name, of the fields asked for.
using Values = std::map<std::string, std::map<unsigned long, std::string>>;

Values tshark_values(const std::set<std::string>& fields) {
  Values out;
  const auto close = [](std::FILE* f) { pclose(f); };
  const std::unique_ptr<std::FILE, decltype(close)> pipe(popen("tshark -G values 2>/dev/null", "r"), close);
  if (pipe == nullptr) return out;
  std::array<char, 4096> line{};
  while (std::fgets(line.data(), static_cast<int>(line.size()), pipe.get()) != nullptr) {
    if (line[0] != 'V') continue;
    const auto columns = split(line.data());
    if (columns.size() >= 4 && fields.count(columns[1]) != 0) {
      out[columns[1]][std::strtoul(columns[2].c_str(), nullptr, 0)] = columns[3];
    }
  }
  return out;
}

// The rows of a tab-separated table as column -> text; none when the directory is not there.
std::vector<std::map<std::string, std::string>> tsv(const std::string& file) {
  const char* directory = std::getenv("GTP_TABLES");
  std::ifstream in(std::string(directory != nullptr ? directory : GTP_SOURCE_DIR "/../shared/tables") + "/" + file);
  std::vector<std::map<std::string, std::string>> rows;
  std::string line;
  if (!std::getline(in, line)) return rows;
  const auto header = split(line);
  while (std::getline(in, line)) {
    const auto cells = split(line);
    std::map<std::string, std::string> row;
    for (std::size_t i = 0; i < header.size() && i < cells.size(); ++i) row[header[i]] = cells[i];
    rows.push_back(row);
  }
  return rows;
}

struct Difference {
  Protocol protocol;
  unsigned type;
};

}  // namespace

TEST_CASE("element tables are sorted, unique and named") {
  for (const Protocol protocol : kProtocols) {
    INFO(title(protocol));
    const auto table = ie_table(protocol);
    CHECK_FALSE(table.empty());
    std::set<std::string_view> keys;
    int last = -1;
    for (const IeInfo& ie : table) {
      INFO(ie.type << " " << ie.key);
      CHECK(int{ie.type} > last);
      last = ie.type;
      CHECK(snake_case(ie.key));
      CHECK(keys.insert(ie.key).second);
      CHECK_FALSE(ie.name.empty());
      CHECK_FALSE(ie.clause.empty());
      const bool one_octet_types = protocol != Protocol::pfcp;
      CHECK((!one_octet_types || ie.type < 256));
      const bool tv = one_octet_types && protocol != Protocol::gtpv2_c && ie.type < 128;
      CHECK((ie.fixed_length >= 0) == tv);
      CHECK_FALSE((ie.grouped && ie.decode != nullptr));
      CHECK(find_ie(protocol, ie.type) == &ie);
    }
    CHECK(find_ie(protocol, 65535) == nullptr);
  }
}

TEST_CASE("message tables are sorted, unique and paired") {
  for (const Protocol protocol : kProtocols) {
    INFO(title(protocol));
    const auto table = message_table(protocol);
    CHECK_FALSE(table.empty());
    std::set<std::string_view> keys;
    int last = -1;
    for (const MessageInfo& message : table) {
      INFO(int{message.type} << " " << message.key);
      CHECK(int{message.type} > last);
      last = message.type;
      CHECK(snake_case(message.key));
      CHECK(keys.insert(message.key).second);
      CHECK_FALSE(message.name.empty());
      CHECK_FALSE(message.clause.empty());
      CHECK(find_message(protocol, message.type) == &message);
      if (message.kind == MessageInfo::Kind::request) CHECK(message.response_type != 0);
      if (message.response_type != 0) {
        const MessageInfo* answer = find_message(protocol, message.response_type);
        REQUIRE(answer != nullptr);
        CHECK(answer->kind == MessageInfo::Kind::response);
      }
    }
    CHECK(find_message(protocol, 0) == nullptr);
  }
}

TEST_CASE("message names are tshark's, but for the specifications' own words") {
  const Values values = tshark_values({"gtp.message", "gtpv2.message_type", "pfcp.msg_type", "gtp.ext_hdr.next"});
  if (values.empty()) {
    WARN("tshark is not installed: names not compared");
    return;
  }
  // Types where the specification's name is not tshark 4.0's, and why.
  constexpr std::array kDifferences{
      Difference{Protocol::gtpv0, 22},    Difference{Protocol::gtpv0, 23},     // AA, not Initiate ... Activation
      Difference{Protocol::gtpv0, 32},    Difference{Protocol::gtpv0, 33},     // Routeing
      Difference{Protocol::gtpv0, 52},                                         // Acknowledge
      Difference{Protocol::gtpv1_c, 31},                                       // Extension Headers
      Difference{Protocol::gtpv1_c, 32},  Difference{Protocol::gtpv1_c, 33},   // Routeing
      Difference{Protocol::gtpv1_c, 52},                                       // Acknowledge
      Difference{Protocol::gtpv1_c, 255}, Difference{Protocol::gtpv1_u, 255},  // G-PDU is the message, T-PDU its load
      Difference{Protocol::gtpv1_u, 31},                                       // Extension Headers
      Difference{Protocol::gtpv2_c, 4},   Difference{Protocol::gtpv2_c, 5},    // S101 (TS 29.276)
      Difference{Protocol::gtpv2_c, 6},   Difference{Protocol::gtpv2_c, 7},    // S101 (TS 29.276)
      Difference{Protocol::gtpv2_c, 177},                                      // Acknowledge
      Difference{Protocol::gtpv2_c, 178},                                      // a sentence there
  };
  const auto excused = [&](Protocol protocol, unsigned type) {
    for (const Difference& difference : kDifferences) {
      if (difference.protocol == protocol && difference.type == type) return true;
    }
    return false;
  };
  for (const Protocol protocol : kProtocols) {
    const std::string field = protocol == Protocol::gtpv2_c ? "gtpv2.message_type"
                              : protocol == Protocol::pfcp  ? "pfcp.msg_type"
                                                            : "gtp.message";
    const auto& names = values.at(field);
    for (const MessageInfo& message : message_table(protocol)) {
      const auto theirs = names.find(message.type);
      if (theirs == names.end()) continue;
      INFO(title(protocol) << " " << int{message.type} << ": tshark has " << theirs->second);
      // Every PFCP name starts with "PFCP" in the specification; here the protocol column says it.
      const std::string ours = (protocol == Protocol::pfcp ? "pfcp" : "") + plain(message.name);
      CHECK((ours == plain(theirs->second)) != excused(protocol, message.type));
    }
  }
  for (const ExtensionInfo& extension : extension_table()) {
    INFO("extension header " << int{extension.type});
    const auto& names = values.at("gtp.ext_hdr.next");
    REQUIRE(names.count(extension.type) == 1);
  }
}

TEST_CASE("the tables are the tab-separated ones") {
  const std::map<Protocol, std::pair<std::string, std::string>> files{
      {Protocol::gtpv0, {"gtpv0_ies.tsv", "gtpv0_messages.tsv"}},
      {Protocol::gtpv1_c, {"gtpv1c_ies.tsv", "gtpv1c_messages.tsv"}},
      {Protocol::gtpv1_u, {"gtpv1c_ies.tsv", "gtpv1u_messages.tsv"}},
      {Protocol::gtpv2_c, {"gtpv2c_ies.tsv", "gtpv2c_messages.tsv"}},
      {Protocol::gtp_prime, {"gtp_prime_ies.tsv", "gtp_prime_messages.tsv"}},
      {Protocol::pfcp, {"pfcp_ies.tsv", "pfcp_messages.tsv"}},
  };
  for (const auto& [protocol, names] : files) {
    auto rows = tsv(names.first);
    if (rows.empty()) {
      WARN("no tables in GTP_TABLES: " << names.first << " not compared");
      return;
    }
    for (auto& row : rows) {
      const auto type = static_cast<std::uint16_t>(std::stoul(row["type"]));
      const IeInfo* info = find_ie(protocol, type);
      INFO(title(protocol) << " element " << type << " " << row["key"]);
      REQUIRE(info != nullptr);
      CHECK(info->key == row["key"]);
      CHECK(info->name == row["name"]);
      if (row.count("grouped") != 0) CHECK(info->grouped == (row["grouped"] == "1"));
      if (row["format"] == "TV") CHECK(info->fixed_length == std::stoi(row["fixed_length"]));
    }
    for (auto& row : tsv(names.second)) {
      const auto type = static_cast<std::uint8_t>(std::stoul(row["type"]));
      const MessageInfo* info = find_message(protocol, type);
      INFO(title(protocol) << " message " << int{type} << " " << row["key"]);
      REQUIRE(info != nullptr);
      CHECK(info->key == row["key"]);
      CHECK(info->name == row["name"]);
      if (!row["response_type"].empty()) CHECK(info->response_type == std::stoi(row["response_type"]));
    }
  }
  for (auto& row : tsv("gtp_extension_headers.tsv")) {
    const ExtensionInfo* info = find_extension(static_cast<std::uint8_t>(std::stoul(row["type"])));
    INFO("extension header " << row["type"]);
    REQUIRE(info != nullptr);
    CHECK(info->key == row["key"]);
    CHECK(info->name == row["name"]);
  }
}
