// SPDX-License-Identifier: GPL-2.0-or-later
//
// make_seeds OUT CAPTURE...: takes captures apart into inputs for the fuzz targets, a directory for each:
//
//   gtpv0 gtpv1-c gtpv1-u gtpv2-c gtp_prime pfcp   messages
//   extension                                      chains of GTPv1 extension headers
//   packet, tracker                                frames, and runs of frames (frame_input.hpp)
//   file                                           the captures themselves, their first octets
//
// Files are named by their content, so the same input is written once.
#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "libcommon/capture/source.hpp"
#include "libcommon/packet/decoder.hpp"
#include "libcommon/util/hash.hpp"
#include "tests/fuzz/frame_input.hpp"

namespace {

using namespace gtp;

constexpr std::size_t kMaxFileOctets = 16'384;
constexpr std::size_t kFramesInARun = 12;
constexpr std::uint64_t kMaxFramesOfACapture = 5'000;
constexpr std::uint64_t kStrangersOfACapture = 20;  // frames without a message of ours

class Seeds {
 public:
  explicit Seeds(std::filesystem::path out) : out_(std::move(out)) {}

  void add_capture(const std::string& path) {
    add_file(path);
    auto source = capture::open_file(path);
    if (!source) return;  // a broken one: the file is the seed
    capture::RawBatch batch;
    std::uint64_t frames = 0;
    std::vector<std::byte> run;
    std::size_t in_run = 0;
    while (frames < kMaxFramesOfACapture) {
      const Result<bool> more = (*source)->next(batch, 64);
      if (!more || !*more) break;
      for (const capture::RawPacket& raw : batch.packets) {
        ++frames;
        add_frame(raw);
        append(run, raw);
        if (++in_run == kFramesInARun) {
          write("tracker", run);
          run.clear();
          in_run = 0;
        }
      }
    }
    if (in_run != 0) write("tracker", run);
  }

 private:
  static unsigned link_index(packet::LinkType link) {
    const auto* found = std::find(fuzz::kLinkTypes.begin(), fuzz::kLinkTypes.end(), link);
    return static_cast<unsigned>(found - fuzz::kLinkTypes.begin());
  }

  void add_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::vector<char> octets(kMaxFileOctets);
    in.read(octets.data(), static_cast<std::streamsize>(octets.size()));
    octets.resize(static_cast<std::size_t>(in.gcount()));
    write("file", std::as_bytes(std::span(octets)));
  }

  void add_frame(const capture::RawPacket& raw) {
    decoder_.decode(raw.link_type, raw.octets, raw.wire_length, packet_);
    if (packet_.layers.empty() && !packet_.has_fragment && raw.number > kStrangersOfACapture) return;
    std::vector<std::byte> input = {static_cast<std::byte>(link_index(raw.link_type))};
    input.insert(input.end(), raw.octets.begin(), raw.octets.end());
    write("packet", input);
    for (const packet::Layer& layer : packet_.layers) add_message(layer);
  }

  void add_message(const packet::Layer& layer) {
    // Of user data the headers are enough.
    Bytes message = layer.message;
    if (wire::carries_t_pdu(layer.header)) message = slice(message, 0, layer.header.body_offset + 20U);
    write(std::string(wire::key(layer.header.protocol)), message);
    if (layer.header.next_extension_type == 0) return;
    const Bytes chain = slice(message, layer.header.header_length);
    std::vector<std::byte> input = {static_cast<std::byte>(layer.header.next_extension_type)};
    input.insert(input.end(), chain.begin(), chain.end());
    write("extension", input);
  }

  static void append(std::vector<std::byte>& run, const capture::RawPacket& raw) {
    const Bytes octets = slice(raw.octets, 0, fuzz::kMaxFrame);
    const std::size_t head = link_index(raw.link_type) << 12 | octets.size();
    run.push_back(static_cast<std::byte>(head >> 8));
    run.push_back(static_cast<std::byte>(head & 0xff));
    run.insert(run.end(), octets.begin(), octets.end());
  }

  void write(const std::string& target, Bytes octets) {
    std::uint64_t hash = octets.size();
    for (const std::byte& octet : octets) hash = mix64(hash ^ load_u8(&octet)) + 0x9e3779b97f4a7c15ULL;
    char name[17];
    std::snprintf(name, sizeof name, "%016" PRIx64, hash);
    const auto directory = out_ / target;
    std::filesystem::create_directories(directory);
    if (std::filesystem::exists(directory / name)) return;
    std::ofstream file(directory / name, std::ios::binary);
    std::vector<char> text;
    std::transform(octets.begin(), octets.end(), std::back_inserter(text),
                   [](std::byte octet) { return static_cast<char>(octet); });
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
  }

  std::filesystem::path out_;
  packet::Decoder decoder_;
  packet::Packet packet_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return std::fputs("usage: make_seeds OUT CAPTURE...\n", stderr), 2;
  Seeds seeds(argv[1]);
  for (int i = 2; i < argc; ++i) seeds.add_capture(argv[i]);
  return 0;
}
