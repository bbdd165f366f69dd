package dev.grove.wire;

/**
 * The elements of SyncML (code page 0, [REPPRO 1.2]) and MetInf (code page 1, [METINF 1.2]) as numbers: code page and
 * WBXML
 * token, {@code page << 8 | token}. Both spellings name their elements by these.
 */
public final class Tag {

    public static final int ADD = 0x005;
    public static final int ALERT = 0x006;
    public static final int ARCHIVE = 0x007;
    public static final int ATOMIC = 0x008;
    public static final int CHAL = 0x009;
    public static final int CMD = 0x00A;
    public static final int CMD_ID = 0x00B;
    public static final int CMD_REF = 0x00C;
    public static final int COPY = 0x00D;
    public static final int CRED = 0x00E;
    public static final int DATA = 0x00F;
    public static final int DELETE = 0x010;
    public static final int EXEC = 0x011;
    public static final int FINAL = 0x012;
    public static final int GET = 0x013;
    public static final int ITEM = 0x014;
    public static final int LANG = 0x015;
    public static final int LOC_NAME = 0x016;
    public static final int LOC_URI = 0x017;
    public static final int MAP = 0x018;
    public static final int MAP_ITEM = 0x019;
    public static final int META = 0x01A;
    public static final int MSG_ID = 0x01B;
    public static final int MSG_REF = 0x01C;
    public static final int NO_RESP = 0x01D;
    public static final int NO_RESULTS = 0x01E;
    public static final int PUT = 0x01F;
    public static final int REPLACE = 0x020;
    public static final int RESP_URI = 0x021;
    public static final int RESULTS = 0x022;
    public static final int SEARCH = 0x023;
    public static final int SEQUENCE = 0x024;
    public static final int SESSION_ID = 0x025;
    public static final int SFT_DEL = 0x026;
    public static final int SOURCE = 0x027;
    public static final int SOURCE_REF = 0x028;
    public static final int STATUS = 0x029;
    public static final int SYNC = 0x02A;
    public static final int SYNC_BODY = 0x02B;
    public static final int SYNC_HDR = 0x02C;
    public static final int SYNCML = 0x02D;
    public static final int TARGET = 0x02E;
    public static final int TARGET_REF = 0x02F;
    public static final int VER_DTD = 0x031;
    public static final int VER_PROTO = 0x032;
    public static final int NUMBER_OF_CHANGES = 0x033;
    public static final int MORE_DATA = 0x034;
    public static final int FIELD = 0x035;
    public static final int FILTER = 0x036;
    public static final int RECORD = 0x037;
    public static final int FILTER_TYPE = 0x038;
    public static final int SOURCE_PARENT = 0x039;
    public static final int TARGET_PARENT = 0x03A;
    public static final int MOVE = 0x03B;
    public static final int CORRELATOR = 0x03C;

    public static final int ANCHOR = 0x105;
    public static final int EMI = 0x106;
    public static final int FORMAT = 0x107;
    public static final int FREE_ID = 0x108;
    public static final int FREE_MEM = 0x109;
    public static final int LAST = 0x10A;
    public static final int MARK = 0x10B;
    public static final int MAX_MSG_SIZE = 0x10C;
    public static final int MEM = 0x10D;
    public static final int MET_INF = 0x10E;
    public static final int NEXT = 0x10F;
    public static final int NEXT_NONCE = 0x110;
    public static final int SHARED_MEM = 0x111;
    public static final int SIZE = 0x112;
    public static final int TYPE = 0x113;
    public static final int VERSION = 0x114;
    public static final int MAX_OBJ_SIZE = 0x115;
    public static final int FIELD_LEVEL = 0x116;

    private Tag() {}

    /** The elements of DDF and TNDS documents (code page 2, [TND 1.2 §8.6], [TNDS 1.2 §9]). */
    public static final class Ddf {

        public static final int ACCESS_TYPE = 0x205;
        public static final int ACL = 0x206;
        public static final int ADD = 0x207;
        public static final int FORMAT_B64 = 0x208;
        public static final int FORMAT_BIN = 0x209;
        public static final int FORMAT_BOOL = 0x20A;
        public static final int FORMAT_CHR = 0x20B;
        public static final int CASE_SENSE = 0x20C;
        public static final int CIS = 0x20D;
        public static final int COPY = 0x20E;
        public static final int CS = 0x20F;
        public static final int FORMAT_DATE = 0x210;
        public static final int DDF_NAME = 0x211;
        public static final int DEFAULT_VALUE = 0x212;
        public static final int DELETE = 0x213;
        public static final int DESCRIPTION = 0x214;
        public static final int DF_FORMAT = 0x215;
        public static final int DF_PROPERTIES = 0x216;
        public static final int DF_TITLE = 0x217;
        public static final int DF_TYPE = 0x218;
        public static final int DYNAMIC = 0x219;
        public static final int EXEC = 0x21A;
        public static final int FORMAT_FLOAT = 0x21B;
        public static final int FORMAT = 0x21C;
        public static final int GET = 0x21D;
        public static final int FORMAT_INT = 0x21E;
        public static final int MAN = 0x21F;
        public static final int MGMT_TREE = 0x220;
        public static final int MIME = 0x221;
        public static final int MOD = 0x222;
        public static final int NAME = 0x223;
        public static final int NODE = 0x224;
        public static final int FORMAT_NODE = 0x225;
        public static final int NODE_NAME = 0x226;
        public static final int FORMAT_NULL = 0x227;
        public static final int OCCURRENCE = 0x228;
        public static final int ONE = 0x229;
        public static final int ONE_OR_MORE = 0x22A;
        public static final int ONE_OR_N = 0x22B;
        public static final int PATH = 0x22C;
        public static final int PERMANENT = 0x22D;
        public static final int REPLACE = 0x22E;
        public static final int RT_PROPERTIES = 0x22F;
        public static final int SCOPE = 0x230;
        public static final int SIZE = 0x231;
        public static final int FORMAT_TIME = 0x232;
        public static final int TITLE = 0x233;
        public static final int TSTAMP = 0x234;
        public static final int TYPE = 0x235;
        public static final int VALUE = 0x236;
        public static final int VER_DTD = 0x237;
        public static final int VER_NO = 0x238;
        public static final int FORMAT_XML = 0x239;
        public static final int ZERO_OR_MORE = 0x23A;
        public static final int ZERO_OR_N = 0x23B;
        public static final int ZERO_OR_ONE = 0x23C;

        private Ddf() {}
    }
}
