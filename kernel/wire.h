/* SPDX-License-Identifier: GPL-2.0 */
/*
 * GTP-U headers as octets: parsing and building, and nothing else. No skb, no
 * locks, no memory: user space compiles this same file for its unit tests and
 * fuzzers (it only needs the fixed-width types and the byte order helpers).
 *
 *   GTPv1-U (TS 29.281, 5.1)              GTPv0 (TS 09.60, 6)
 *    0  version 3 | PT | * | E | S | PN    0  version 3 | PT | 111 | SNN
 *    1  message type                       1  message type
 *    2  length (of all behind octet 7)     2  length (behind octet 19)
 *    4  TEID                               4  sequence number
 *    8  sequence number    \ these three   6  flow label
 *   10  N-PDU number        > if any of    8  SNDCP N-PDU number, 3 x 0xff
 *   11  next extension     /  E, S, PN    12  TID
 */
#ifndef _GTP_WIRE_H
#define _GTP_WIRE_H

#define GTP0_UDP_PORT	3386
#define GTP1_UDP_PORT	2152

#define GTP0_HLEN	20
#define GTP1_HLEN	8
#define GTP1_HLEN_OPT	12
#define GTP_PSC_LEN	4	/* PDU Session Container as we send it */
#define GTP_HLEN_MAX	GTP0_HLEN

#define GTP_F_VERSION	0xe0
#define GTP_F_PT	0x10
#define GTP_F_E		0x04
#define GTP_F_S		0x02
#define GTP_F_PN	0x01
#define GTP_F_OPT	(GTP_F_E | GTP_F_S | GTP_F_PN)

#define GTP0_FLAGS	0x1e	/* version 0, PT, spare 111, no SNN */
#define GTP1_FLAGS	0x30	/* version 1, PT */

enum gtp_message {
	GTP_ECHO_REQUEST	= 1,
	GTP_ECHO_RESPONSE	= 2,
	GTP_ERROR_INDICATION	= 26,
	GTP_EXT_NOTIFICATION	= 31,
	GTP_END_MARKER		= 254,
	GTP_TPDU		= 255,
};

enum gtp_ext {
	GTP_EXT_NONE		= 0x00,
	GTP_EXT_UDP_PORT	= 0x40,
	GTP_EXT_LONG_PDCP	= 0x82,
	GTP_EXT_PSC		= 0x85,
	GTP_EXT_PDCP		= 0xc0,
};

enum gtp_ie {
	GTP_IE_RECOVERY		= 14,	/* TV, 1 octet */
	GTP_IE_TEID_I		= 16,	/* TV, 4 octets */
	GTP_IE_PEER_ADDRESS	= 133,	/* TLV, 4 or 16 */
	GTP_IE_EXT_TYPES	= 141,	/* length is one octet */
	GTP_IE_PRIVATE		= 255,	/* TLV */
};

/* A chain longer than this is an attack on our time, not a header. */
#define GTP_EXT_MAX	8

#define GTP_QFI_NONE	0xff

static inline u16 gtp_get16(const u8 *p)
{
	return p[0] << 8 | p[1];
}

static inline u32 gtp_get32(const u8 *p)
{
	return (u32)gtp_get16(p) << 16 | gtp_get16(p + 2);
}

static inline void gtp_put16(u8 *p, u16 v)
{
	p[0] = v >> 8;
	p[1] = v;
}

static inline void gtp_put32(u8 *p, u32 v)
{
	gtp_put16(p, v >> 16);
	gtp_put16(p + 2, v);
}

static inline unsigned int gtp_version_of(const u8 *p)
{
	return p[0] >> 5;
}

/* Octets of a GTPv1 message with a length field of @length. */
static inline unsigned int gtp1_total(const u8 *p)
{
	return GTP1_HLEN + gtp_get16(p + 2);
}

/* What the walk over a GTPv1 header found. */
struct gtp1_info {
	u16 hlen;		/* header and extension headers */
	u8 qfi;			/* from a PDU Session Container, or GTP_QFI_NONE */
	u8 unknown;		/* type of a required, unknown extension, or 0 */
};

enum gtp1_walk {
	GTP1_WALK_OK,
	GTP1_WALK_MORE,		/* *need octets are wanted at @p */
	GTP1_WALK_SHORT,	/* header does not fit into the message */
	GTP1_WALK_BAD,		/* an extension header that cannot be */
};

/*
 * Whether the endpoint may pass over an extension header that it has no use
 * for. Bit 8 of the type says that the receiver must understand it (5.2.1);
 * of those, the PDCP numbers say nothing to a node without PDCP.
 */
static inline bool gtp_ext_understood(u8 type)
{
	return !(type & 0x80) || type == GTP_EXT_PSC ||
	       type == GTP_EXT_PDCP || type == GTP_EXT_LONG_PDCP;
}

/*
 * Walk the GTPv1 header at @p. @avail octets may be read, the message has
 * @total (as its length field says, and no more than was received). Call
 * again with more when the answer is GTP1_WALK_MORE.
 */
static inline enum gtp1_walk gtp1_walk(const u8 *p, unsigned int avail,
				       unsigned int total,
				       struct gtp1_info *info,
				       unsigned int *need)
{
	unsigned int at = GTP1_HLEN, len, count = 0;
	u8 next;

	info->hlen = GTP1_HLEN;
	info->qfi = GTP_QFI_NONE;
	info->unknown = 0;

	if (!(p[0] & GTP_F_OPT))
		return GTP1_WALK_OK;
	*need = GTP1_HLEN_OPT;
	if (total < *need)
		return GTP1_WALK_SHORT;
	if (avail < *need)
		return GTP1_WALK_MORE;

	at = GTP1_HLEN_OPT;
	next = p[0] & GTP_F_E ? p[GTP1_HLEN_OPT - 1] : GTP_EXT_NONE;
	while (next) {
		if (++count > GTP_EXT_MAX)
			return GTP1_WALK_BAD;
		*need = at + 4;
		if (total < *need)
			return GTP1_WALK_SHORT;
		if (avail < *need)
			return GTP1_WALK_MORE;
		len = p[at] * 4;
		if (!len)
			return GTP1_WALK_BAD;
		*need = at + len;
		if (total < *need)
			return GTP1_WALK_SHORT;
		if (avail < *need)
			return GTP1_WALK_MORE;

		if (next == GTP_EXT_PSC)
			info->qfi = p[at + 2] & 0x3f;
		else if (!gtp_ext_understood(next) && !info->unknown)
			info->unknown = next;
		next = p[at + len - 1];
		at += len;
	}
	info->hlen = at;
	return GTP1_WALK_OK;
}

/* Octets of the GTPv1 header gtp1_build() writes for a T-PDU. */
static inline unsigned int gtp1_hlen(u8 qfi)
{
	return qfi == GTP_QFI_NONE ? GTP1_HLEN : GTP1_HLEN_OPT + GTP_PSC_LEN;
}

static inline void gtp1_build(u8 *p, u32 teid, unsigned int payload, u8 qfi,
			      u8 pdu_type)
{
	p[0] = GTP1_FLAGS;
	p[1] = GTP_TPDU;
	gtp_put16(p + 2, payload + gtp1_hlen(qfi) - GTP1_HLEN);
	gtp_put32(p + 4, teid);
	if (qfi == GTP_QFI_NONE)
		return;
	p[0] |= GTP_F_E;
	gtp_put32(p + 8, GTP_EXT_PSC);
	p[12] = 1;
	p[13] = pdu_type << 4;
	p[14] = qfi;
	p[15] = GTP_EXT_NONE;
}

/* A GTPv1 signalling message: S set, TEID 0, @len octets of IEs behind. */
static inline void gtp1_build_signal(u8 *p, u8 type, u16 seq, unsigned int len)
{
	p[0] = GTP1_FLAGS | GTP_F_S;
	p[1] = type;
	gtp_put16(p + 2, GTP1_HLEN_OPT - GTP1_HLEN + len);
	gtp_put32(p + 4, 0);
	gtp_put16(p + 8, seq);
	gtp_put16(p + 10, 0);
}

static inline void gtp0_build(u8 *p, u8 type, u16 seq, u16 flow, u64 tid,
			      unsigned int payload)
{
	p[0] = GTP0_FLAGS;
	p[1] = type;
	gtp_put16(p + 2, payload);
	gtp_put16(p + 4, seq);
	gtp_put16(p + 6, flow);
	gtp_put32(p + 8, 0xffffffff);
	gtp_put32(p + 12, tid >> 32);
	gtp_put32(p + 16, tid);
}

/* IEs of an Error Indication (7.3.1). */
struct gtp_error_ies {
	u32 teid;
	const u8 *peer;
	u8 peer_len;		/* 4 or 16 */
};

/*
 * Find the two IEs every Error Indication has. Types below 128 have a length
 * given by their type; those we do not know end the walk, for nobody knows
 * where the next one starts.
 */
static inline bool gtp_parse_error_ies(const u8 *p, unsigned int len,
				       struct gtp_error_ies *ies)
{
	bool teid = false;
	unsigned int n;

	ies->peer = NULL;
	while (len) {
		if (p[0] == GTP_IE_TEID_I) {
			n = 5;
		} else if (p[0] == GTP_IE_RECOVERY) {
			n = 2;
		} else if (p[0] == GTP_IE_EXT_TYPES) {
			if (len < 2)
				return false;
			n = 2 + p[1];
		} else if (p[0] & 0x80) {
			if (len < 3)
				return false;
			n = 3 + gtp_get16(p + 1);
		} else {
			break;
		}
		if (len < n)
			return false;
		if (p[0] == GTP_IE_TEID_I && !teid) {
			ies->teid = gtp_get32(p + 1);
			teid = true;
		} else if (p[0] == GTP_IE_PEER_ADDRESS && !ies->peer &&
			   (n == 3 + 4 || n == 3 + 16)) {
			ies->peer = p + 3;
			ies->peer_len = n - 3;
		}
		p += n;
		len -= n;
	}
	return teid && ies->peer;
}

#endif
