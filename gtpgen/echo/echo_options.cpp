// SPDX-License-Identifier: GPL-2.0-or-later
//
// The options of `gtpgen echo`, and what makes no sense together.
#include "gtpgen/echo/echo_command.hpp"
#include "gtpgen/load/load_words.hpp"
#include "gtpgen/plan/traffic_plan.hpp"
#include "gtpgen/take.hpp"

namespace gtp::gen::echo {
namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

constexpr nanoseconds kMonitorInterval = 60s;
constexpr nanoseconds kDefaultT3 = 5s;
constexpr unsigned kDefaultN3 = 5;
constexpr unsigned kDefaultWindow = 64;
// Faster than this the schedule is noise: that is what -f is for.
constexpr nanoseconds kLeastInterval = 100us;

std::uint64_t to_ns(nanoseconds time) noexcept { return static_cast<std::uint64_t>(time.count()); }

// An address of this host, or an interface.
Take take_source(SocketOptions& target) {
  return [&target](std::string_view given) -> Result<void> {
    if (const auto address = IpAddress::parse(given)) {
      if (!target.source.empty()) return usage("two source addresses");
      target.source = *address;
      return {};
    }
    if (!target.interface.empty()) return usage("two interfaces");
    if (given.empty() || given.size() > 15) return usage("\"" + std::string(given) + "\" is no interface or address");
    target.interface = given;
    return {};
  };
}

}  // namespace

std::string_view EchoCommand::examples() const {
  return "Examples\n"
         "  gtpgen echo 192.0.2.10                     which GTP does this node speak, and how far is it?\n"
         "  gtpgen echo -u -c 100 -i 0.1 192.0.2.20    does the path to this UPF lose packets?\n"
         "  gtpgen echo --monitor --exec ./page.sh --hosts sites.txt\n";
}

std::vector<OptionGroup> EchoCommand::options() {
  return {
      {"Whom",
       {
           {"--hosts", "FILE", "read hosts from FILE, one a line; - is standard input", take_text(hosts_file_)},
           {"-4,--ipv4", "", "IPv4 only", take_flag(ipv4_)},
           {"-6,--ipv6", "", "IPv6 only", take_flag(ipv6_)},
           {"--port", "PORT", "ask this port; else that of the version", take_count(port_, 1, 65535)},
       }},
      {"How",
       {
           {"-g,--gtp", "VERSION", "auto, 0, 1, 2, u (GTP-U) or prime (GTP')",
            take_choice(version_, std::vector<Choice<Version>>{{"auto", Version::automatic},
                                                               {"0", Version::v0},
                                                               {"1", Version::v1},
                                                               {"2", Version::v2},
                                                               {"u", Version::user_plane},
                                                               {"prime", Version::prime}})},
           {"-u,--user-plane", "", "GTP-U: -g u", take_flag(user_plane_)},
           {"--recovery", "N", "our restart counter in GTPv2 requests; 0", take_count(recovery_, 0, 255)},
           {"--node-features", "BITS", "our node features in GTPv2 requests, as 0x0b",
            take_count(node_features_, 0, 255)},
           {"-s,--size", "OCTETS", "length of the IP packet, made up by a Private Extension",
            take_count(size_, 28, 65535)},
           {"-M,--pmtudisc", "WHAT", "DF: do, dont, want or probe; do with --size",
            take_choice(fragment_, std::vector<Choice<Fragment>>{{"do", Fragment::never},
                                                                 {"dont", Fragment::dont},
                                                                 {"want", Fragment::want},
                                                                 {"probe", Fragment::probe}})},
           {"-I,--interface", "IF|ADDR", "send by this interface, or from this address", take_source(run_.socket),
            true},
           {"-P,--source-port", "PORT", "send from this port", take_integer(run_.socket.source_port, 1)},
           {"-Q,--dscp", "DSCP", "mark requests: ef, af21, cs6, 0 to 63", take_with(run_.socket.dscp, parse_dscp)},
           {"-t,--ttl", "N", "time to live, hop limit", take_integer(run_.socket.ttl, 1, 255)},
       }},
      {"When",
       {
           {"-c,--count", "N", "requests to each host", take_count(count_, 1)},
           {"-i,--interval", "TIME", "between two requests; 1s", take_duration(interval_)},
           {"-w,--deadline", "TIME", "end after this time", take_duration(deadline_)},
           {"-W,--timeout", "TIME", "wait this long for an answer; 2s", take_duration(timeout_)},
           {"-f,--flood", "", "as fast as answers come", take_flag(flood_)},
           {"-A,--adaptive", "", "each request when the one before is answered", take_flag(adaptive_)},
           {"--window", "N", "unanswered requests of --flood; 64", take_count(window_, 1, 1024)},
           {"--t3", "TIME", "T3-RESPONSE: repeat what is not answered in this time; 5s", take_duration(t3_)},
           {"--n3", "N", "N3-REQUESTS: attempts before a request is lost; 5", take_count(n3_, 1, 16)},
           {"--monitor", "", "one request in 60 s, with T3 and N3; tells changes only", take_flag(monitor_)},
           {"--yes-really", "", "flood a public address", take_flag(yes_)},
       }},
      {"The path",
       {
           {"--pmtu", "", "search the path MTU", take_flag(path_mtu_)},
           {"--traceroute", "", "show the routers on the way; --ttl is the last", take_flag(trace_)},
       }},
      {"Output",
       {
           {"-q,--quiet", "", "the statistics only", take_flag(output_.quiet)},
           {"-D,--timestamps", "", "the time before each line", take_flag(output_.times)},
           {"-n,--numeric", "", "accepted; addresses are never turned into names", take_flag(numeric_)},
           {"--json", "", "gtpgen-echo/1, one object per line", take_flag(run_.json)},
           {"--clock", "CLOCK", "time by the stamps of the kernel, or app",
            take_choice(app_clock_, std::vector<Choice<bool>>{{"kernel", false}, {"app", true}})},
           {"--metrics-file", "FILE", "metrics for node_exporter's textfile collector", take_text(run_.metrics_file)},
           {"--exec", "COMMAND", "run when a path comes up, goes down, or a peer restarts", take_text(run_.hook)},
       }},
      {"Verdict",
       {
           {"--max-loss", "SHARE", "of unanswered requests that is no failure, as 1%; 0", take_share(max_loss_)},
           {"--fail-on-restart", "", "a restart of the peer is a failure", take_flag(run_.limits.fail_on_restart)},
       }},
  };
}

Result<void> EchoCommand::take_words(std::vector<std::string> words) {
  words_ = std::move(words);
  return {};
}

Result<void> EchoCommand::check() {
  if (words_.empty() && hosts_file_.empty()) return usage("no host", "gtpgen echo --help");
  if (ipv4_ && ipv6_) return usage("-4 and -6 leave no host");
  if (auto checked = check_versions(); !checked) return checked;
  if (auto checked = check_pace(); !checked) return checked;
  if (auto checked = check_path(); !checked) return checked;
  run_.limits.max_loss = max_loss_.value_or(0);
  run_.socket.kernel_clock = !app_clock_;
  return {};
}

Result<void> EchoCommand::check_versions() {
  using D = Dialect;
  if (user_plane_) {
    const bool agrees = version_ == Version::automatic || version_ == Version::v1 || version_ == Version::user_plane;
    if (!agrees) return usage("-u is GTPv1 on port 2152, not another version", "-u without -g");
    version_ = Version::user_plane;
  }
  std::vector<Dialect>& dialects = run_.settings.dialects;
  switch (version_) {
    case Version::automatic:
      // GTP-U last: a node of the control plane that does not answer is more likely to be meant.
      dialects = {D::gtpv2, D::gtpv1_c, D::gtpv0, D::gtpv1_u};
      break;
    case Version::v0:
      dialects = {D::gtpv0};
      break;
    case Version::v1:
      dialects = {D::gtpv1_c};
      break;
    case Version::v2:
      dialects = {D::gtpv2};
      break;
    case Version::user_plane:
      dialects = {D::gtpv1_u};
      break;
    case Version::prime:
      dialects = {D::prime_2, D::prime_1, D::prime_0};
      break;
  }
  RequestContent& content = run_.settings.content;
  content.recovery = static_cast<std::uint8_t>(recovery_);
  if (node_features_) content.node_features = static_cast<std::uint8_t>(*node_features_);
  const bool gtpv2 = dialects.front() == D::gtpv2;
  if (!gtpv2 && (recovery_ != 0 || node_features_)) {
    return usage("only GTPv2 requests carry --recovery and --node-features", "-g 2");
  }
  return {};
}

Result<void> EchoCommand::check_pace() {
  Settings& settings = run_.settings;
  if (flood_ && adaptive_) return usage("-f and -A are two paces");
  if ((flood_ || adaptive_) && interval_) return usage("-f and -A have no interval", "-i without them");
  if ((flood_ || adaptive_) && monitor_) return usage("--monitor asks once in 60 s, -f and -A as fast as answers come");
  if (window_ && !flood_) return usage("--window is of --flood");
  const bool repeats = monitor_ || t3_ || n3_;
  if (timeout_ && t3_) return usage("-W and --t3 are the same time");
  if (interval_ && *interval_ < kLeastInterval)
    return usage("--interval: less than 100 us", "-f: as fast as answers come");
  for (const auto* time : {&timeout_, &t3_, &deadline_}) {
    if (*time && **time <= nanoseconds(0)) return usage("a time of 0 waits for nothing");
  }
  settings.count = count_;
  if (deadline_) settings.deadline_ns = to_ns(*deadline_);
  settings.interval_ns = to_ns(interval_.value_or(monitor_ ? kMonitorInterval : nanoseconds(1s)));
  if (repeats) {
    settings.timeout_ns = to_ns(timeout_.value_or(t3_.value_or(kDefaultT3)));
    settings.attempts = static_cast<unsigned>(n3_.value_or(kDefaultN3));
  } else if (timeout_) {
    settings.timeout_ns = to_ns(*timeout_);
  }
  if (flood_) settings.window = static_cast<unsigned>(window_.value_or(kDefaultWindow));
  if (adaptive_) settings.window = 1;
  output_.flood = flood_;
  output_.monitor = monitor_;
  return {};
}

Result<void> EchoCommand::check_path() {
  if (path_mtu_ && trace_) return usage("--pmtu and --traceroute are two searches");
  if (!path_mtu_ && !trace_) {
    run_.socket.fragment = fragment_ == Fragment::system && size_ ? Fragment::never : fragment_;
    run_.settings.packet_length = static_cast<std::size_t>(size_.value_or(0));
    return {};
  }
  const std::string search = path_mtu_ ? "--pmtu" : "--traceroute";
  if (flood_ || adaptive_ || monitor_ || count_ || interval_ || deadline_) {
    return usage(search + " has its own pace");
  }
  if (!run_.hook.empty() || !run_.metrics_file.empty()) return usage(search + " monitors nothing");
  if (path_mtu_ && fragment_ != Fragment::system) return usage("--pmtu sets DF itself");
  if (path_mtu_ && run_.socket.ttl != 0) return usage("--pmtu wants to reach the host, whatever --ttl says");
  run_.socket.fragment = Fragment::probe;
  if (run_.settings.attempts > 1) return usage(search + " repeats by itself", "-W, how long it waits");
  return {};
}

}  // namespace gtp::gen::echo
