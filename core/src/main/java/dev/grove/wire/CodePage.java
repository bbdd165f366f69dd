package dev.grove.wire;

/**
 * The three code pages of SyncML documents and their names ([REPPRO 1.2 §8], [METINF 1.2 §7], [TND 1.2 §8.6]). One
 * table serves every version: SyncML 1.0 and 1.1 are subsets of 1.2.
 */
public final class CodePage {

    public static final int SYNCML = 0;
    public static final int METINF = 1;
    public static final int DDF = 2;

    static final String SYNCML_NAMESPACE = "SYNCML:SYNCML1.2";
    static final String METINF_NAMESPACE = "syncml:metinf";
    static final String DDF_NAMESPACE = "syncml:dmddf1.2";

    /** The lowest token that stands for an element; those below are global. */
    static final int FIRST_TOKEN = 5;

    private static final String[][] NAMES = {
            names("Add Alert Archive Atomic Chal Cmd CmdID CmdRef Copy Cred Data Delete Exec Final Get Item Lang "
                    + "LocName LocURI Map MapItem Meta MsgID MsgRef NoResp NoResults Put Replace RespURI Results "
                    + "Search Sequence SessionID SftDel Source SourceRef Status Sync SyncBody SyncHdr SyncML Target "
                    + "TargetRef - VerDTD VerProto NumberOfChanges MoreData Field Filter Record FilterType "
                    + "SourceParent TargetParent Move Correlator"),
            names("Anchor EMI Format FreeID FreeMem Last Mark MaxMsgSize Mem MetInf Next NextNonce SharedMem Size "
                    + "Type Version MaxObjSize FieldLevel"),
            names("AccessType ACL Add b64 bin bool chr CaseSense CIS Copy CS date DDFName DefaultValue Delete "
                    + "Description DFFormat DFProperties DFTitle DFType Dynamic Exec float Format Get int Man MgmtTree "
                    + "MIME Mod Name Node node NodeName null Occurrence One OneOrMore OneOrN Path Permanent Replace "
                    + "RTProperties Scope Size time Title TStamp Type Value VerDTD VerNo xml ZeroOrMore ZeroOrN "
                    + "ZeroOrOne")};

    // A multiplier that scatters the names over the table without a collision; others would do, more slowly.
    private static final int SCATTER = 0xBB525935;

    // An open-addressed table from names to the tokens they have on each page, one byte a page.
    private static final String[] KEYS = new String[512];
    private static final int[] TOKENS = new int[KEYS.length];

    static {
        for (int page = 0; page < NAMES.length; page++) {
            for (int token = FIRST_TOKEN; token < NAMES[page].length; token++) {
                if (!NAMES[page][token].equals("-")) {
                    // Interned like the names of the XML parser, so that most comparisons end at the reference.
                    String name = NAMES[page][token].intern();
                    int slot = slot(name);
                    KEYS[slot] = name;
                    TOKENS[slot] |= token << (8 * page);
                }
            }
        }
    }

    private CodePage() {}

    private static String[] names(String names) {
        return ("- - - - - " + names).split(" ");
    }

    /** The tag of an element by its name; {@link Tokens#UNKNOWN} if the page has no such name. */
    public static int tag(int page, String name) {
        int token = page > DDF ? 0 : (tokens(name) >>> (8 * page)) & 0xFF;
        return token != 0 ? (page << 8) | token : byNumber(name);
    }

    /** The tokens of a name on the three pages, one byte a page, 0 where it has none. */
    private static int tokens(String name) {
        int slot = (name.hashCode() * SCATTER) >>> 23;
        return name.equals(KEYS[slot]) ? TOKENS[slot] : TOKENS[slot(name)];
    }

    /** The name of an element; {@code x<page>-<token>} in hexadecimal if it has none. */
    public static String name(int tag) {
        return isNamed(tag) ? NAMES[tag >> 8][tag & 0xFF] : "x" + Integer.toHexString(tag >> 8) + "-" + hex(tag & 0xFF);
    }

    /** Whether the tag stands in the tables. */
    public static boolean isNamed(int tag) {
        int page = tag >> 8;
        int token = tag & 0xFF;
        return page >= 0 && page < NAMES.length && token >= FIRST_TOKEN && token < NAMES[page].length
                && !NAMES[page][token].equals("-");
    }

    /** The namespace that stands for a page in XML; the empty string for a page nobody defined. */
    public static String namespace(int page) {
        return switch (page) {
            case SYNCML -> SYNCML_NAMESPACE;
            case METINF -> METINF_NAMESPACE;
            case DDF -> DDF_NAMESPACE;
            default -> "";
        };
    }

    /** The page that a namespace stands for, whatever its version; -1 if it is none of ours. */
    static int ofNamespace(String namespace) {
        if (namespace.regionMatches(true, 0, "SYNCML:SYNCML", 0, 13)) {
            return SYNCML;
        }
        if (namespace.regionMatches(true, 0, METINF_NAMESPACE, 0, 13)) {
            return METINF;
        }
        return namespace.regionMatches(true, 0, "syncml:dmddf", 0, 12) ? DDF : -1;
    }

    /** The page of the children of an element, where the document does not say. */
    static int below(int parent) {
        return parent == Tag.META || parent >> 8 == METINF ? METINF : parent >> 8 == DDF ? DDF : SYNCML;
    }

    /** Where the name stands, or a free place, where there are no tokens. */
    private static int slot(String name) {
        int slot = (name.hashCode() * SCATTER) >>> 23;
        while (KEYS[slot] != null && !KEYS[slot].equals(name)) {
            slot = (slot + 1) & (KEYS.length - 1);
        }
        return slot;
    }

    private static String hex(int token) {
        return (token < 16 ? "0" : "") + Integer.toHexString(token);
    }

    private static int byNumber(String name) {
        int dash = name.indexOf('-');
        if (name.isEmpty() || name.charAt(0) != 'x' || dash < 2 || dash > 3 || name.length() != dash + 3) {
            return Tokens.UNKNOWN;
        }
        int page = number(name, 1, dash);
        int token = number(name, dash + 1, name.length());
        boolean written = page >= 0 && token >= FIRST_TOKEN && token < 0x40 && name.equals(name((page << 8) | token));
        return written ? (page << 8) | token : Tokens.UNKNOWN;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            number = (number << 4) | digit;
        }
        return number;
    }
}
