package dev.grove.syncml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Meta information ([METINF 1.2 §5]). Texts are kept as they came, white space around them removed; every one may be
 * absent.
 *
 * @param format such as {@code chr}; absent means {@code chr}
 * @param type media type, authentication scheme, alert type or management object identifier; absent means
 *     {@code text/plain}
 * @param mark importance level of a Generic Alert
 * @param size bytes of the whole object; first chunk only
 * @param nextNonce base64 of the nonce to use next
 * @param maxMsgSize bytes of the longest message the sender takes
 * @param maxObjSize bytes of the largest object the sender takes
 * @param others elements that DM does not use ({@code EMI}, {@code Anchor} …) or that nobody knows
 */
public record Meta(@Nullable String format, @Nullable String type, @Nullable String mark, @Nullable Long size,
        @Nullable String nextNonce, @Nullable Long maxMsgSize, @Nullable Long maxObjSize, List<Element> others) {

    /** No meta information. */
    public static final Meta NONE = new Meta(null, null, null, null, null, null, null, List.of());

    public Meta {
        others = List.copyOf(others);
    }

    /** Format and type of a value. */
    public static Meta of(@Nullable String format, @Nullable String type) {
        return new Meta(format, type, null, null, null, null, null, List.of());
    }

    /** This, with the total size of a chunked object. */
    public Meta withSize(@Nullable Long bytes) {
        return new Meta(format, type, mark, bytes, nextNonce, maxMsgSize, maxObjSize, others);
    }

    /** This, with whatever is absent here taken from {@code outer}: the scope rule of a command over its items. */
    public Meta within(Meta outer) {
        if (outer.isEmpty()) {
            return this;
        }
        return new Meta(format == null ? outer.format : format, type == null ? outer.type : type,
                mark == null ? outer.mark : mark, size == null ? outer.size : size,
                nextNonce == null ? outer.nextNonce : nextNonce, maxMsgSize == null ? outer.maxMsgSize : maxMsgSize,
                maxObjSize == null ? outer.maxObjSize : maxObjSize, others.isEmpty() ? outer.others : others);
    }

    public boolean isEmpty() {
        return format == null && type == null && mark == null && size == null && nextNonce == null && maxMsgSize == null
                && maxObjSize == null && others.isEmpty();
    }
}
