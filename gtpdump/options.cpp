// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/options.hpp"

#include <CLI/CLI.hpp>
#include <sys/stat.h>

#include <charconv>

#include "gtpdump/print/columns.hpp"
#include "gtpdump/version.hpp"

namespace gtp::dump {
namespace {

constexpr const char* kHelp = R"(usage: gtpdump [-r FILE ... | -i INTERFACE] [options] [FILTER]

Decodes GTPv0, GTPv1-C, GTPv1-U, GTPv2-C, GTP' and PFCP. One line per packet
unless told otherwise.

Input      -r FILE ...    pcap or pcapng, plain or gzip/zstd/xz; - is stdin
           -i INTERFACE   capture live ("any" for all); -p is promiscuous
           --duration S   stop a live capture after S seconds
           -c COUNT       stop after COUNT selected packets
           --port N=PROTO port N is gtp-c, gtp-u, gtp-prime, pfcp or none
Selection  FILTER         imsi 001010000000001 and type create_session;
                          see gtp-filter(7)
           --bpf EXPR     pcap-filter(7) on the outer packet
           --follow K=V   all of one subscriber; K: imsi, msisdn, ue or teid
Output     -v             tree of all fields      -x   octets, fields marked
           --json         gtp-json/1, one object per line; --raw adds octets
           --fields A,B   columns (TSV; --csv for CSV); "help" lists names
           --stats        tables at the end; with --json as one object
           --check        protocol errors with their clause; status 1 if any
           -t FORMAT      local, date, utc, epoch, relative, delta or none
           --color WHEN   auto, always or never    -q   no progress, no counts
Writing    -w FILE        the selected packets as they were; - is stdout
           --decap FILE   the packets inside the tunnels, an interface per
                          tunnel (pcapng)
           -C MB -G SEC -W N   rotate -w by size, by time; keep N files
Other      -j THREADS     decode with this many    -n   names stay numbers
           -h, --help     this text                --version

  gtpdump -r core.pcap                        what happened
  gtpdump -r core.pcap --stats                messages, paths, sessions, causes
  gtpdump -r core.pcap --follow imsi=001010000000001 -w one.pcap
  gtpdump -i any -v 'type create_session or cause > 63'
)";

Error usage(std::string what, std::string hint = "gtpdump --help") {
  return {ErrorCode::usage, 0, std::move(what), std::move(hint)};
}

bool is_file(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 && !S_ISDIR(status.st_mode);
}

Result<packet::PortRule> parse_port(const std::string& text) {
  using packet::PortUse;
  const std::size_t equals = text.find('=');
  unsigned port = 0;
  const char* end = text.data() + std::min(equals, text.size());
  const auto [stop, error] = std::from_chars(text.data(), end, port);
  if (equals == std::string::npos || error != std::errc{} || stop != end || port == 0 || port > 65535) {
    return usage("--port " + text + ": not PORT=PROTOCOL", "--port 9152=gtp-u");
  }
  const std::string name = text.substr(equals + 1);
  constexpr std::pair<std::string_view, PortUse> kUses[] = {
      {"gtp-c", PortUse::gtp_c},           {"gtp-u", PortUse::gtp_u}, {"gtp-prime", PortUse::gtp_v0_or_prime},
      {"gtpv0", PortUse::gtp_v0_or_prime}, {"pfcp", PortUse::pfcp},   {"none", PortUse::none},
  };
  for (const auto& [known, use] : kUses) {
    if (name == known) return packet::PortRule{static_cast<std::uint16_t>(port), use};
  }
  return usage("--port " + text + ": no protocol \"" + name + "\"",
               "one of gtp-c, gtp-u, gtp-prime, gtpv0, pfcp, none");
}

Result<FollowKey> parse_follow(const std::string& text) {
  using Kind = FollowKey::Kind;
  const std::size_t equals = text.find('=');
  const std::string key = text.substr(0, equals);
  constexpr std::pair<std::string_view, Kind> kKeys[] = {
      {"imsi", Kind::imsi}, {"msisdn", Kind::msisdn}, {"ue", Kind::ue}, {"teid", Kind::teid}};
  if (equals != std::string::npos && equals + 1 < text.size()) {
    for (const auto& [known, kind] : kKeys) {
      if (key == known) return FollowKey{kind, text.substr(equals + 1)};
    }
  }
  return usage("--follow " + text + ": not KEY=VALUE with KEY imsi, msisdn, ue or teid",
               "--follow imsi=001010000000001");
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    if (comma > at) parts.push_back(text.substr(at, comma - at));
    at = comma + 1;
  }
  return parts;
}

// The raw words of the command line before they are checked against each other.
struct Words {
  std::vector<std::string> positional;
  std::vector<std::string> ports;
  std::string follow;
  std::string fields;
  std::string time = "local";
  std::string colour = "auto";
  double rotate_megaoctets = 0;
  bool tree = false;
  bool json = false;
  bool stats = false;
  bool check = false;
  bool no_names = false;
};

void declare(CLI::App& app, Options& o, Words& w) {
  app.set_help_flag();
  app.add_option("-r", o.files)->allow_extra_args(false);
  const CLI::Validator positive(
      [](std::string& text) -> std::string {
        double value = 0;
        return CLI::detail::lexical_cast(text, value) && value > 0 ? "" : "not a positive number: " + text;
      },
      "NUMBER");
  app.add_option("-i", o.interface);
  app.add_flag("-p", o.promiscuous);
  app.add_option("-c", o.count)->check(positive);
  app.add_option("--duration", o.duration_s)->check(positive);
  app.add_option("--port", w.ports)->allow_extra_args(false);
  app.add_option("--bpf", o.bpf);
  app.add_option("--follow", w.follow);
  app.add_flag("-v", w.tree);
  app.add_flag("-x", o.hex);
  app.add_flag("--json", w.json);
  app.add_flag("--raw", o.raw);
  app.add_option("--fields", w.fields);
  app.add_flag("--csv", o.csv);
  app.add_flag("--stats", w.stats);
  app.add_flag("--check", w.check);
  app.add_option("-t", w.time)->check(CLI::IsMember({"local", "date", "utc", "epoch", "relative", "delta", "none"}));
  app.add_option("--color", w.colour)->check(CLI::IsMember({"auto", "always", "never"}));
  app.add_flag("-q", o.quiet);
  app.add_option("-w", o.write_file);
  app.add_option("--decap", o.decap_file);
  app.add_option("-C", w.rotate_megaoctets)->check(positive);
  app.add_option("-G", o.rotate_seconds)->check(positive);
  app.add_option("-W", o.rotate_files)->check(positive);
  app.add_option("-j", o.threads)->check(CLI::Range(1, 64));
  app.add_flag("-n", w.no_names);
  app.add_option("filter", w.positional);
}

// No word of a filter that stands first has a dot or a slash, so a file called "imsi" changes nothing.
bool looks_like_path(const std::string& word) { return word.find_first_of("./") != std::string::npos; }

// Words behind "-r FILE" that name files are files too, so that -r *.pcap works; the rest is the filter.
void take_positional(Options& o, const Words& w) {
  auto word = w.positional.begin();
  if (!o.files.empty()) {
    while (word != w.positional.end() && looks_like_path(*word) && is_file(*word)) o.files.push_back(*word++);
  }
  for (; word != w.positional.end(); ++word) {
    if (!o.filter.empty()) o.filter += ' ';
    o.filter += *word;
  }
}

Result<void> choose_output(Options& o, const Words& w) {
  const int chosen = (w.tree ? 1 : 0) + (w.json && !w.stats && !w.check ? 1 : 0) + (w.fields.empty() ? 0 : 1) +
                     (w.stats ? 1 : 0) + (w.check ? 1 : 0);
  if (chosen > 1) return usage("-v, --json, --fields, --stats and --check are different outputs: choose one");
  if (o.raw && !w.json) return usage("--raw goes with --json");
  if (o.csv && w.fields.empty()) return usage("--csv goes with --fields");
  o.json_stats = w.json && (w.stats || w.check);
  const bool writes = !o.write_file.empty() || !o.decap_file.empty();
  o.output = w.stats             ? OutputKind::stats
             : w.check           ? OutputKind::check
             : w.json            ? OutputKind::json
             : w.tree            ? OutputKind::tree
             : !w.fields.empty() ? OutputKind::fields
             : writes && !o.hex  ? OutputKind::none
                                 : OutputKind::summary;
  o.fields = split(w.fields);
  if (o.output != OutputKind::none) {
    if (o.write_file == "-") return usage("-w - and text would share standard output", "-w FILE");
    if (o.decap_file == "-") return usage("--decap - and text would share standard output", "--decap FILE");
  }
  if (writes && o.write_file == o.decap_file) return usage("-w and --decap name the same file");
  if (o.hex && (o.output == OutputKind::json || o.output == OutputKind::fields)) {
    return usage("-x goes with lines and -v", "--json --raw");
  }
  return {};
}

Result<void> check(Options& o, const Words& w) {
  take_positional(o, w);
  if (!o.files.empty() && !o.interface.empty()) return usage("-r and -i exclude each other");
  if (o.files.empty() && o.interface.empty()) {
    const bool named = !w.positional.empty() && is_file(w.positional.front());
    return usage("nothing to read: name a file or an interface",
                 named ? "gtpdump -r " + w.positional.front() : "gtpdump -r FILE, or gtpdump -i any");
  }
  if (o.interface.empty() && (o.promiscuous || o.duration_s > 0)) return usage("-p and --duration go with -i");
  if (o.write_file.empty() && (w.rotate_megaoctets > 0 || o.rotate_seconds != 0 || o.rotate_files != 0)) {
    return usage("-C, -G and -W rotate the file of -w");
  }
  if (o.rotate_files != 0 && w.rotate_megaoctets <= 0 && o.rotate_seconds == 0) {
    return usage("-W needs -C or -G: without them there is one file");
  }
  if (o.write_file == "-" && (w.rotate_megaoctets > 0 || o.rotate_seconds != 0)) {
    return usage("standard output cannot be rotated");
  }
  o.rotate_octets = static_cast<std::uint64_t>(w.rotate_megaoctets * 1e6);
  for (const std::string& text : w.ports) {
    auto rule = parse_port(text);
    if (!rule) return std::move(rule).error();
    o.ports.push_back(*rule);
  }
  if (!w.follow.empty()) {
    auto key = parse_follow(w.follow);
    if (!key) return std::move(key).error();
    o.follow = *std::move(key);
  }
  using output::TimeStyle;
  constexpr std::pair<std::string_view, TimeStyle> kTimes[] = {
      {"local", TimeStyle::local}, {"date", TimeStyle::date},         {"utc", TimeStyle::utc},
      {"epoch", TimeStyle::epoch}, {"relative", TimeStyle::relative}, {"delta", TimeStyle::delta}};
  if (w.time == "none") o.time.reset();
  for (const auto& [name, style] : kTimes) {
    if (w.time == name) o.time = style;
  }
  o.colour = w.colour == "always"  ? ColourMode::always
             : w.colour == "never" ? ColourMode::never
                                   : ColourMode::automatic;
  return choose_output(o, w);
}

}  // namespace

Result<ParsedOptions> parse_options(int argc, const char* const* argv) {
  ParsedOptions parsed;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--") break;
    if (word == "-h" || word == "--help") return ParsedOptions{{}, kHelp};
    if (word == "--version") return ParsedOptions{{}, version_text()};
  }
  CLI::App app;
  Words words;
  declare(app, parsed.options, words);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage(error.what());
  }
  if (words.fields == "help") return ParsedOptions{{}, describe_fields()};
  if (auto checked = check(parsed.options, words); !checked) return std::move(checked).error();
  return parsed;
}

}  // namespace gtp::dump
