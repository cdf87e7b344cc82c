// SPDX-License-Identifier: GPL-2.0-or-later
//
// Recorder: writes what a source says, as it says it, with a mark after each tick: docs/formats/gtptop-record-1.md.
// Lines of JSON under zstd, which jq and databases read, and ReplaySource.
//
// Every sample is flushed through compression and file, so that a recording that was cut off, by a full disk or a
// crash, is readable up to its last sample. One thread.
#pragma once

#include <memory>
#include <string>

#include "gtptop/model/model.hpp"
#include "gtptop/model/receiver.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::top {

class Recorder : public Receiver {
 public:
  // Creates or empties [path].
  static Result<std::unique_ptr<Recorder>> create(const std::string& path, const SourceInfo& source,
                                                  const Capabilities& capabilities, std::uint64_t interval_ns,
                                                  std::uint64_t now_ns);
  // All that is known already, for a recording that starts later.
  virtual void whole(const Model& model) = 0;
  // Ends a sample. An error, a full disk for instance, ends the recording: the file is good up to the sample before.
  virtual Result<void> sample(const Model& model) = 0;
  virtual Result<void> close() = 0;

  virtual std::uint64_t samples() const = 0;
  virtual const std::string& path() const = 0;
};

}  // namespace gtp::top
