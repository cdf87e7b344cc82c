/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What wire.h has to make of octets: one table, for KUnit (wire_kunit.c) and
 * for user space (tests/unit/kernel/wire_test.c). The includer has wire.h, and
 *
 *   u8 *case_copy(const u8 *octets, unsigned int n)  memory of just that size,
 *   void case_free(u8 *copy)                         so that a checker of
 *                                                    memory sees an octet read
 *                                                    too many
 */
#ifndef _GTP_WIRE_CASES_H
#define _GTP_WIRE_CASES_H

#define GTP_CASE_MAX 64

#define OCTETS(...)						\
	.octets = { __VA_ARGS__ }, .len = sizeof((u8[]){ __VA_ARGS__ })

struct gtp_walk_case {
	const char *name;
	u8 octets[GTP_CASE_MAX];
	unsigned int len;
	enum gtp1_walk result;
	unsigned int hlen;
	u8 qfi;
	u8 unknown;
};

/* TS 29.281, 5.1 and 5.2. The inner packet is "45". */
static const struct gtp_walk_case gtp_walk_cases[] = {
	{ "no options",
	  OCTETS(0x30, 255, 0, 1, 0, 0, 0, 1, 0x45),
	  GTP1_WALK_OK, 8, GTP_QFI_NONE, 0 },
	{ "nothing inside",
	  OCTETS(0x30, 254, 0, 0, 0, 0, 0, 1),
	  GTP1_WALK_OK, 8, GTP_QFI_NONE, 0 },
	{ "sequence number",
	  OCTETS(0x32, 255, 0, 5, 0, 0, 0, 1, 0xbe, 0xef, 0, 0, 0x45),
	  GTP1_WALK_OK, 12, GTP_QFI_NONE, 0 },
	{ "N-PDU number",
	  OCTETS(0x31, 255, 0, 5, 0, 0, 0, 1, 0, 0, 7, 0, 0x45),
	  GTP1_WALK_OK, 12, GTP_QFI_NONE, 0 },
	{ "E, and no extension header",
	  OCTETS(0x34, 255, 0, 5, 0, 0, 0, 1, 0, 0, 0, 0, 0x45),
	  GTP1_WALK_OK, 12, GTP_QFI_NONE, 0 },
	{ "a next type means nothing without E",
	  OCTETS(0x32, 255, 0, 5, 0, 0, 0, 1, 0, 0, 0, 0x85, 0x45),
	  GTP1_WALK_OK, 12, GTP_QFI_NONE, 0 },
	{ "PDU Session Container",
	  OCTETS(0x34, 255, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0x85,
		 1, 0x10, 9, 0, 0x45),
	  GTP1_WALK_OK, 16, 9, 0 },
	{ "a QFI has six bits",
	  OCTETS(0x34, 255, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0x85,
		 1, 0x00, 0xff, 0, 0x45),
	  GTP1_WALK_OK, 16, 63, 0 },
	{ "a container of two units",
	  OCTETS(0x34, 255, 0, 13, 0, 0, 0, 1, 0, 0, 0, 0x85,
		 2, 0x00, 0xc5, 0x20, 0, 0, 0, 0, 0x45),
	  GTP1_WALK_OK, 20, 5, 0 },
	{ "a chain",
	  OCTETS(0x36, 255, 0, 17, 0, 0, 0, 1, 0, 7, 0, 0x40,
		 1, 0x12, 0x34, 0x20, 1, 1, 0, 0x85, 1, 0x10, 5, 0, 0x45),
	  GTP1_WALK_OK, 24, 5, 0 },
	{ "PDCP numbers are passed over",
	  OCTETS(0x34, 255, 0, 13, 0, 0, 0, 1, 0, 0, 0, 0xc0,
		 1, 0, 1, 0x82, 1, 0, 1, 0, 0x45),
	  GTP1_WALK_OK, 20, GTP_QFI_NONE, 0 },
	{ "unknown, comprehension not required",
	  OCTETS(0x34, 255, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0x33,
		 1, 0, 0, 0, 0x45),
	  GTP1_WALK_OK, 16, GTP_QFI_NONE, 0 },
	{ "unknown, comprehension required",
	  OCTETS(0x34, 255, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0xb3,
		 1, 0, 0, 0, 0x45),
	  GTP1_WALK_OK, 16, GTP_QFI_NONE, 0xb3 },
	{ "the first of two that are required",
	  OCTETS(0x34, 255, 0, 13, 0, 0, 0, 1, 0, 0, 0, 0xb3,
		 1, 0, 0, 0xb4, 1, 0, 0, 0, 0x45),
	  GTP1_WALK_OK, 20, GTP_QFI_NONE, 0xb3 },
	{ "options do not fit",
	  OCTETS(0x32, 255, 0, 3, 0, 0, 0, 1, 0, 0, 0),
	  GTP1_WALK_SHORT, 0, 0, 0 },
	{ "an extension header that is not there",
	  OCTETS(0x34, 255, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0x85),
	  GTP1_WALK_SHORT, 0, 0, 0 },
	{ "an extension header longer than the message",
	  OCTETS(0x34, 255, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0x85, 2, 0, 9, 0),
	  GTP1_WALK_SHORT, 0, 0, 0 },
	{ "the longest extension header",
	  OCTETS(0x34, 255, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0x85, 255, 0, 9, 0),
	  GTP1_WALK_SHORT, 0, 0, 0 },
	{ "an extension header of no length",
	  OCTETS(0x34, 255, 0, 8, 0, 0, 0, 1, 0, 0, 0, 0x85, 0, 0, 0, 0),
	  GTP1_WALK_BAD, 0, 0, 0 },
	{ "the same behind a good one",
	  OCTETS(0x34, 255, 0, 12, 0, 0, 0, 1, 0, 0, 0, 0x40,
		 1, 0x12, 0x34, 0x85, 0, 0, 0, 0),
	  GTP1_WALK_BAD, 0, 0, 0 },
	{ "as many extension headers as may be",
	  OCTETS(0x34, 255, 0, 36, 0, 0, 0, 1, 0, 0, 0, 0x33,
		 1, 0, 0, 0x33, 1, 0, 0, 0x33, 1, 0, 0, 0x33, 1, 0, 0, 0x33,
		 1, 0, 0, 0x33, 1, 0, 0, 0x33, 1, 0, 0, 0x33, 1, 0, 0, 0),
	  GTP1_WALK_OK, 44, GTP_QFI_NONE, 0 },
	{ "one more",
	  OCTETS(0x34, 255, 0, 40, 0, 0, 0, 1, 0, 0, 0, 0x33,
		 1, 0, 0, 0x33, 1, 0, 0, 0x33, 1, 0, 0, 0x33, 1, 0, 0, 0x33,
		 1, 0, 0, 0x33, 1, 0, 0, 0x33, 1, 0, 0, 0x33, 1, 0, 0, 0x33,
		 1, 0, 0, 0),
	  GTP1_WALK_BAD, 0, 0, 0 },
};

struct gtp_ies_case {
	const char *name;
	u8 octets[GTP_CASE_MAX];
	unsigned int len;
	bool ok;
	u32 teid;
	unsigned int peer_at;
	u8 peer_len;
};

/* TS 29.281, 7.3.1 and 8. */
static const struct gtp_ies_case gtp_ies_cases[] = {
	{ "IPv4",
	  OCTETS(16, 0, 0, 2, 7, 133, 0, 4, 10, 0, 0, 1),
	  true, 0x207, 8, 4 },
	{ "IPv6",
	  OCTETS(16, 0, 0, 0, 7, 133, 0, 16, 0xfd, 0, 0, 0, 0, 0, 0, 0,
		 0, 0, 0, 0, 0, 0, 0, 1),
	  true, 7, 8, 16 },
	{ "in the other order",
	  OCTETS(133, 0, 4, 10, 0, 0, 1, 16, 0, 0, 0, 7),
	  true, 7, 3, 4 },
	{ "behind a Recovery, before a private extension",
	  OCTETS(14, 9, 16, 0, 0, 0, 7, 133, 0, 4, 10, 0, 0, 1,
		 255, 0, 3, 0, 10, 1),
	  true, 7, 10, 4 },
	{ "behind a list of extension header types",
	  OCTETS(141, 2, 0x85, 0xc0, 16, 0, 0, 0, 7, 133, 0, 4, 10, 0, 0, 1),
	  true, 7, 12, 4 },
	{ "the first of each",
	  OCTETS(16, 0, 0, 0, 7, 133, 0, 4, 10, 0, 0, 1,
		 16, 0, 0, 0, 8, 133, 0, 4, 10, 0, 0, 2),
	  true, 7, 8, 4 },
	{ "an address of another length is none",
	  OCTETS(16, 0, 0, 0, 7, 133, 0, 5, 10, 0, 0, 1, 0),
	  false, 0, 0, 0 },
	{ "no address",
	  OCTETS(16, 0, 0, 0, 7),
	  false, 0, 0, 0 },
	{ "no TEID",
	  OCTETS(133, 0, 4, 10, 0, 0, 1),
	  false, 0, 0, 0 },
	{ "a length beyond the message",
	  OCTETS(16, 0, 0, 0, 7, 133, 0, 5, 10, 0, 0, 1),
	  false, 0, 0, 0 },
	{ "a private extension beyond the message",
	  OCTETS(16, 0, 0, 0, 7, 133, 0, 4, 10, 0, 0, 1, 255, 0, 9, 0, 10),
	  false, 0, 0, 0 },
	{ "a TEID cut",
	  OCTETS(133, 0, 4, 10, 0, 0, 1, 16, 0, 0, 0),
	  false, 0, 0, 0 },
	{ "a type of unknown length ends the walk",
	  OCTETS(16, 0, 0, 0, 7, 99, 133, 0, 4, 10, 0, 0, 1),
	  false, 0, 0, 0 },
};

/* Says what a check found; @what is about the case @name. */
typedef void (*gtp_case_check)(void *to, bool ok, const char *name,
			       const char *what);

/* As receive does it: no more octets than asked for. */
static enum gtp1_walk gtp_case_walk(const u8 *octets, unsigned int total,
				    struct gtp1_info *info)
{
	unsigned int avail = GTP1_HLEN, need = 0;
	enum gtp1_walk result;
	u8 *copy;

	do {
		copy = case_copy(octets, avail);
		result = gtp1_walk(copy, avail, total, info, &need);
		case_free(copy);
		if (result != GTP1_WALK_MORE)
			break;
		/* It asks for more than it had, and for what there is. */
		if (need <= avail || need > total)
			return GTP1_WALK_MORE;
		avail = need;
	} while (1);
	return result;
}

static void gtp_check_walk(gtp_case_check check, void *to)
{
	const struct gtp_walk_case *c = gtp_walk_cases;
	struct gtp1_info info;
	enum gtp1_walk result;
	unsigned int cut;

	for (; c < gtp_walk_cases + sizeof(gtp_walk_cases) / sizeof(*c); c++) {
		result = gtp_case_walk(c->octets, c->len, &info);
		check(to, result == c->result, c->name, "result");
		check(to, gtp1_total(c->octets) == c->len, c->name, "length");
		if (result == GTP1_WALK_OK) {
			check(to, info.hlen == c->hlen, c->name, "octets of header");
			check(to, info.qfi == c->qfi, c->name, "QFI");
			check(to, info.unknown == c->unknown, c->name, "unknown type");
		}
		for (cut = GTP1_HLEN; cut < c->len; cut++) {
			result = gtp_case_walk(c->octets, cut, &info);
			check(to, result != GTP1_WALK_MORE, c->name, "cut: it ends");
			check(to, result != GTP1_WALK_OK || info.hlen <= cut,
			      c->name, "cut: the header is in the message");
		}
	}
}

static void gtp_check_ies(gtp_case_check check, void *to)
{
	const struct gtp_ies_case *c = gtp_ies_cases;
	struct gtp_error_ies ies;
	unsigned int cut;
	u8 *copy;
	bool ok;

	for (; c < gtp_ies_cases + sizeof(gtp_ies_cases) / sizeof(*c); c++) {
		for (cut = 0; cut <= c->len; cut++) {
			copy = case_copy(c->octets, cut);
			ok = gtp_parse_error_ies(copy, cut, &ies);
			if (ok)
				check(to, ies.peer >= copy &&
				      ies.peer + ies.peer_len <= copy + cut,
				      c->name, "the address is in the message");
			if (cut == c->len) {
				check(to, ok == c->ok, c->name, "result");
				check(to, !ok || ies.teid == c->teid, c->name, "TEID");
				check(to, !ok || ies.peer == copy + c->peer_at,
				      c->name, "address");
				check(to, !ok || ies.peer_len == c->peer_len,
				      c->name, "length of the address");
			}
			case_free(copy);
		}
	}
}

static bool gtp_case_equal(const u8 *a, const u8 *b, unsigned int n)
{
	while (n--) {
		if (a[n] != b[n])
			return false;
	}
	return true;
}

static void gtp_check_build(gtp_case_check check, void *to)
{
	static const u8 plain[] = { 0x30, 255, 0, 100, 0x12, 0x34, 0x56, 0x78 };
	static const u8 container[] = { 0x34, 255, 0, 108, 0x12, 0x34, 0x56, 0x78,
					0, 0, 0, 0x85, 1, 0x10, 9, 0 };
	static const u8 signal[] = { 0x32, 1, 0, 6, 0, 0, 0, 0, 0xbe, 0xef, 0, 0 };
	static const u8 v0[] = { 0x1e, 255, 0, 50, 0, 7, 0, 9, 255, 255, 255, 255,
				 0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0 };
	struct gtp1_info info;
	u8 out[GTP_CASE_MAX];

	gtp1_build(out, 0x12345678, 100, GTP_QFI_NONE, 1);
	check(to, gtp1_hlen(GTP_QFI_NONE) == sizeof(plain), "T-PDU", "size");
	check(to, gtp_case_equal(out, plain, sizeof(plain)), "T-PDU", "octets");
	gtp1_build(out, 0x12345678, 100, 9, 1);
	check(to, gtp1_hlen(9) == sizeof(container), "T-PDU with QFI", "size");
	check(to, gtp_case_equal(out, container, sizeof(container)),
	      "T-PDU with QFI", "octets");
	check(to, gtp1_total(out) == 116 &&
	      gtp_case_walk(out, 116, &info) == GTP1_WALK_OK &&
	      info.hlen == 16 && info.qfi == 9, "T-PDU with QFI", "read back");
	gtp1_build_signal(out, GTP_ECHO_REQUEST, 0xbeef, 2);
	check(to, gtp_case_equal(out, signal, sizeof(signal)), "signal", "octets");
	gtp0_build(out, GTP_TPDU, 7, 9, 0x123456789abcdef0, 50);
	check(to, gtp_case_equal(out, v0, sizeof(v0)), "GTPv0", "octets");
}

#endif
