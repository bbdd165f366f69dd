package dev.grove.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Texts that nearly every message holds, found without building them again: versions, formats, types, codes, names of
 * commands, small numbers. A closed table: nothing that a peer sends is ever added.
 */
final class FrequentTexts {

    private static final String KNOWN = """
            1.0 1.1 1.2 1.3 DM/1.1 DM/1.2 DM/1.3 chr int bin b64 bool node null xml date time float text/plain
            application/octet-stream application/vnd.syncml.dmtnds+xml application/vnd.syncml.dmtnds+wbxml
            syncml:auth-basic syncml:auth-md5 syncml:auth-MAC SyncHdr Add Alert Atomic Copy Delete Exec Get Put
            Replace Results Sequence Status informational ./DevInfo ./DevInfo/DevId ./DevInfo/Man ./DevInfo/Mod
            ./DevInfo/DmV ./DevInfo/Lang ./DevDetail/DevTyp ./DevDetail/OEM ./DevDetail/FwV ./DevDetail/SwV
            ./DevDetail/HwV ./DevDetail/LrgObj ./DevDetail/URI/MaxDepth ./DevDetail/URI/MaxTotLen
            ./DevDetail/URI/MaxSegLen ./Inbox true false en en-US en-GB de de-DE fr es 1100 1101 1200 1201 1222 1223
            1224 1225 1226 com.microsoft/MDM/LoginStatus user others none ./Vendor/MSFT/DMClient/HWDevID 4096 5000
            10000 16384 20000 32768 65535 65536 262144 524288 1048576 0x86000002
            """;

    private static final int LONGEST = 40;
    private static final int SLOTS = 512;
    private static final @Nullable String[] TEXTS = new @Nullable String[SLOTS];
    private static final byte[][] FORMS = new byte[SLOTS][];
    private static final char[][] CHARS = new char[SLOTS][];
    private static final String[] NUMBERS = new String[1000];

    static {
        for (int i = 0; i < NUMBERS.length; i++) {
            NUMBERS[i] = Integer.toString(i);
        }
        for (String text : (Iterable<String>) KNOWN.lines().flatMap(line -> Stream.of(line.split(" ", -1)))::iterator) {
            byte[] form = text.getBytes(StandardCharsets.US_ASCII);
            int slot = slot(form.length, form[0], form[form.length / 2], form[form.length - 1]);
            while (TEXTS[slot] != null) {
                slot = (slot + 1) & (SLOTS - 1);
            }
            TEXTS[slot] = text;
            FORMS[slot] = form;
            CHARS[slot] = text.toCharArray();
        }
    }

    private FrequentTexts() {}

    /** The text of UTF-8 bytes; bytes that are not UTF-8 become U+FFFD. */
    static String of(byte[] array, int from, int length) {
        if (length == 0) {
            return "";
        }
        if (length <= LONGEST) {
            int number = length <= 3 ? number(array, from, length) : -1;
            if (number >= 0) {
                return NUMBERS[number];
            }
            int slot = slot(length, array[from], array[from + length / 2], array[from + length - 1]);
            for (String text; (text = TEXTS[slot]) != null; slot = (slot + 1) & (SLOTS - 1)) {
                if (Arrays.equals(FORMS[slot], 0, FORMS[slot].length, array, from, from + length)) {
                    return text;
                }
            }
        }
        return new String(array, from, length, StandardCharsets.UTF_8);
    }

    /** The text of characters. */
    static String of(char[] array, int from, int length) {
        if (length == 0) {
            return "";
        }
        if (length <= LONGEST) {
            int number = length <= 3 ? number(array, from, length) : -1;
            if (number >= 0) {
                return NUMBERS[number];
            }
            int slot = slot(length, array[from], array[from + length / 2], array[from + length - 1]);
            for (String text; (text = TEXTS[slot]) != null; slot = (slot + 1) & (SLOTS - 1)) {
                if (Arrays.equals(CHARS[slot], 0, CHARS[slot].length, array, from, from + length)) {
                    return text;
                }
            }
        }
        return new String(array, from, length);
    }

    private static int slot(int length, int first, int middle, int last) {
        return (((length * 31 + first) * 31 + middle) * 31 + last) & (SLOTS - 1);
    }

    private static int number(byte[] array, int from, int length) {
        int number = 0;
        for (int i = from; i < from + length; i++) {
            int digit = array[i] - '0';
            if (digit < 0 || digit > 9 || (number == 0 && i > from)) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static int number(char[] array, int from, int length) {
        int number = 0;
        for (int i = from; i < from + length; i++) {
            int digit = array[i] - '0';
            if (digit < 0 || digit > 9 || (number == 0 && i > from)) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
