// SPDX-License-Identifier: GPL-2.0-or-later
//
// Runs a fuzz target without a fuzzer: every file under the given directories as it is, and then [N] mutations of each
// from a fixed seed. For the tests, which need no clang.
//
//   replay_pfcp 200 DIRECTORY...
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <vector>

#include "libcommon/util/hash.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

class Mutator {
 public:
  // A few octets changed, removed, repeated or taken from elsewhere; sometimes the end cut off.
  void mutate(Input& input) {
    for (std::uint64_t edits = 1 + below(4); edits != 0 && !input.empty(); --edits) {
      const std::size_t at = below(input.size());
      switch (below(6)) {
        case 0:
          input[at] = static_cast<std::uint8_t>(next());
          break;
        case 1:
          input[at] = static_cast<std::uint8_t>(input[at] ^ 1U << below(8));
          break;
        case 2:
          input[at] = kExtremes[below(std::size(kExtremes))];
          break;
        case 3:
          input.resize(at);
          break;
        case 4:
          input.erase(input.begin() + static_cast<std::ptrdiff_t>(at));
          break;
        default:
          input.insert(input.begin() + static_cast<std::ptrdiff_t>(at), input[below(input.size())]);
          break;
      }
    }
  }

 private:
  static constexpr std::uint8_t kExtremes[] = {0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff};
  std::uint64_t next() { return gtp::mix64(++state_ * 0x9e3779b97f4a7c15ULL); }
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }
  std::uint64_t state_ = 0;
};

// Each input in memory of its own size, so that sanitizers see a read past its end.
void run(const Input& input) {
  const Input exact(input);
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t mutations = 0;
  const std::string_view number = argc > 1 ? argv[1] : "";
  const auto parsed = std::from_chars(number.data(), number.data() + number.size(), mutations);
  if (argc < 3 || parsed.ec != std::errc{}) {
    std::fprintf(stderr, "usage: %s MUTATIONS DIRECTORY...\n", argv[0]);
    return 2;
  }
  std::vector<std::filesystem::path> files;
  for (int i = 2; i < argc; ++i) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  Mutator mutator;
  std::uint64_t count = 0;
  run({});
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    const Input input{std::istreambuf_iterator<char>(in), {}};
    run(input);
    for (std::uint64_t i = 0; i < mutations; ++i) {
      Input changed = input;
      mutator.mutate(changed);
      run(changed);
    }
    count += 1 + mutations;
  }
  std::printf("%llu inputs from %zu files\n", static_cast<unsigned long long>(count), files.size());
  return files.empty() ? 1 : 0;
}
