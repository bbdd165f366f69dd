package dev.grove.mo;

import dev.grove.mo.TreeDocument.Content;
import dev.grove.tree.AllowedValues;
import dev.grove.tree.DescriptionNode;
import dev.grove.tree.DescriptionNode.Access;
import dev.grove.tree.DescriptionNode.NameCase;
import dev.grove.tree.DescriptionNode.Occurrence;
import dev.grove.tree.DescriptionNode.Scope;
import dev.grove.tree.Format;
import dev.grove.wire.Malformed;
import dev.grove.wire.Tag.Ddf;
import dev.grove.wire.Tokens;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one Node of a description, with all below it ([TND 1.2 §8.5]). */
final class DdfNodeReader {

    /** A node and where it says that it stands. */
    record Read(DescriptionNode node, String path) {}

    private String name = "";
    private String path = "";
    private @Nullable String value;
    private @Nullable String defaultValue;
    private final Set<Access> access = EnumSet.noneOf(Access.class);
    private boolean hasAccess;
    private @Nullable Format format;
    private final List<String> mimes = new ArrayList<>();
    private final List<String> ddfNames = new ArrayList<>();
    private Occurrence occurrence = Occurrence.ONE;
    private Scope scope = Scope.DYNAMIC;
    private NameCase nameCase = NameCase.UNSPECIFIED;
    private String title = "";
    private String description = "";
    private AllowedValues allowed = AllowedValues.ANY;
    private final Map<String, String> notes = new LinkedHashMap<>();
    private final List<DescriptionNode> children = new ArrayList<>();

    private DdfNodeReader() {}

    /** Reads the Node element that was just started. */
    static Read read(Tokens in) throws Malformed {
        DdfNodeReader reader = new DdfNodeReader();
        reader.node(in);
        return new Read(reader.result(), reader.path);
    }

    static boolean isUnnamed(String name) {
        return name.isEmpty() || name.equals("*") || (name.startsWith("<") && name.endsWith(">"));
    }

    private DescriptionNode result() {
        Format kind = format != null ? format : children.isEmpty() ? Format.CHR : Format.NODE;
        boolean interior = kind == Format.NODE;
        Set<Format> formats = format == null && !interior ? Set.of() : Set.of(kind);
        List<DescriptionNode> below = new ArrayList<>();
        for (DescriptionNode child : children) {
            below.add(child.nameCase() == NameCase.UNSPECIFIED ? inheriting(child) : child);
        }
        return new DescriptionNode(isUnnamed(name) ? "" : name, hasAccess ? access : EnumSet.allOf(Access.class),
                formats, types(interior), occurrence, scope, nameCase, defaultValue == null ? value : defaultValue, 0,
                allowed, title, description, notes, below);
    }

    /** CaseSense holds for all names below too ([TND 1.2 §8.5]). */
    private DescriptionNode inheriting(DescriptionNode child) {
        if (nameCase == NameCase.UNSPECIFIED) {
            return child;
        }
        DescriptionNode changed = child.withNameCase(nameCase);
        return changed.withChildren(changed.children().stream()
                .map(c -> c.nameCase() == NameCase.UNSPECIFIED ? inheriting(c) : c).toList());
    }

    /** Interior nodes have an object identifier; one that stands in a MIME element is taken if it is no media type. */
    private List<String> types(boolean interior) {
        if (!interior) {
            return mimes.stream().filter(type -> !type.isEmpty()).toList();
        }
        List<String> types = ddfNames.isEmpty() ? mimes : ddfNames;
        return types.stream().filter(type -> !type.isEmpty() && !type.equals("text/plain")).toList();
    }

    private void node(Tokens in) throws Malformed {
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Ddf.NODE_NAME -> name = in.leaf();
                case Ddf.PATH -> path = in.leaf();
                case Ddf.RT_PROPERTIES -> runTimeProperties(in);
                case Ddf.DF_PROPERTIES -> frameworkProperties(in);
                case Ddf.NODE -> children.add(read(in).node());
                case Ddf.VALUE -> value = Content.read(in).text();
                // DM 1.1 has the type and the value directly in the node.
                case Ddf.TYPE -> mimes.add(in.leaf());
                case Tokens.UNKNOWN -> foreign(in);
                default -> in.skip();
            }
        }
    }

    private void foreign(Tokens in) throws Malformed {
        if (in.name().equals("Data")) {
            value = Content.read(in).text();
        } else {
            in.skip();
        }
    }

    /** Their values are defaults ([TND 1.2 §8.5]); the description properties say the same better. */
    private void runTimeProperties(Tokens in) throws Malformed {
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            if (tag == Ddf.FORMAT && format == null) {
                format = TreeDocument.format(in).orElse(null);
            } else if (tag == Ddf.TITLE) {
                title = in.leaf();
            } else {
                in.skip();
            }
        }
    }

    private void frameworkProperties(Tokens in) throws Malformed {
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Ddf.ACCESS_TYPE -> accessType(in);
                case Ddf.DEFAULT_VALUE -> defaultValue = Content.read(in).text();
                case Ddf.DESCRIPTION -> description = in.leaf();
                case Ddf.DF_FORMAT -> format = TreeDocument.format(in).orElse(format);
                case Ddf.OCCURRENCE -> occurrence = occurrence(in);
                case Ddf.SCOPE -> scope = scope(in);
                case Ddf.DF_TITLE -> title = in.leaf();
                case Ddf.DF_TYPE -> dfType(in);
                case Ddf.CASE_SENSE -> nameCase = nameCase(in);
                case Tokens.UNKNOWN -> MicrosoftDdf.read(in, notes).ifPresent(found -> allowed = found);
                default -> in.skip();
            }
        }
    }

    private void accessType(Tokens in) throws Malformed {
        hasAccess = true;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            access(tag).ifPresent(access::add);
            in.skip();
        }
    }

    private static Optional<Access> access(int tag) {
        return switch (tag) {
            case Ddf.ADD -> Optional.of(Access.ADD);
            case Ddf.COPY -> Optional.of(Access.COPY);
            case Ddf.DELETE -> Optional.of(Access.DELETE);
            case Ddf.EXEC -> Optional.of(Access.EXEC);
            case Ddf.GET -> Optional.of(Access.GET);
            case Ddf.REPLACE -> Optional.of(Access.REPLACE);
            default -> Optional.empty();
        };
    }

    private static Occurrence occurrence(Tokens in) throws Malformed {
        Occurrence found = Occurrence.ONE;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Ddf.ZERO_OR_ONE -> found = Occurrence.ZERO_OR_ONE;
                case Ddf.ZERO_OR_MORE -> found = Occurrence.ZERO_OR_MORE;
                case Ddf.ONE_OR_MORE -> found = Occurrence.ONE_OR_MORE;
                case Ddf.ZERO_OR_N -> {
                    found = new Occurrence(0, count(in));
                    continue;
                }
                case Ddf.ONE_OR_N -> {
                    found = new Occurrence(1, count(in));
                    continue;
                }
                default -> {
                    // One, or something that nobody knows: exactly one.
                }
            }
            in.skip();
        }
        return found;
    }

    /** N; real files leave it out, and then any number is meant. */
    private static int count(Tokens in) throws Malformed {
        String text = in.leaf();
        if (text.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        try {
            return Math.max(1, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw in.malformed("the N of ZeroOrN and OneOrN is a number (TND 8.5)");
        }
    }

    private static Scope scope(Tokens in) throws Malformed {
        Scope found = Scope.DYNAMIC;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            found = tag == Ddf.PERMANENT ? Scope.PERMANENT : found;
            in.skip();
        }
        return found;
    }

    private static NameCase nameCase(Tokens in) throws Malformed {
        NameCase found = NameCase.UNSPECIFIED;
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            found = tag == Ddf.CIS ? NameCase.INSENSITIVE : tag == Ddf.CS ? NameCase.SENSITIVE : found;
            in.skip();
        }
        return found;
    }

    private void dfType(Tokens in) throws Malformed {
        for (int tag; (tag = in.nextTag()) != Tokens.END;) {
            switch (tag) {
                case Ddf.MIME -> mimes.add(in.leaf());
                case Ddf.DDF_NAME -> ddfNames.add(in.leaf());
                default -> in.skip();
            }
        }
    }
}
