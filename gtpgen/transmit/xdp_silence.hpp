// SPDX-License-Identifier: GPL-2.0-or-later
//
// libbpf and libxdp write what goes wrong to standard error, in their words; gtpgen says it in its own. Quiet while
// one of these lives. One thread.
#pragma once

#include <bpf/libbpf.h>
#include <xdp/libxdp.h>

namespace gtp::gen {

class SilentLibraries {
 public:
  SilentLibraries() noexcept : bpf_(::libbpf_set_print(nullptr)), xdp_(::libxdp_set_print(nullptr)) {}
  ~SilentLibraries() {
    ::libbpf_set_print(bpf_);
    ::libxdp_set_print(xdp_);
  }
  SilentLibraries(const SilentLibraries&) = delete;
  SilentLibraries& operator=(const SilentLibraries&) = delete;

 private:
  libbpf_print_fn_t bpf_;
  libxdp_print_fn_t xdp_;
};

}  // namespace gtp::gen
