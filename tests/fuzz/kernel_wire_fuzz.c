// SPDX-License-Identifier: GPL-2.0-or-later
//
// kernel/wire.h: a datagram as the module's receive path reads it, with no more octets at hand than it asked for; then
// what is behind the header as the elements of an Error Indication, and the datagram as nothing but elements.
#include <stdlib.h>
#include <string.h>

#include "tests/unit/kernel/user_wire.h"

static void require(bool ok) {
  if (!ok) abort();
}

// Memory of just that size, so that a sanitizer sees an octet read too many.
static u8* copy_of(const u8* data, size_t size) {
  u8* copy = malloc(size ? size : 1);
  require(copy != NULL);
  if (size) memcpy(copy, data, size);
  return copy;
}

static void read_elements(const u8* data, size_t size) {
  struct gtp_error_ies ies;
  u8* copy = copy_of(data, size);
  if (gtp_parse_error_ies(copy, (unsigned int)size, &ies)) {
    require(ies.peer_len == 4 || ies.peer_len == 16);
    require(ies.peer >= copy && ies.peer + ies.peer_len <= copy + size);
  }
  free(copy);
}

// The octets of the header, or 0.
static unsigned int read_header(const u8* data, unsigned int total) {
  unsigned int avail = GTP1_HLEN;
  for (;;) {
    struct gtp1_info info;
    unsigned int need = 0;
    u8* copy = copy_of(data, avail);
    const enum gtp1_walk result = gtp1_walk(copy, avail, total, &info, &need);
    free(copy);
    if (result == GTP1_WALK_OK) {
      require(info.hlen >= GTP1_HLEN && info.hlen <= total);
      require(info.qfi == GTP_QFI_NONE || info.qfi < 64);
      require(info.unknown == 0 || !gtp_ext_understood(info.unknown));
      return info.hlen;
    }
    if (result != GTP1_WALK_MORE) return 0;
    require(need > avail && need <= total);
    avail = need;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > 0xffff) return 0;
  read_elements(data, size);
  if (size < GTP1_HLEN) return 0;
  unsigned int total = gtp1_total(data);
  if (total > size) total = (unsigned int)size;
  const unsigned int hlen = read_header(data, total);
  if (hlen != 0) read_elements(data + hlen, total - hlen);
  return 0;
}
